"""Whose answer a text gives: its own, somebody else's, a trap, or that of another question."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, THINK_ANSWER, CheckAnswer, CheckChoice, CheckLogic
from grpo_rewards.wording.attributions import EXAMPLES

WORDS = ["17", "fish", "outdoors", "Monday"]
CITIES = ["Rome", "Paris", "Oslo", "Bern"]


def pays(text, gold="B", options=None, layout=FREEFORM):
    reward = CheckChoice(format=layout)
    columns = {"options": [options]} if options else {}
    return reward([text], answer=[gold], **columns)[0] == reward.correct


def says(text, gold, reward=CheckLogic):
    check = reward(format=FREEFORM)
    return check([text], answer=[gold])[0] == check.correct


@pytest.mark.parametrize(("language", "example"), EXAMPLES)
def test_an_answer_that_is_not_the_writers_own_is_none(language, example):
    text = example.replace("{answer}", "B")
    assert not pays(text)
    assert not pays(text, options=WORDS)
    assert not says(example.replace("{answer}", "42"), "42", CheckAnswer)


OWN = (
    "According to the passage, the answer is B.",
    "According to the second law, the answer is B.",
    "The passage tells us that it swims, so the answer is B.",
    "At first glance it is C, but the answer is B.",
    "At first sight C fits. It does not: the answer is B.",
    "Many think of C, but the answer is B.",
    "In the passage, the answer is B.",
    "In this question, the answer is B.",
    "Laut Text ist die Antwort B.",
    "Laut Aufgabenstellung ist die Antwort B.",
    "Laut der Tabelle ist die Antwort B.",
    "Auf den ersten Blick passt C, aber die Antwort ist B.",
    "Selon le texte, la réponse est B.",
    "Selon l'énoncé, la réponse est B.",
    "À première vue c'est C, mais la réponse est B.",
    "Según el texto, la respuesta es B.",
    "Muchos dirían C, pero la respuesta es B.",
    "Segundo o texto, a resposta é B.",
    "Secondo il testo, la risposta è B.",
    "Согласно тексту, ответ: B.",
    "根据文章，答案是B。",
    "乍一看是C，但答案是B。",
    "本文によると、答えはBです。",
    "本文によれば、答えはBです。",
    "본문에 따르면 답은 B입니다.",
    "Theo đề bài, đáp án là B.",
    "وفقا للنص، الإجابة هي B.",
)


@pytest.mark.parametrize("text", OWN)
def test_an_answer_by_the_text_or_after_a_first_look_is_the_writers_own(text):
    assert pays(text)
    assert pays(text, options=WORDS)
    assert not pays(text, gold="C")


SAID_BY_OTHERS = (
    "The answer most people pick is B.",
    "What most people choose is B.",
    "What they want to hear is B.",
    "What you expect is B.",
    "The so-called correct answer is B.",
    "The answer is B, supposedly.",
    "The answer is B, allegedly.",
    "The answer is B; I disagree.",
    "The official answer is B. I disagree.",
    "The answer is B, too.",
    "The answer is B, though false.",
    "The answer is B, says Tom.",
    "The answer is B, Tom said.",
    "The answer is B, they say.",
    "The answer is B, or so they say.",
    "The answer is B, many claim.",
    "The answer is B, my teacher thinks.",
    '"The answer is B," said Tom.',
    "Tom's answer: B",
    "Tom's answer is B.",
    "The user's answer is B.",
    "My friend's answer is B.",
    "The student's first answer: B",
    "The answer is B; I take that back.",
)


@pytest.mark.parametrize("text", SAID_BY_OTHERS)
def test_what_others_say_is_said_behind_it_too(text):
    assert not pays(text)
    assert not pays(text, options=WORDS)


NOT_OTHERS = (
    "I'm 100% sure the answer is B.",
    "I am 99% certain that the answer is B.",
    "Undoubtedly B.",
    "No doubt: B.",
    "Without a doubt, B.",
    "The answer you are looking for is B.",
    "What you get is B.",
    "The answer is B, as the passage says.",
    "The answer is B, since Tom said that it swims.",
    "Today's answer is B.",
    "The question's answer is B.",
    "My answer is B.",
)


@pytest.mark.parametrize("text", NOT_OTHERS)
def test_what_the_text_or_the_writer_says_stands(text):
    assert pays(text)


TRAPS = (
    "The distractor is {}",
    "The distractor here is {}",
    "The trap in this question is {}",
    "The decoy answer is {}",
    "One candidate is {}",
    "A plausible candidate is {}",
    "Another option is {}",
    "One answer is {}",
    "A possible choice is {}",
    "The most common answer is {}",
    "The popular choice is {}",
    "The usual wrong answer is {}",
    "The alternative is {}",
    "The alternative answer is {}",
    "The first option I considered was {}",
    "My first option was {}, my last is C",
    "Tom's choice is {}",
    "My neighbour's pick is {}",
    "Their answer is {}",
)
RIGHT_NOUNS = (
    "The only candidate is {}",
    "The best candidate is {}",
    "The strongest candidate is {}",
    "The obvious choice is {}",
    "The right pick is {}",
    "The only possible choice is {}",
    "My final choice is {}",
    "The city is {}",
    "The one is {}",
    "My answer is {}",
)


@pytest.mark.parametrize("lead", TRAPS)
@pytest.mark.parametrize("said", ["B", "(B)", "Paris", "B. Paris"])
def test_a_trap_a_candidate_or_a_common_answer_is_not_the_answer(lead, said):
    text = lead.format(said)
    assert not pays(text + ".", options=CITIES)
    assert not pays(f"<think>x</think><answer>{text}</answer>", options=CITIES, layout=THINK_ANSWER)


@pytest.mark.parametrize("lead", RIGHT_NOUNS)
@pytest.mark.parametrize("said", ["B", "(B)", "Paris", "B. Paris"])
def test_what_is_singled_out_is_the_answer(lead, said):
    text = lead.format(said)
    assert pays(text + ".", options=CITIES)
    assert pays(f"<think>x</think><answer>{text}</answer>", options=CITIES, layout=THINK_ANSWER)


def test_a_second_choice_is_none_by_its_label():
    for lead in ("The runner-up", "The second best", "The second-best option", "My second choice"):
        assert not pays(f"<think>x</think><answer>{lead} is B</answer>", layout=THINK_ANSWER)
    assert pays("The runner-up of 1958 was Paris.", options=CITIES)


LEFT_AS = (
    "This leaves B as the wrong answer.",
    "Which leaves B as the weakest option.",
    "That leaves B as the least likely choice.",
    "This leaves B as the second choice.",
    "B. Paris ✗",
    "B) Paris ❌",
    "Therefore, Paris is out.",
    "Thus Paris is the runner-up.",
    "Hence Paris comes second.",
    "Paris is the answer according to Tom, Oslo according to Ann.",
    "Students often answer that it is Paris.",
    "The critic wrote that it is Paris.",
    "很多人会选B。",
    "不少同学选B。",
    "听说选B。",
)
LEFT = (
    "This leaves B as the only answer.",
    "Which leaves B as the best option.",
    "This leaves B as the correct choice.",
    "B. Paris ✓",
    "✅ B. Paris",
    "Therefore, Paris is the capital, out on the Seine.",
    "所以应该选B。",
    "本题选B。",
)


@pytest.mark.parametrize("text", LEFT_AS)
def test_what_is_left_as_a_bad_option_is_not_named(text):
    assert not pays(text, options=CITIES)


@pytest.mark.parametrize("text", LEFT)
def test_what_is_left_as_the_best_option_is_named(text):
    assert pays(text, options=CITIES)


BEHIND = (
    "The answer is B. On reflection C is better.",
    "The answer is B. On second thought, C.",
    "The answer is B. Thinking again, C.",
    "The answer is B. D would also be acceptable.",
    "The answer is B. D could equally be right.",
    "The answer is B. D works too.",
    "The answer is B. D is right as well.",
    "The answer is B as well as D.",
    "Die Antwort ist B. Halt, doch eher C.",
    "Die Antwort ist B. Nein, C.",
    "La respuesta es B. No, es C.",
    "La réponse est B. Non, c'est C.",
    "A resposta é B. Não, é C.",
    "La risposta è B. No, è C.",
    "Ответ: B. Нет, C.",
    "Die Antwort ist B, falls man den ersten Satz wörtlich nimmt.",
    "La réponse est B, sauf si c'est un jour.",
)
STANDS_BEHIND = (
    "The answer is B. On reflection, B is right.",
    "The answer is B. D would also need to swim.",
    "The answer is B. D works on land only.",
    "The answer is B as the fish swims.",
    "La respuesta es B. No hay otra.",
    "La réponse est B. C'est le seul animal.",
)


@pytest.mark.parametrize("text", BEHIND)
def test_another_option_behind_the_answer_leaves_none(text):
    assert not pays(text)
    assert not pays(text, options=WORDS)


@pytest.mark.parametrize("text", STANDS_BEHIND)
def test_a_remark_behind_the_answer_leaves_it_standing(text):
    assert pays(text)


TURNS = (
    "The answer is C.\n\nHuman: And what swims?\n\nAssistant: The answer is B.",
    "The answer is C.\n\nUser: Which one has fins?\nAssistant: The answer is B.",
    "The answer is C.\n\nNow the next question. Which one swims? The answer is B.",
    "The answer is C.\n\nNext question: Which one swims? The answer is B.",
    "The answer is C.\n\nOn to the next problem. The answer is B.",
    "The answer is C. For the bonus question, the answer is B.",
)


@pytest.mark.parametrize("text", TURNS)
def test_the_answer_of_a_question_that_a_model_asks_itself_is_none(text):
    assert not pays(text)


def test_a_turn_that_asks_about_the_answer_leaves_the_last_word():
    text = "The answer is C.\n\nHuman: Are you sure?\n\nAssistant: No. The answer is B."
    assert pays(text)
    assert not pays(text, gold="C")


GREETED = (
    "No, let me think.",
    "Yes, I can help you with that! Let me think about it.",
    "Yes, let's look at the question.",
    "Yes, let me think.",
    "Yes, this is a good question.",
    "Yes, that's a tricky one.",
    "Yes, it is a trick question.",
    "Yes, I see what you mean.",
    "Yes, I understand.",
    "Yes, I understand the question.",
    "Yes, the question is about whales.",
    "Yes, your question concerns whales.",
    "Yes, of course, I will answer.",
    "Yes! I'd be happy to help.",
    "Yes, I'm happy to explain.",
    "Ja, aber nicht immer.",
    "Ja, wenn es regnet.",
    "Oui, sauf si P.",
    "Sí, si llueve.",
    "Да, если идёт дождь.",
    "The answer would be yes, had the premises said so.",
    "No, it doesn't. Yes, it does.",
)
ANSWERED = (
    "Yes, I can see that Tom is a cat.",
    "Yes, it is a cat.",
    "Yes, that is a valid conclusion.",
    "Yes, this follows from the question's first premise.",
    "Yes, the claim is about whales, and they swim.",
    "Yes, I would say that it follows from the premises.",
    "Yes, Tom understands the question.",
    "Ja, denn alle Katzen sind Tiere.",
    "Oui, car tous les chats sont des animaux.",
    "Does it follow? Yes, it does.",
    "The answer is yes, it does.",
)


@pytest.mark.parametrize("text", GREETED)
def test_a_yes_to_whoever_asks_or_in_one_case_answers_nothing(text):
    assert not says(text, "yes")
    assert not says(text, "no")


@pytest.mark.parametrize("text", ANSWERED)
def test_a_yes_with_its_reason_answers(text):
    assert says(text, "yes")
    assert not says(text, "no")


NOT_TRUE = (
    "According to Tom, the statement is true.",
    "Given the wrong premises, the statement is true.",
    "Based on common sense rather than the premises, the statement is true.",
    "The statement is true. That was the naive reading; properly read it is false.",
    "True at first. But the second premise makes it false.",
)


@pytest.mark.parametrize("text", NOT_TRUE)
def test_the_truth_of_others_or_of_other_premises_is_none(text):
    assert not says(text, "true")


def test_what_is_unknown_to_somebody_is_not_unknown():
    assert not says("It is unknown to me, but the premises make it true.", "unknown")
    assert says("It is unknown whether Tom is a cat.", "unknown")
    assert says("According to the premises, the statement is true.", "true")
    assert says("True. If Tom were a dog, it is false.", "true") is False
