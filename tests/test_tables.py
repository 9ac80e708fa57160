"""Tables: the same plain text everywhere, and rich's on a terminal."""

from __future__ import annotations

import builtins
import sys

import pytest

from grpo_rewards import tables
from grpo_rewards.tables import plain_table, print_table

ROWS = [["a", 1.5, None], ["longer", -20, 3]]
PLAIN = "name    score  note\n------  -----  ----\na         1.5  None\nlonger    -20     3"


class TestPlainTable:
    def test_columns_are_aligned_and_numbers_stand_to_the_right(self):
        assert plain_table(["name", "score", "note"], ROWS) == PLAIN

    def test_without_rows(self):
        assert plain_table(["name", "score"], []) == "name  score\n----  -----"


class TestPrintTable:
    def test_it_is_plain_where_there_is_no_terminal(self, capsys):
        print_table(["name", "score", "note"], ROWS)
        assert capsys.readouterr().out == f"{PLAIN}\n"

    def test_it_is_plain_where_rich_is_not_installed(self, capsys, monkeypatch):
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setattr(tables, "find_spec", lambda name: None)
        print_table(["name", "score", "note"], ROWS)
        assert capsys.readouterr().out == f"{PLAIN}\n"

    def test_it_is_richs_on_a_terminal(self, capsys, monkeypatch):
        pytest.importorskip("rich")
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        print_table(["name", "[red]score"], [["[bold]a", 1.5]])
        out = capsys.readouterr().out
        assert "[bold]a" in out  # shown as it is, not read as markup
        assert "[red]score" in out
        assert "1.5" in out
        assert out != plain_table(["name", "[red]score"], [["[bold]a", 1.5]])

    def test_rich_is_not_imported_for_plain_ones(self, capsys, monkeypatch):
        real = builtins.__import__

        def guarded(name, *args, **kwargs):
            assert not name.startswith("rich")
            return real(name, *args, **kwargs)

        monkeypatch.setattr(builtins, "__import__", guarded)
        print_table(["name"], [["a"]])
        assert capsys.readouterr().out
