"""Files by a store's address, as those of this machine have one: the same as by their paths."""

from __future__ import annotations

import glob
import gzip
import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow")

from grpo_rewards import BOXED, CheckAnswer
from grpo_rewards.errors import OptionError, TableError
from grpo_rewards.scoring.cluster_files import require_empty
from grpo_rewards.scoring.runs import score_file
from grpo_rewards.scoring.sinks import write_rows
from grpo_rewards.scoring.sources import located_rows, paths_of
from grpo_rewards.scoring.stores import files_at

ROWS = [{"answer": "1", "completion": rf"\boxed{{{n}}}", "id": str(n)} for n in range(5)]
NAMES = ("a.jsonl", "b.jsonl", "in/a.jsonl", "in/b1.jsonl", "in/deep/a.jsonl", "in/deep/c.jsonl")
PARTS = st.sampled_from(["*", "**", "a*", "in", "deep", "[ab]*", "?.jsonl", "*.jsonl", "a.jsonl"])


@pytest.fixture
def tree(tmp_path):
    for name in NAMES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(ROWS[0]) + "\n")
    return tmp_path


PATTERNS = st.lists(PARTS, min_size=1, max_size=4).map("/".join)


@given(PATTERNS.filter(lambda each: set("*?[") & {*each}))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_pattern_means_what_it_means_on_a_disk(tree, pattern):
    paths = glob.glob(pattern, root_dir=tree, recursive=True)  # noqa: PTH207 (it is the model)
    expected = sorted({name for name in paths if name in NAMES})
    root = f"{tree.as_uri()}/"
    if expected:
        assert [each.removeprefix(root) for each in files_at(root + pattern)] == expected
    else:
        with pytest.raises(TableError, match="there is no file file://"):
            files_at(root + pattern)


def test_a_folder_is_its_files_and_not_those_of_folders_in_it(tree):
    root = tree.as_uri()
    (tree / "in" / "notes.txt").write_text("no rows")
    for folder in (f"{root}/in", f"{root}/in/"):
        assert paths_of([folder]) == [f"{root}/in/a.jsonl", f"{root}/in/b1.jsonl"]
    (tree / "other").mkdir()
    (tree / "other" / "notes.txt").write_text("no rows")
    with pytest.raises(TableError, match=r"other holds no rows: there is no file that ends in"):
        paths_of([f"{root}/other"])


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "json", "csv", "tsv", "parquet", "eval"])
def test_every_format_is_read(ending, tmp_path):
    path = tmp_path / f"rows.{ending}"
    if ending == "jsonl.gz":
        with gzip.open(path, "wt") as file:
            file.writelines(json.dumps(row) + "\n" for row in ROWS)
    elif ending == "eval":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("samples/a_epoch_1.json", json.dumps({"id": "a", "target": "1"}))
    else:
        write_rows(str(path), lambda: iter(ROWS))
    by_path = [each.row for each in located_rows([str(path)])]
    assert [each.row for each in located_rows([path.as_uri()])] == by_path
    assert ending == "eval" or by_path == ROWS


def test_a_stopped_run_over_addresses_goes_on(tree, monkeypatch):
    monkeypatch.chdir(tree)
    source = tree / "in.jsonl"
    whole = "".join(json.dumps(row) + "\n" for row in ROWS)
    source.write_text(whole[:-20])
    with pytest.raises(TableError, match=r"in.jsonl, line 5, .*4 rows before it are kept"):
        score_file(CheckAnswer(format=BOXED), [source.as_uri()], "out.jsonl")
    source.write_text(whole)
    assert score_file(CheckAnswer(format=BOXED), [source.as_uri()], "out.jsonl").completions == 5


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nowhere://bucket/a.jsonl", "the address of no store that is known"),
        ("file:///no/such/folder/a.jsonl", "there is no file"),
        ("file:///no/such/folder/*.jsonl", "there is no file"),
        ("file:///no/such/folder/", "there is no file"),
    ],
)
def test_what_is_not_there(address, said):
    with pytest.raises(TableError, match=said):
        paths_of([address])


def test_a_folder_to_write_into_has_to_be_empty(tree):
    for folder in (f"{tree}/in/", f"{tree.as_uri()}/in/"):
        with pytest.raises(OptionError, match="is not empty"):
            require_empty(folder)
    for folder in (f"{tree}/new/", f"{tree.as_uri()}/new/"):
        require_empty(folder)
