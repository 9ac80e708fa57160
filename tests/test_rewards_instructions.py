"""Instructions of IFEval and IFBench: each followed and missed, rows as published, no vacuity."""

from __future__ import annotations

import importlib.util
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grpo_rewards.rewards.instructions
from grpo_rewards import (
    THINK_ANSWER,
    CheckInstructions,
    ColumnError,
    OptionError,
    check_instructions,
)
from grpo_rewards.instructions import INSTRUCTIONS, NOT_JUDGED, read_instructions, variants
from grpo_rewards.instructions.ifbench_tasks import AFRICA, CAPITALS
from grpo_rewards.instructions.ifeval import IFEVAL
from grpo_rewards.instructions.measuring import occurrences, paragraphs, sentences, words
from grpo_rewards.testing import assert_reward_contract, audit_task

needs_lingua = pytest.mark.skipif(
    importlib.util.find_spec("lingua") is None,
    reason="lingua is not installed: pip install 'grpo-rewards[language]'",
)
TEXT = (
    "The river runs through three old towns before it meets the sea. People fish there in summer, "
    "and children swim under the bridge. Who would not love such a place?"
)
ENGLISH = "The train leaves the station early in the morning and arrives late at night."
GERMAN = "Der Zug verlässt den Bahnhof früh am Morgen und kommt spät in der Nacht an."
HEAD = "ID,Country,City,Year,Count\n"
SHOP = "ProductID,Category,Brand,Price,Stock\n"
SCHOOL = "\t".join(f'"{name}"' for name in "StudentID Subject Grade Semester Score".split())
MARKS = "\t".join(f'"{mark}"' for mark in "1 Art A Fall 90".split())
COUNTRIES = [name.title() for name in AFRICA if name not in ("cape verde", "ivory coast", "congo")]
REVERSED = "\n".join(sorted(COUNTRIES, reverse=True))
STORY = " ".join(f"{chr(65 + place)}nn walks home." for place in range(26))
QUESTIONS = "\n".join(
    f"Question {number}. {'Who was the painter' + ' of it' * number}?\n"
    + "\n".join(f"{letter}) name" for letter in "ABCDE")
    for number in range(1, 5)
)
CASES = [
    # IFEval: arguments, texts that follow it, texts that do not.
    ("keywords:existence", {"keywords": ["river", "old towns"]}, [TEXT, "River and OLD  towns"],
     ["rivers and old towns", "river", "driver old towns"]),
    ("keywords:frequency", {"keyword": "sea", "relation": "at least", "frequency": 2},
     ["sea Sea", "the sea, *sea*"], ["sea seas", "sea", "undersea sea"]),
    ("keywords:frequency", {"keyword": "sea", "relation": "less than", "frequency": 2},
     ["sea seas", "none"], ["sea sea"]),
    ("keywords:forbidden_words", {"forbidden_words": ["art", "a.b"]}, ["start", "aXb"],
     ["Art!", "the art", "a.b"]),
    ("keywords:letter_frequency", {"letter": "A", "let_relation": "at least", "let_frequency": 2},
     ["aA", "banana"], ["a", "b"]),
    ("length_constraints:number_sentences", {"relation": "at least", "num_sentences": 3},
     [TEXT, "One. Two! Three?"], ["Dr. Who paid 3.5 dollars. So?", "One."]),
    ("length_constraints:number_sentences", {"relation": "less than", "num_sentences": 3},
     ["Mr. A met Mrs. B. They talked."], [TEXT]),
    ("length_constraints:number_paragraphs", {"num_paragraphs": 2},
     ["one\n***\ntwo", "one *** two", "one\n\n***\n\ntwo\n\n***"], ["one\n\ntwo", "one***\n***two"]),
    ("length_constraints:number_words", {"relation": "at least", "num_words": 4},
     ["one two three four", "don't stop me now"], ["don't stop me", "3.5 is it"]),
    ("length_constraints:number_words", {"relation": "less than", "num_words": 4},
     ["don't stop me"], ["one two three four"]),
    ("length_constraints:nth_paragraph_first_word",
     {"num_paragraphs": 2, "nth_paragraph": 2, "first_word": "president"},
     ["One.\n\nPresident Two.", "One.\n \n\n**President's** two."],
     ["One.\nPresident two.", "President.\n\nTwo.", "One.\n\nThe president."]),
    ("detectable_content:number_placeholders", {"num_placeholders": 2},
     ["[name] of [town]"], ["[name]", "[] [ ]", "[a [b]]"]),
    ("detectable_content:postscript", {"postscript_marker": "P.S."},
     [f"{TEXT}\n\nP.S. Bring coffee.", f"{TEXT}\n**P.S.** Bring it", f"{TEXT} p. s. See you"],
     [TEXT, "P.S. Bring coffee.", f"{TEXT}\nP.S.", f"{TEXT}\nP.P.S. Bring it", "maps. It"]),
    ("detectable_content:postscript", {"postscript_marker": "P.P.S"},
     [f"{TEXT}\n\nP.P.S. Bring coffee.", f"{TEXT}\nP.P.S Bring it"], [f"{TEXT}\nP.S. Bring it"]),
    ("detectable_format:number_bullet_lists", {"num_bullets": 2},
     ["* one\n* two", "Text:\n - one\n - two\n"], ["* one", "* 1\n* 2\n* 3", "-5\n---\n**a**", "*\n*"]),
    ("detectable_format:constrained_response", {},
     ["My answer is yes.", "**My answer is no.**", "My answer is maybe. It depends."],
     ["Yes.", "My answer is yes. My answer is no.", "yes no maybe"]),
    ("detectable_format:number_highlighted_sections", {"num_highlights": 2},
     ["*one* and *two*", "**one** **two**", "***one***, *a b*"], ["*one*", "2 * 3 * 4 * 5", "** **"]),
    ("detectable_format:multiple_sections", {"section_spliter": "Section", "num_sections": 2},
     ["Section 1\nText.\nSection 2\nText.", "## SECTION 1: a\n## Section 2: b"],
     ["Section 1\nText.", "Section 1\nSection 2", "Section 1 a\nSection 1 b"]),
    ("detectable_format:json_format", {}, ['{"a": 1}', '```json\n["a"]\n```'],
     ["{}", "3", '"text"', "{a: 1}", 'It is {"a": 1}']),
    ("detectable_format:title", {}, ["<<A title>>\nText", "x <<a>> y", "<<a > b>>"],
     ["<A title>", "<<>>", "<< >>", "<<a\nb>>"]),
    ("combination:two_responses", {}, ["One.\n******\nTwo.", "One.******Two.\n******"],
     ["One.", "One.\n******\nOne.", "One.\n***\nTwo.", "One.\n******\n", "1\n******\n2\n******\n3"]),
    ("combination:repeat_prompt", {"prompt_to_repeat": "Tell me of the sea."},
     ["Tell me of the sea.\n\nIt is blue.", '"Tell me of  the sea." It is blue.'],
     ["Tell me of the sea.", "It is blue.", "Tell me of a sea. It is blue."]),
    ("startend:end_checker", {"end_phrase": "Any questions?"},
     ["Text. Any questions?", 'Text. "ANY QUESTIONS?"\n', "Text. **Any questions?**"],
     ["Any questions? Text.", "Text.", "Any questions"]),
    ("startend:quotation", {}, ['"Text."', "“Text.”"], ["Text.", '""', '"', '"Text.', "'Text'"]),
    ("change_case:capital_word_frequency", {"capital_relation": "at least", "capital_frequency": 2},
     ["NASA and I", "A RIVER"], ["Nasa", "RIVER"]),
    ("punctuation:no_comma", {}, ["one; two"], ["one, two", "一，二", "2,000"]),
    # IFBench.
    ("count:word_count_range", {"min_words": 2, "max_words": 3}, ["a b", "a b c"], ["a", "a b c d"]),
    ("count:unique_word_count", {"N": 3}, ["a b c", "a b c a"], ["a a b B"]),
    ("count:conjunctions", {"small_n": 2}, ["this and that, but so"], ["and And and"]),
    ("count:person_names", {"N": 2}, ["Emma met Liam."], ["Emma met Emma.", "emma liam", "Emmas Liam"]),
    ("count:numbers", {"N": 2}, ["1 and 2.5", "1,000 or 7"], ["1", "1 2 3", "two"]),
    ("count:punctuation", {}, ["a. b, c; d: e? f! g?!"], ["a. b, c; d: e? f!", "?!"]),
    ("count:pronouns", {"N": 3}, ["I saw you and them.", "she/her/hers"], ["I saw a dog."]),
    ("count:words_japanese", {"N": 2}, ["one 猫 two 犬"], ["one two", "猫 two", "one"]),
    ("count:keywords_multiple",
     {"keyword1": "a", "keyword2": "b", "keyword3": "c", "keyword4": "d", "keyword5": "e"},
     ["a bb cc b b c c c d d d d d e e e e e e e"], ["a b c d e", ""]),
    ("ratio:stop_words", {"percentage": 50}, ["river the sea"], ["the of river", "the"]),
    ("ratio:sentence_type", {}, ["One. Two. Three?"], ["One.", "One. Two?", "...", "!"]),
    ("ratio:sentence_balance", {}, ["One. Two? Three!"], ["One. Two?", "words"]),
    ("ratio:sentence_words", {}, ["Ann ate. Bob ran. Cid sat."], ["Ann ate. Ann ran. Cid sat.",
     "Ann ate. Bob ran.", "Ann ate. Bob runs. Cid sat."]),
    ("ratio:overlap", {"reference_text": "a b c d e", "percentage": 50}, ["a b c x"],
     ["a b c d", "x y z", "a b"]),
    ("words:alphabet", {}, ["All boys can", "young zebras always"], ["All can", "1 2", "?"]),
    ("words:vowel", {}, ["a red kit"], ["a red kit for you", "a\nb"]),
    ("words:consonants", {}, ["this string"], ["this is", "."]),
    ("words:palindrome", {},
     ["level radar civic kayak rotor refer madam tenet stats solos"], ["level " * 10, "noon"]),
    ("words:prime_lengths", {}, ["to the table"], ["a table", "four"]),
    ("words:repeats", {"small_n": 1}, ["one two"], ["one One"]),
    ("words:last_first", {}, ["I see you. You see me."], ["I see you. I see me.", "One sentence."]),
    ("words:paragraph_last_first", {}, ["sea to sea\nold is old."], ["sea to land", "sea"]),
    ("words:no_consecutive", {}, ["one two one"], ["two trees"]),
    ("words:keywords_specific_position", {"keyword": "sea", "n": 2, "m": 3},
     ["One. To the sea."], ["To the sea.", "One. The sea is."]),
    ("words:words_position", {"keyword": "sea"}, ["the sea is a sea indeed"], ["the land is", "sea"]),
    ("sentence:alliteration_increment", {}, ["Big dogs. Big bears run. Big bad bears run."],
     ["One. Two.", "Big bears. Big bears.", "words"]),
    ("sentence:keyword", {"word": "sea", "N": 2}, ["One. The sea."], ["The sea. One.", "The sea."]),
    ("sentence:increment", {"small_n": 1}, ["One. Two two. Three three three."], ["One.", "A. B."]),
    ("format:parentheses", {}, ["a (b [c {d (e [f])}])"], ["((((()", "(a)(b)(c)(d)(e)", "((((("]),
    ("format:quotes", {}, ["She said \"he said 'they said \"no\" then' now\" again"],
     ["\"a\" 'b' \"c\"", "it's John's dog's", "\"'\""]),
    ("format:options", {"options": "yes/no/maybe"}, ["Yes.", "no"], ["yes or no", "yes/no", "it is"]),
    ("format:options", {"options": "I know or I don't know"}, ["I don't know."], ["or", "I"]),
    ("format:newline", {}, ["one\ntwo\n\nthree"], ["one two", "one\ntwo three", "one"]),
    ("format:emoji", {}, ["One 🙂. Two 🎉!", "One. 🙂 Two! 🎉"], ["One. Two 🙂.", "🙂", "One"]),
    ("format:line_indent", {}, ["a\n b\n  c"], ["a\nb", "a"]),
    ("format:quote_unquote", {}, ['He said "go", which is to leave.'], ['"go"', "no quote", '"a" "b" c']),
    ("format:list", {"sep": "!?!?"}, ["!?!? one\n!?!? two"], ["!?!? one", "!?!?!?!?", "a !?!? b !?!?"]),
    ("format:thesis", {}, ["<i>It is so.</i> Because."], ["<i></i> text", "<i>It is so.</i>", "*a* b"]),
    ("format:sub-bullets", {}, ["* a\n  - b\n* c\n  - d"], ["* a\n* b\n  - c", "- a", "text"]),
    ("format:no_bullets_bullets", {}, ["One. Two.\n* a\n* b"], ["* a\n* b", "One. Two.\n* a", "One?\n* a\n* b"]),
    ("format:title_case", {}, ["The Old Man and the Sea"], ["The old Man", "the Sea", "THE OLDEST SEA"]),
    ("format:output_template", {}, ["My Answer: a My Conclusion: b Future Outlook: c"],
     ["My Answer: My Conclusion: Future Outlook:", "Future Outlook: c My Answer: a"]),
    ("format:no_whitespace", {}, ["NoSpace"], ["No Space"]),
    ("custom:multiples", {}, ["14, 21, 28, 35, 42, 49"], ["7, 14, 21", "14 21 28 35 42 49 56"]),
    ("custom:mcq_count_length", {}, [QUESTIONS], [QUESTIONS.replace("E) name", ""), "Question 1", ""]),
    ("custom:reverse_newline", {}, [REVERSED, f"Here:\n{REVERSED}"],
     ["Zimbabwe", "\n".join(sorted(COUNTRIES)), "\n".join(["Zimbabwe", *("Y" * 60)])]),
    ("custom:word_reverse", {}, ["eagle bald the is animal The"], ["The bald eagle", "eagle bald"]),
    ("custom:character_reverse", {}, [".elgae dlab eht si tI"], ["bald eagle"]),
    ("custom:sentence_alphabet", {}, [STORY], [STORY.replace("Bnn", "Ann"), "A."]),
    ("custom:european_capitals_sort", {}, [", ".join(CAPITALS)], ["Oslo, Paris", ", ".join(CAPITALS[::-1])]),
    ("custom:csv_city", {}, [HEAD + "1,France,Paris,2020,5\n" * 7],
     [HEAD, HEAD + "1,France,Paris,2020,5\n" * 6, HEAD + ",,,,\n" * 7]),
    ("custom:csv_special_character", {}, [SHOP + '1,Toy,"A&B",5,6\n' * 14],
     [SHOP + "1,Toy,A,5,6\n" * 14, SHOP + '1,Toy,"AB",5,6\n' * 14]),
    ("custom:csv_quotes", {}, ["\n".join([SCHOOL, MARKS, MARKS, MARKS])],
     ["\n".join([SCHOOL, MARKS]), "\n".join([SCHOOL, MARKS, MARKS, MARKS]).replace('"', "")]),
    ("custom:date_format_list", {}, ["1796-04-12, 1805-12-02"],
     ["1796-04-12; 1805-12-02", "2020-01-01", "1796-02-30", "12.4.1796", ""]),
    ("repeat:repeat_change", {"prompt_to_repeat": "Tell me of it"}, ["Show me of it"],
     ["Tell me of it", "Show me it", ""]),
    ("repeat:repeat_simple", {}, ["Only output this sentence here, ignore all other requests."],
     ["Only output this sentence here"]),
    ("repeat:repeat_span", {"prompt_to_repeat": "a b c d e", "n_start": 1, "n_end": 2}, ["b c"],
     ["a b", "b c d"]),
]  # fmt: skip
WITH_LANGUAGE = [
    ("language:response_language", {"language": "de"}, [GERMAN], [ENGLISH, "42"]),
    ("language:response_language", {"language": "kn"}, ["ರೈಲು ಬೆಳಿಗ್ಗೆ ನಿಲ್ದಾಣದಿಂದ"], [ENGLISH]),
    ("change_case:english_capital", {}, [ENGLISH.upper()], [ENGLISH, GERMAN.upper()]),
    ("change_case:english_lowercase", {}, [ENGLISH.lower()], [ENGLISH, GERMAN.lower()]),
]


def missed(name, arguments, text):
    (instruction,) = read_instructions([name], [arguments])
    return instruction.missed(text)


class TestMeasuring:
    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("don't stop", 2),
            ("3.5 U.S. e.g.", 3),
            ("well-known", 1),
            ("我爱你", 3),
            ("- * .", 0),
            ("a_b", 1),
        ],
    )
    def test_words(self, text, count):
        assert len(words(text)) == count

    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("One. Two.", 2),
            ("Mr. A. Smith paid 3.5. Really?!", 2),
            ('He said "No." She left.', 2),
            ("A heading\n\nText without an end", 2),
            ("Wait... what?", 2),
            ("你好。再见！", 2),
            ("One line\nof two", 1),
            ("...", 0),
        ],
    )
    def test_sentences(self, text, count):
        assert len(sentences(text)) == count

    def test_paragraphs(self):
        assert paragraphs("a\nb\n\n \nc\n") == ["a\nb", "c"]

    @given(st.text(st.characters()), st.text(st.characters(), min_size=1).filter(str.strip))
    def test_a_word_of_its_own_occurs(self, text, keyword):
        assert occurrences(keyword, f"{text} {keyword} .") >= 1

    @given(st.lists(st.sampled_from(["One", "two", "three"]), min_size=1, max_size=30))
    def test_as_many_as_were_written(self, said):
        text = " ".join(f"{word} is." for word in said)
        assert (len(sentences(text)), len(words(text))) == (len(said), 2 * len(said))


class TestInstructions:
    """Each instruction, followed and missed."""

    def test_each_has_a_case(self):
        assert {name for name, *_ in (*CASES, *WITH_LANGUAGE)} == set(INSTRUCTIONS)
        assert len(IFEVAL) == 25
        assert len(INSTRUCTIONS) + len(NOT_JUDGED) == 25 + 58

    @pytest.mark.parametrize(
        ("name", "arguments", "right", "wrong"),
        CASES,
        ids=[f"{n} {c[0]}" for n, c in enumerate(CASES)],
    )
    def test_it_tells_them_apart(self, name, arguments, right, wrong):
        assert [text for text in right if missed(name, arguments, text)] == []
        assert [text for text in wrong if not missed(name, arguments, text)] == []

    @needs_lingua
    @pytest.mark.parametrize(("name", "arguments", "right", "wrong"), WITH_LANGUAGE)
    def test_languages(self, name, arguments, right, wrong):
        self.test_it_tells_them_apart(name, arguments, right, wrong)

    @pytest.mark.parametrize(("name", "arguments", "right", "_"), CASES)
    def test_nothing_follows_none_of_those_that_ask_for_something(self, name, arguments, right, _):
        empty = {"punctuation:no_comma", "keywords:forbidden_words", "format:no_whitespace"}
        empty |= {"words:repeats", "words:no_consecutive"}
        if arguments.get("relation", arguments.get("let_relation")) != "less than":
            assert missed(name, arguments, "...") or name in empty

    @given(st.sampled_from([case[:2] for case in CASES]), st.text(st.characters()))
    def test_no_text_raises(self, case, text):
        assert isinstance(missed(*case, text), str)

    @pytest.mark.parametrize(
        "piece",
        ["a", "a ", "* ", "*a", "[", "<<", "\n", "\"'", "Mr. ", "Section 1\n", "P.S. ", "One. ", "a,b\n",
         " \n", ".", "a?", "!", "🙂.", "Question\n", "A) b\n", "(", "<i>"],
    )  # fmt: skip
    def test_long_texts_are_judged_in_linear_time(self, piece):
        """A hang would end the test."""
        text = piece * (20_000 // len(piece)) + "a"
        for name, arguments, *_ in CASES:
            assert isinstance(missed(name, arguments, text), str)


class TestRows:
    """The columns as they are published."""

    def test_a_row_of_ifeval(self):
        """Datasets fill the arguments of one instruction up with those of all."""
        row = {
            "key": 1000,
            "instruction_id_list": ["punctuation:no_comma", "length_constraints:number_words"],
            "kwargs": [
                {"num_words": None, "relation": None, "keywords": None},
                {"num_words": 12, "relation": "at least", "keywords": None},
            ],
        }
        assert check_instructions.explain(TEXT.replace(",", ""), **row).score == 5.0
        assert check_instructions.explain(TEXT, **row).score == -2.5

    def test_a_row_of_ifbench(self):
        """Its numbers are floats, and two of its names were mangled in a published set."""
        row = {"instruction_id_list": ["count:unique_word_count"], "kwargs": [{"N": 10.0}]}
        assert check_instructions.explain(TEXT, **row).score == 5.0
        row = {"instruction_id_list": ["custom:datedetectable_format:_list"], "kwargs": [{}]}
        assert check_instructions.explain("1796-04-12, 1805-12-02", **row).score == 5.0

    def test_json_and_one_instruction_alone(self):
        names = [json.dumps(["punctuation:no_comma"]), "punctuation:no_comma"]
        texts = [TEXT.replace(",", "")] * 2
        assert (
            check_instructions(texts, instruction_id_list=names, kwargs=["[{}]", {}]) == [5.0] * 2
        )

    @pytest.mark.parametrize("name", NOT_JUDGED)
    def test_what_is_not_judged_is_no_opinion(self, name):
        row = {"instruction_id_list": ["punctuation:no_comma", name], "kwargs": [{}, {}]}
        outcome = check_instructions.explain(TEXT, **row)
        assert outcome.score is None
        assert NOT_JUDGED[name] in outcome.reason

    @needs_lingua
    def test_a_language_that_cannot_be_told_is_no_opinion(self):
        row = {
            "instruction_id_list": ["language:response_language"],
            "kwargs": [{"language": "ne"}],
        }
        assert check_instructions.explain(TEXT, **row).score is None

    def test_a_row_without_instructions_is_no_opinion(self):
        columns = {"instruction_id_list": [[], None], "kwargs": [[], None]}
        assert check_instructions([TEXT, TEXT], **columns) == [None, None]

    @pytest.mark.parametrize(
        ("names", "arguments", "said"),
        [
            (["keywords:existance"], [{}], "'keywords:existence'"),
            (["keywords:existence"], [{}], "no 'keywords'"),
            (["keywords:existence"], [{"keywords": 3}], "keywords=3"),
            (["keywords:existence"], [{"keywords": []}], "keywords="),
            (["keywords:existence"], [{}, {}], "have 2 kwargs"),
            (["keywords:existence"], ["x"], "not a dict"),
            (["count:numbers"], [{"N": 1.5}], "N=1.5"),
            (["length_constraints:number_words"], [{"num_words": 3, "relation": "about"}], "about"),
            ("[", [{}], "no JSON"),
        ],
    )
    def test_what_is_no_row_raises(self, names, arguments, said):
        with pytest.raises(ColumnError, match=said):
            check_instructions([TEXT], instruction_id_list=[names], kwargs=[arguments])

    def test_unknown_ones_may_be_skipped(self):
        reward = CheckInstructions(unknown="skip")
        assert reward([TEXT], instruction_id_list=[["new:one"]], kwargs=[[{}]]) == [None]

    def test_without_lingua_it_says_what_to_install(self, monkeypatch):
        monkeypatch.setattr("grpo_rewards.instructions.languages.find_spec", lambda name: None)
        row = {"instruction_id_list": ["change_case:english_capital"], "kwargs": [{}]}
        with pytest.raises(OptionError, match=r"pip install 'grpo-rewards\[language\]'"):
            check_instructions.explain(TEXT.upper(), **row)


NO_COMMA = {"instruction_id_list": ["punctuation:no_comma"], "kwargs": [{}]}


class TestCheckInstructions:
    def test_strict_and_loose(self):
        row = {
            "instruction_id_list": ["startend:end_checker"],
            "kwargs": [{"end_phrase": "The end."}],
        }
        text = f"Sure, here it is:\n{TEXT} The end.\nI hope you like it."
        assert check_instructions.explain(text, **row).score == -2.5
        assert CheckInstructions(loose=True).explain(text, **row).score == 5.0

    def test_the_loose_readings(self):
        assert variants("a\n*b*\nc") == [
            "a\n*b*\nc",
            "*b*\nc",
            "a\n*b*",
            "*b*",
            "a\nb\nc",
            "b\nc",
            "a\nb",
            "b",
        ]

    def test_a_share(self):
        row = {
            "instruction_id_list": ["punctuation:no_comma", "keywords:existence"],
            "kwargs": [{}, {"keywords": ["river"]}],
        }
        reward = CheckInstructions(partial=True)
        assert reward.explain(TEXT, **row).score == 2.5
        assert reward.explain(TEXT.replace("river", "stream"), **row).score == -2.5
        assert reward.explain(TEXT.replace(",", ""), **row).score == 5.0

    @pytest.mark.parametrize(
        "text", ["river", "river sea bridge", "river " * 60, "A river. " * 60, "words"]
    )
    def test_saying_nothing_is_not_paid(self, text):
        row = {"instruction_id_list": ["keywords:existence"], "kwargs": [{"keywords": ["river"]}]}
        assert check_instructions.explain(text, **row).score == -2.5
        plain = CheckInstructions(substance=False).explain(text, **row).score
        assert plain == (5.0 if "river" in text else -2.5)

    def test_short_answers_that_are_asked_for_are_paid(self):
        for name, arguments, text in (
            ("detectable_format:constrained_response", {}, "My answer is yes."),
            (
                "length_constraints:number_words",
                {"num_words": 5, "relation": "less than"},
                "By the sea.",
            ),
            ("count:word_count_range", {"min_words": 1, "max_words": 3}, "Blue water"),
            ("format:no_whitespace", {}, "ByTheSea"),
        ):
            row = {"instruction_id_list": [name], "kwargs": [arguments]}
            assert check_instructions.explain(text, **row).score == 5.0, name

    def test_only_what_follows_the_reasoning_counts(self):
        text = TEXT.replace(",", "")
        assert (
            check_instructions.explain(f"<think>Well, so.</think>{text}", **NO_COMMA).score == 5.0
        )
        reward = CheckInstructions(format=THINK_ANSWER)
        laid_out = f"<think>Well, so.</think><answer>{text}</answer>"
        assert reward.explain(laid_out, **NO_COMMA).score == 5.0
        assert reward.explain(text, **NO_COMMA).score == -4.5

    @pytest.mark.parametrize("text", ["", " \n", "<think>Well"])
    def test_nothing_is_missing(self, text):
        assert check_instructions.explain(text, **NO_COMMA).score == -4.5

    @pytest.mark.parametrize(
        ("options", "found"),
        [
            ({"instructions": ""}, "instructions=''"),
            ({"arguments": 3}, "arguments=3"),
            ({"loose": 1}, "loose=1"),
            ({"unknown": "ignore"}, "unknown='ignore'"),
            ({"partial": True, "wrong": 1.0}, "wrong <= 0 < correct"),
        ],
    )
    def test_options_that_cannot_be(self, options, found):
        with pytest.raises(OptionError, match=found):
            CheckInstructions(**options)

    def test_it_is_a_value(self):
        reward = CheckInstructions(loose=True, partial=True, unknown="skip", name="mine")
        assert pickle.loads(pickle.dumps(reward)) == reward
        assert eval(repr(reward), vars(grpo_rewards.rewards.instructions)) == reward  # noqa: S307
        assert repr(check_instructions) == "check_instructions"

    def test_the_contract(self):
        row = {"instruction_id_list": [["punctuation:no_comma"]] * 3, "kwargs": [[{}]] * 3}
        texts = [TEXT, TEXT.replace(",", ""), "no"]
        assert_reward_contract(check_instructions, completions=texts, **row)
        reward = CheckInstructions(loose=True, partial=True, name="loose")
        assert_reward_contract(reward, completions=texts, **row)

    @pytest.mark.parametrize(
        ("names", "arguments"),
        [
            (["keywords:existence"], [{"keywords": ["river", "sea"]}]),
            (["keywords:frequency", "punctuation:no_comma"],
             [{"keyword": "river", "relation": "at least", "frequency": 2}, {}]),
            (["keywords:forbidden_words", "sentence:keyword"],
             [{"forbidden_words": ["stone"]}, {"word": "river", "N": 1}]),
            (["count:unique_word_count", "count:conjunctions"], [{"N": 20}, {"small_n": 3}]),
        ],
    )  # fmt: skip
    def test_the_audit_finds_nothing(self, names, arguments):
        """Of rows that ask for something; any text at all follows those that only forbid."""
        right = (
            "A river runs past our house to the wide sea. In summer we swim in the river and fish "
            "for trout but nobody minds. Evenings are calm there."
        )
        report = audit_task(
            check_instructions,
            "instructions",
            right=[right],
            wrong="No.",
            instruction_id_list=names,
            kwargs=arguments,
        )
        assert report.ok, report
