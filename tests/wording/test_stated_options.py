"""How a last sentence states an option: by its kind, before its reason, above what it rejects."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, CheckAnswer, CheckChoice, CheckLogic

CITIES = ["Rome", "Paris", "Oslo", "Bern"]
PLACES = ["doctor", "bookstore", "market", "train station", "mortuary"]
ABOVE = "We look at each of them in turn.\n\n"


def pays(text, gold="B", options=None):
    reward = CheckChoice(format=FREEFORM)
    columns = {"options": [options]} if options else {}
    return reward([text], answer=[gold], **columns)[0] == reward.correct


def states(text, gold):
    reward = (CheckLogic if gold in ("yes", "no", "true", "false") else CheckAnswer)(
        format=FREEFORM
    )
    return reward([text], answer=[gold])[0] == reward.correct


# B is named in each of these, whether the texts of the options are known or not.
NAMED = (
    # The statement that is the one of its kind.
    "Given the analysis, the only TRUE statement is B.",
    "The only false statement is B.",
    "Therefore, the statement that is not true is B.",
    "Therefore, the statement that is false is B.",
    "The incorrect statement is B.",
    "Given these, the statement which must be true is B.",
    "Statement B is the one conclusion that does not follow from the text.",
    "Therefore, statement B is the only false statement.",
    "B is the only remaining option.",
    "Based on this, the only valid option is B.",
    "Given the above, the best option is B.",
    # Called right, left over, picked.
    "This aligns with option B.",
    "Option B captures this best.",
    "Choose B.",
    "Correct: B",
    "My final choice: B",
    "The letter of the correct answer is B.",
    "Given this, B is the answer.",
    "As Paris is the capital, B is the answer.",
    "B must be the answer.",
    "B has to be correct.",
    "The one that fits is B.",
    "The right one is B.",
    "My pick is B.",
    "I would answer B.",
    "The correct response: B",
    "Correct choice: B) Paris",
    "Paris is the capital, making option B the correct answer.",
    "Paris is the capital, which makes B the correct choice.",
    "This makes B the best answer.",
    "Therefore, the passage supports option B.",
    "Therefore, we should choose B.",
    "So, answer choice B is correct.",
    "The answer is B and the reason is that Paris is the capital.",
    "Clearly, B is the answer.",
    "Obviously B.",
    "B, clearly.",
    "B is definitely correct.",
    "Yes, B is correct.",
    "B makes the most sense.",
    "B is the most logical answer.",
    "The most suitable option is B) Paris.",
    "Eliminating the others leaves B.",
    "This leaves us with B.",
    "Leaving B as the answer.",
    "So we are left with B.",
    "The remaining answer, B, is correct.",
    "Answer: Paris (B)",
    # Before its reason.
    "B is the correct answer because it is old.",
    "Therefore, B is the correct answer because it is the oldest city.",
    "Option B is the best answer since it was founded first.",
    "B is the best answer, as it is the oldest.",
    # Above what only rejects the others.
    "Therefore, option B is correct.\n\nOptions A, C, and D are incorrect because they do not fit.",
    "B is the right one. The other options are incorrect.",
    "The correct answer is B. The other answers are wrong.",
    "B is correct, while A, C, and D are incorrect.",
    "So the answer is B, because it is old, while the other answers are not.",
    "因此，选项B正确。但题目中没有提到其他，所以选项A、C、D都不正确。",
    "选项B正确，其他选项均错误。",
    "B项正确，排除A、C、D。",
    "故B项正确，A、C、D三项错误，排除。",
    "因此，选项B是正确的，而选项A、C和D都是错误的。",
    # In Chinese.
    "B项是最合适的答案。",
    "所以选项B是最佳答案。",
    "因此，选项B最符合题干描述的情况。",
    "故B项最为准确。",
    "因此B项符合题意，当选。",
    "排除A、C、D项，B项最合适。",
    "所以正确的选项应该是B。",
    "因此，答案B是最合适的。",
    # Quoted, or behind a bullet.
    '"B" - Paris',
    "“Paris” (B)",
    "Answer: -B",
    "**Answer:** • B",
    # With its text.
    "This answers the question, so option B) Paris is true.",
    'Therefore, option B) "Paris" is true.',
    "Hence option B (Paris) is correct.",
    "Therefore, option B, Paris, is correct.",
    "B. Paris\n\nParis lies on the Seine. Therefore, Paris is the capital of France.",
)
NOT_NAMED = (
    "B might be the answer.",
    "B could be correct.",
    "B seems to be the best choice, but C may be.",
    "This does not support option B.",
    "This contradicts option B.",
    "This leaves B and C.",
    "This leaves out B.",
    "I doubt that B must be the answer.",
    "It is not true that Paris is the capital, making option B the correct answer.",
    "If Paris is the capital, that makes B the correct answer.",
    "Some people would choose B.",
    "I would not choose B.",
    "B makes the least sense.",
    "The most tempting option is B.",
    "B is the most unlikely answer.",
    "Is B the most logical answer?",
    "B is the answer. Actually, it is C.",
    "B is the best answer. No, wait, C.",
    "Correct: B or C",
    "Leaving B as the answer, I guess.",
    "The answer is B because it is old, I guess.",
    "The answer is B because it is old. Actually, it is C.",
    "The answer is B because it is old?",
    "The answer is B, as it is old, but I am not sure.",
    "The only TRUE statements are B and C.",
    "The only true statement is not B.",
    "The only true statement may be B.",
    "If A is false, the only true statement is B.",
    "The incorrect option is B.",
    "The only wrong answer is B.",
    "The only false statement is B or C.",
    "B might be the only true statement.",
    "B is not the only possible answer.",
    "Is the only true statement B?",
    "Given my guess, the best option is B.",
    "B might be the answer because it is old.",
    "B is not the correct answer because it is old.",
    "B is the wrong answer because it is old.",
    "Neither A nor B is the answer because both are old.",
    "B is the answer because it is old? No.",
    "B is the answer because it is old. No wait, C.",
    "B is not correct. A, C and D are wrong.",
    "If B is correct, A, C and D are wrong.",
    "B might be correct. A, C and D are wrong.",
    "A and B are correct, while C and D are incorrect.",
    "B is correct. But A, B and D are wrong.",
    "The answer is B. Answer B is wrong.",
    "Some say B is correct. The other options are incorrect.",
    "Options A, B, and C are incorrect.",
    "选项A、B正确，选项C、D都不正确。",
    "如果选项B正确，选项A、C、D都不正确。",
    "选项B正确，选项A、B、D都不正确。",
    "选项B错误，选项A、C、D都不正确。",
    "B项可能正确，A、C、D项错误。",
    "B项不是最合适的答案。",
    "A、B项最合适。",
    "A项最合适，B项最合适。",
    "要么A项最合适，要么B项最合适。",
    "表面上，B项最符合题意。",
    "单看第一段，B项最符合题意。",
    "许多同学会选，B项最合适。",
    "B项是最合适的答案吗？",
    "B项看似是最合适的答案，但C项更好。",
    "如果B项是最合适的答案，则矛盾。",
    "B项不当选。",
    "正确的选项可能是B。",
    '"A" or "B"',
    '"B" - not this',
    "Answer: -A or -B",
    "So option B) Paris is not true.",
    "So option B) Paris may be true.",
    "So options B) and D) are true.",
    "So option B) Paris is true only if C is.",
    "B. Paris\n\nIt is old. Therefore, Paris is not the capital.",
    "B. Paris\n\nIt is old. Therefore, Rome is the capital.",
)


@pytest.mark.parametrize("options", [CITIES, None], ids=["options", "letters"])
@pytest.mark.parametrize("text", NAMED)
def test_a_sentence_states_its_option(text, options):
    assert pays(text, options=options)
    assert not pays(text, "A", options)
    assert not pays(text, "C", options)


@pytest.mark.parametrize("options", [CITIES, None], ids=["options", "letters"])
@pytest.mark.parametrize("text", NOT_NAMED)
def test_none_is_stated_that_is_denied_doubted_or_named_with_another(text, options):
    assert not pays(text, options=options)
    assert not pays(ABOVE + text, options=options)


@pytest.mark.parametrize(
    "text",
    [
        "Given the analysis, one true statement is B.",
        "Given only the first line, the best option is B.",
        "Based on this, the worst option is B.",
    ],
)
def test_behind_other_text_what_is_one_of_several_or_the_worst_is_not_stated(text):
    assert not pays(ABOVE + text)
    assert not pays(ABOVE + text, options=CITIES)


CONDITIONS = (
    "The answer must be a location where magazines are sold alongside other printed works. ",
    "The answer should be something that stores books. ",
    "",
)


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize(
    "text",
    [
        "Of the given options, a bookstore is the most appropriate place for this.",
        "Of the above choices, only a bookstore has many printed works.",
        "Among the options, the bookstore is the only place that fits.",
        "Of the options provided, bookstore is the best answer.",
        "Out of the given options, the bookstore is the most logical choice.",
    ],
)
def test_what_an_answer_has_to_be_is_none_and_what_alone_is_so_is_one(text, condition):
    assert pays(condition + text, options=PLACES)
    assert not pays(condition + text, "C", PLACES)


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize(
    "text",
    [
        "Of the given options, a bookstore is the least appropriate place for this.",
        "Of the given options, a bookstore and a market are the most likely.",
        "Of the given options, a bookstore is not the best place.",
        "Of the options, a bookstore might be the most likely.",
        "Of the above choices, only a bookstore does not have printed works.",
        "Of the above choices, only a bookstore and a market have them.",
        "Of the given options, none is a bookstore.",
    ],
)
def test_of_the_options_none_is_named_that_is_denied_or_joined(text, condition):
    assert not pays(condition + text, options=PLACES)


@pytest.mark.parametrize("mark", ["-", "- ", "– ", "— ", "• ", "\n- "])
@pytest.mark.parametrize("lead", ["Answer:", "**Answer:** ", "Therefore, the final answer is "])
def test_a_bullet_before_a_word_is_no_part_of_it(lead, mark):
    for word, other in (
        ("Yes", "no"),
        ("False", "true"),
        ("Paris", "Rome"),
        ("Marie Curie", "Rome"),
    ):
        gold = word.lower() if other in ("no", "true") else word
        assert states(f"{lead}{mark}{word}.", gold)
        assert not states(f"{lead}{mark}{word}.", other)
    assert not states(f"{lead}{mark}Yes or no.", "yes")
    assert not states(f"{lead}{mark}not Paris.", "Paris")


@pytest.mark.parametrize("value", ["pi", "x", "infinity", "5", "Pi/2", "ab"])
def test_a_minus_sign_is_a_part_of_a_value(value):
    assert not states(f"Answer: -{value}", value)
    assert states(f"Answer: -{value}", f"-{value}")


def test_a_minus_sign_may_stand_before_a_label_that_is_a_variable():
    assert not pays("Answer: -B", options=["the field A", "the field B", "x", "7"])
    assert pays("Answer: -A", "B", ["A", "-A", "B", "AB"])


STATEMENTS = ["①②", "②③", "②④", "③④"]


@pytest.mark.parametrize(
    "text",
    [
        "因此，正确答案应该是②和③。",
        "正确答案是②③。",
        "正确答案是②、③。",
        "答案：②③",
        "正确的是②和③。",
    ],
)
def test_numbers_of_statements_are_joined_as_the_options_join_them(text):
    assert pays(text, options=STATEMENTS)
    assert not pays(text, "C", STATEMENTS)


@pytest.mark.parametrize(
    "text", ["正确答案是②或③。", "正确答案是①、②和③。", "错误的是②和③。", "正确答案是②。"]
)
def test_the_number_of_a_statement_is_no_place(text):
    assert not pays(text, options=STATEMENTS)


def test_what_is_said_respectively_is_in_its_order():
    pairs = ["4 and 1", "1 and 5", "5 and 1", "3 and 5"]
    assert pays("Therefore, the values of x and y are 5 and 1 respectively.", "C", pairs)
    assert not pays("Therefore, the values of x and y are 5 and 1 respectively.", "B", pairs)


GROUNDED = (
    "Based on the text, the capital is Paris.",
    "According to the passage, the capital of the country is Paris.",
    "From the passage, we know that the capital is Paris.",
    "So we can conclude that the capital is Paris.",
)
NOT_GROUNDED = (
    "Based on the text, the capital is not Paris.",
    "Based on the text, the capital might be Paris.",
    "Based on my guess, the capital is Paris.",
    "We cannot conclude that the capital is Paris.",
    "From the passage, we know that the capital is Paris or Rome.",
    "From the passage, we know that the wrong capital is Paris.",
    "Some conclude that the capital is Paris.",
    "Based on the text, the capital was Paris, but now it is Rome.",
    "Do we know that the capital is Paris?",
)


@pytest.mark.parametrize("text", GROUNDED)
def test_what_a_sentence_concludes_on_its_grounds_is_named(text):
    assert states(ABOVE + text, "Paris")
    assert not states(ABOVE + text, "Rome")
    assert pays(ABOVE + text, options=CITIES)


@pytest.mark.parametrize("text", NOT_GROUNDED)
def test_grounds_hold_up_nothing_that_is_denied_or_doubted(text):
    assert not states(ABOVE + text, "Paris")


PLANS = (
    "To determine the correct answer, let's analyze each statement in the context of the model:",
    "To find the answer, we look at each option:",
    "Let's find the correct answer by analyzing each option:",
    "To determine the best answer, we need to consider each option:",
    "We check each answer choice:",
    "In order to get the answer, consider each option:",
    "To get to the answer, here are the options:",
    "Here are the answers:",
    "The correct answer can be found by examining each option:",
    "First, to identify the answer, we list the options:",
)
BEGUN = (
    "A) Rome is in Italy, it was founded long ago.\n\nB) Paris is in France",
    "A. Rome\nB. Paris\nC. Oslo",
    "**A) Rome**: It is in Italy.\n\n**B) Paris**: It is in",
    "- A: Rome is old.\n- B: Paris is",
)


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("begun", BEGUN)
def test_the_first_option_that_is_looked_at_is_no_answer(plan, begun):
    for text in (f"{plan}\n\n{begun}", f"{plan}\n{begun}", f"{plan} {begun}"):
        assert not pays(text, "A")
        assert not pays(text, "A", CITIES)
        assert pays(f"{text}.\n\nSo the answer is B.", "B", CITIES)


@pytest.mark.parametrize(
    "text",
    [
        "To answer the question, the correct option is: A) Rome",
        "After analyzing each option, the answer: A) Rome",
        "Based on the analysis of each option, the correct answer is: A) Rome",
        "The answer to the question is: A) Rome.\n\nB) Paris is wrong because it is in France.",
        "Considering each option, the best answer is:\nA) Rome",
        "Let's evaluate each option:\n\nA) Rome is old.\nB) Paris is new.\n\nAnswer: A",
        "Among the given options, the correct answer is: A) Rome",
    ],
)
def test_an_answer_behind_a_plan_is_one(text):
    assert pays(text, "A")
    assert pays(text, "A", CITIES)
    assert not pays(text, "B", CITIES)


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        (
            "Let's analyze the options:\n\nA. Rome - old.\nB. Paris - new.\nC. Oslo - a capital.",
            "C",
        ),
        ("A) Rome\n\nB) Paris\n\nC) Oslo", "C"),
        ("**A) Rome**: old\n\n**B) Paris**", "B"),
        ("- A: Rome is old\n- B: Paris", "B"),
        ("We look.\n\nA. Rome:", "A"),
        ("보기 분석:\n* A. Rome:", "A"),
    ],
)
def test_the_last_item_of_a_list_that_goes_on_is_no_answer(text, gold):
    assert not pays(text, gold)
    assert not pays(text, gold, CITIES)


@pytest.mark.parametrize(
    "text",
    [
        "A. Rome\nB. Paris\nC. Oslo\nD. Bern\n\nB. Paris",
        "A. Rome\nB. Paris\nC. Oslo\nD. Bern\n\nB",
        "A. Rome is old.\nB. Paris is new.\n\nAnswer: B",
        "A: Rome is wrong.\nC: Oslo is wrong.\nD: Bern is wrong.\n\nB: Paris",
    ],
)
def test_an_option_below_a_list_is_picked(text):
    assert pays(text, options=CITIES)
    assert not pays(text, "A", CITIES)


def test_the_number_of_an_item_that_was_never_written_is_no_answer():
    assert not states("1. We add 2.\n2. We divide.\n\n3.", "3")
    assert states("1. We add.\n2. We get 3.\n\n3", "3")
