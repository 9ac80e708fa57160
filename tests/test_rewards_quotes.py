"""Quotations and citations: in the source or made up, in every form; precision and recall."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grpo_rewards.rewards.quotes
from grpo_rewards import THINK_ANSWER, CheckQuotes, ColumnError, OptionError, check_quotes
from grpo_rewards.passages import Source, citations, quotations
from grpo_rewards.testing import assert_reward_contract, audit_task

MILL = (
    "The mill was built in 1820 by two brothers.\nIt burned down twice – in 1851 and in 1903 – and "
    "stands to this day. Visitors may see the old wheel, which still turns when the river is high."
)
TOWN = "The town of Arden lies on the river. Its market is held on the first Monday of the month."


def scored(text, source=MILL, **options):
    return CheckQuotes(**options)([text], source=[source])[0]


class TestQuotations:
    @pytest.mark.parametrize(
        "text",
        [
            'It says "The mill was built in 1820" there.',
            "It says “the mill was built in 1820” there.",
            "Il dit « The mill was built in 1820 ».",
            "Es heißt: „The mill was built in 1820“.",
            "They write:\n\n> The mill was built in 1820\n> by two brothers.\n\nSo it is.",
            'It says "built in 1820 by two brothers. It burned down".',
            'It says "The mill was built in 1820 ... and stands to this day."',
            'It says "The mill was built […] stands to this day".',
            'It says "burned down twice - in 1851 and in 1903 - and stands".',
            'It says: "The mill   was\u00a0built in 1820." [1]',
        ],
    )
    def test_in_the_source(self, text):
        assert scored(text) == 5.0

    @pytest.mark.parametrize(
        "text",
        [
            'It says "The mill was built in 1830" there.',
            'It says "The mill was not built in 1820".',
            'It says "stands to this day ... The mill was built".',
            'It says "The mill was built in 182".',
            'It says "he mill was built in 1820".',
            'It says "the ... wheel ... river".',
            'It says "mill built in 1820".',
            'It says "The mill was built in 1820", and "nobody lives there now".',
            'It says "The mill was built in 1820" [2].',
            "It was built in 1820 [7].",
            f'It says "{MILL.replace(chr(10), " ")}".',
            '"The mill was built in 1820"',
            "[1]",
            "[1] [1] [1]",
            "- [1]\n- [1]\n- - -",
            "* [1] * *",
            "1 2 3 [1]",
            '"The mill was built in 1820" [1] [1] [1]',
            '"The mill was built in 1820" "the mill was built in 1820" . .',
            "> The mill was built in 1820\n\n[1] [1]",
        ],
    )
    def test_not_in_the_source(self, text):
        assert scored(text) == -2.5

    @pytest.mark.parametrize(
        "text",
        [
            "So it is [1].",
            "See there: [1] [1]",
            '它说"The mill was built in 1820"。',
            'The "mill" [1]',
        ],
    )
    def test_few_words_of_its_own_are_enough(self, text):
        assert scored(text) == 5.0

    @pytest.mark.parametrize(
        "text", ["It was built in 1820.", "", 'The "mill" is old.', "'It stands'"]
    )
    def test_no_quotation(self, text):
        assert scored(text) == -4.5

    @given(st.integers(0, 20), st.integers(3, 12))
    def test_every_span_of_the_source_is_in_it(self, start, length):
        words = MILL.split()
        span = " ".join(words[start : start + length])
        assert Source(MILL).has(span)
        assert not Source(TOWN).has(span)
        assert not Source(MILL).has(f"{span} indeed")

    @given(st.text(st.characters()))
    def test_no_text_raises(self, text):
        assert scored(text) in (5.0, -2.5, -4.5)
        assert scored(f'It says "{text}" [1].', alike=0.9) in (5.0, -2.5, -4.5)
        quotations(text), citations(text)

    @pytest.mark.parametrize(
        "piece", ['"', "“", "”", "> a\n", "[1]", "[", "[1,", "...", '"a b c" ', "«"]
    )
    def test_a_repeated_piece_is_read_in_linear_time(self, piece):
        """A hang would end the test."""
        assert scored(piece * (100_000 // len(piece))) in (5.0, -2.5, -4.5)


class TestCitations:
    @pytest.mark.parametrize(
        ("text", "marks"),
        [
            ("[1] [2, 3] [4-6]", ["1", "2", "3", "4", "5", "6"]),
            ("[^a] [Smith2020; Lee-21]", ["a", "Smith2020", "Lee-21"]),
            ("[here](url) [ ] [] [a b]", []),
            ("[9-1] [1-99999]", ["9-1", "1-99999"]),
        ],
    )
    def test_marks(self, text, marks):
        assert citations(text) == marks

    @pytest.mark.parametrize(
        "source",
        [
            [MILL, TOWN],
            {"1": MILL, "2": TOWN},
            [{"text": MILL}, {"text": TOWN}],
            [{"id": 1, "content": MILL}, {"id": 2, "content": TOWN}],
        ],
    )
    def test_a_quotation_stands_in_the_source_that_is_cited(self, source):
        assert scored('It says "The mill was built in 1820" [1].', source) == 5.0
        assert scored('It says "The town of Arden lies" [1].', source) == -2.5
        assert scored('It says "The town of Arden lies" [2].', source) == 5.0
        assert scored("The mill is old [1], the town too [2].", source) == 5.0
        assert scored("The mill is old [1], the town too [3].", source) == -2.5


class TestCheckQuotes:
    def test_precision_and_recall(self):
        reward = CheckQuotes(evidence="needed", partial=True)
        sources = {"a": MILL, "b": TOWN}
        text = 'The mill is old: "The mill was built in 1820" [a]. It is loved [c].'
        assert reward.explain(text, source=sources, needed=["a"]).score == pytest.approx(5 * 0.8)
        assert reward.explain(text[:-16], source=sources, needed=["a", "b"]).score == (
            pytest.approx(5 * 2 / 3)
        )
        assert reward.explain(text[:-16], source=sources, needed=["built in 1820"]).score == 5.0
        assert reward.explain("It is so [x].", source=sources, needed=["a"]).score == -2.5

    def test_slips_of_the_pen(self):
        text = 'It says "The mill was bilt in 1820 by two brothers".'
        assert scored(text) == -2.5
        assert scored(text, alike=0.9) == 5.0
        assert scored('It says "Nothing of this was ever written down".', alike=0.9) == -2.5

    def test_at_least_so_many(self):
        text = 'It says "The mill was built in 1820".'
        assert scored(text, least=2) == -2.5
        assert scored(f'{text} And "the mill was built in 1820".' * 1, least=3) == -2.5

    @pytest.mark.parametrize("source", [None, "", [], {}])
    def test_a_row_without_a_source_is_no_opinion(self, source):
        assert scored('It says "so it was then".', source) is None

    @pytest.mark.parametrize("source", [[3], {"a": 3}, [{"title": "x"}], 3])
    def test_what_is_no_source_raises(self, source):
        with pytest.raises(ColumnError, match="'source'"):
            scored('It says "so it was then".', source)

    def test_only_what_follows_the_reasoning_counts(self):
        said = 'It says "The mill was built in 1820".'
        assert scored(f'<think>"Nobody wrote these words"</think>{said}') == 5.0
        assert scored(f"<think>.</think><answer>{said}</answer>", format=THINK_ANSWER) == 5.0

    @pytest.mark.parametrize(
        ("options", "found"),
        [
            ({"source": ""}, "source=''"),
            ({"evidence": 3}, "evidence=3"),
            ({"least": 0}, "least=0"),
            ({"alike": 0}, "alike=0"),
            ({"alike": 90}, "alike=90"),
            ({"most_of_source": 2}, "most_of_source=2"),
            ({"partial": 1}, "partial=1"),
        ],
    )
    def test_options_that_cannot_be(self, options, found):
        with pytest.raises(OptionError, match=found):
            CheckQuotes(**options)

    def test_without_rapidfuzz_it_says_what_to_install(self, monkeypatch):
        monkeypatch.setattr("grpo_rewards.passages.source_texts.find_spec", lambda name: None)
        with pytest.raises(OptionError, match=r"pip install 'grpo-rewards\[text\]'"):
            CheckQuotes(alike=0.9)

    def test_it_is_a_value(self):
        reward = CheckQuotes(evidence="needed", partial=True, name="mine")
        assert pickle.loads(pickle.dumps(reward)) == reward
        assert eval(repr(reward), vars(grpo_rewards.rewards.quotes)) == reward  # noqa: S307
        assert repr(check_quotes) == "check_quotes"

    @pytest.mark.parametrize(
        "options", [{}, {"alike": 0.9, "partial": True, "name": "near"}], ids=str
    )
    def test_the_contract(self, options):
        texts = ['It says "The mill was built in 1820".', 'It says "it never was built".', "no"]
        assert_reward_contract(CheckQuotes(**options), completions=texts, source=[MILL] * 3)

    @pytest.mark.parametrize("source", [MILL, [MILL, TOWN]], ids=["one", "two"])
    def test_the_audit_finds_nothing(self, source):
        report = audit_task(
            check_quotes,
            "quotes",
            right=['It says: "The mill was built in 1820" [1].', "So it says [1]."],
            wrong='It says: "The mill was built in 1999".',
            source=source,
        )
        assert report.ok, report
