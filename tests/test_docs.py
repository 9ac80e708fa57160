"""The documentation builds strictly, its links lead somewhere, and its code does what it says."""

from __future__ import annotations

import html
import importlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import zlib
from dataclasses import fields
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import get_args
from urllib.parse import unquote, urlsplit

import pytest

import grpo_rewards
import grpo_rewards.testing
from docs_run import blocks_of, problems
from grpo_rewards.testing import strategies
from grpo_rewards.wording.vocabulary import ROWS, Sense

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
READ = [*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
# How a fenced block is tested: here, by pytest's doctests, or not, because nothing can run it.
LANGUAGES = {"pycon", "python", "console", "text", "mermaid"}
NEEDS_TRAINER = re.compile(
    r"^(?:import|from) (?:datasets|torch|transformers|trl|unsloth)\b", re.MULTILINE
)
# The build takes seconds; this only keeps a hang from blocking everything behind it.
GIVE_UP_AFTER_SECONDS = 600


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def with_python(*, trainer: bool) -> list[Path]:
    """The pages that have `python` blocks, apart those whose blocks import a trainer."""
    found = []
    for page in READ:
        sources = [block.source for block in blocks_of(page) if block.language == "python"]
        if sources and trainer == any(NEEDS_TRAINER.search(source) for source in sources):
            found.append(page)
    return found


class TestBlocks:
    @pytest.mark.parametrize("page", READ, ids=named)
    def test_every_block_is_of_a_language_that_is_tested(self, page):
        assert page.read_text(encoding="utf-8").count("\n```") == 2 * len(blocks_of(page))
        assert {block.language for block in blocks_of(page)} <= LANGUAGES

    @pytest.mark.parametrize("page", READ, ids=named)
    def test_no_doctest_is_skipped(self, page):
        assert "+SKIP" not in page.read_text(encoding="utf-8")

    @pytest.mark.parametrize("page", with_python(trainer=False), ids=named)
    def test_python_blocks_run(self, page, tmp_path):
        assert run_blocks([page], tmp_path) == {str(page): []}

    @pytest.mark.train
    @pytest.mark.skipif(
        importlib.util.find_spec("trl") is None,
        reason="TRL is not installed: pip install 'grpo-rewards[train]'",
    )
    def test_python_blocks_with_a_trainer_run(self, tmp_path):
        """All in one process, because its imports take long."""
        pages = with_python(trainer=True)
        assert run_blocks(pages, tmp_path) == {str(page): [] for page in pages}

    @pytest.mark.parametrize("page", READ, ids=named)
    def test_commands_name_what_is_there(self, page):
        targets = set(
            re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        )
        commands = [block.source for block in blocks_of(page) if block.language == "console"]
        for line in "\n".join(commands).splitlines():
            command = line.split("#")[0]
            if made := re.match(r"make ([\w-]+)", command):
                assert made[1] in targets, line
            for script in re.findall(r"[\w/]+\.py", command):
                assert (ROOT / script).is_file(), line
                options = re.findall(r"--[\w-]+", command)
                # The example's flags stand in modules beside it.
                parts = sorted((ROOT / script).parent.glob("*.py"))
                source = "\n".join(part.read_text(encoding="utf-8") for part in parts)
                unknown = [each for each in options if each not in ("--help", *known(source))]
                assert unknown == [], line


def known(script: str) -> set[str]:
    """The options that a script mentions, as a flag or as the field that a flag is made from."""
    return {f"--{name.strip('-').replace('_', '-')}" for name in re.findall(r"-*\w[\w-]+", script)}


def run_blocks(pages: list[Path], folder: Path) -> dict[str, list[str]]:
    """What is wrong with the blocks of pages, found in a process of its own, without a network."""
    report = folder / "report.json"
    run = subprocess.run(
        [
            sys.executable,
            str(Path(__file__).with_name("docs_run.py")),
            str(report),
            *map(str, pages),
        ],
        cwd=folder,
        env=os.environ | {"CUDA_VISIBLE_DEVICES": "", "HF_HUB_OFFLINE": "1"},
        capture_output=True,
        text=True,
        timeout=GIVE_UP_AFTER_SECONDS,
        check=False,
    )
    assert run.returncode == 0, f"{run.stdout}\n{run.stderr}"
    return json.loads(report.read_text(encoding="utf-8"))


class TestTheCheckOfBlocks:
    """Guards against the checks seeing nothing."""

    @pytest.mark.parametrize(
        ("source", "problem"),
        [
            ("from grpo_rewards import nothing", "ImportError: grpo_rewards has no 'nothing'"),
            ("from grpo_rewards import CheckAnswer\nCheckAnswer(tier=1)", "CheckAnswer: got an"),
            ("print(dataset)", "nothing defines dataset"),
            ("x = (", "SyntaxError"),
        ],
    )
    def test_it_finds(self, tmp_path, source, problem):
        page = tmp_path / "page.md"
        page.write_text(f'```python title="Checked, not run: why"\n{source}\n```\n', "utf-8")
        (found,) = problems(page)
        assert problem in found

    def test_what_is_run_may_fail(self, tmp_path):
        page = tmp_path / "page.md"
        page.write_text("text\n\n```python\n\n1 / 0\n```\n", "utf-8")
        assert list(problems(page)) == ["page.md:4: ZeroDivisionError: division by zero"]

    def test_names_that_a_doctest_imports_are_known(self, tmp_path):
        page = tmp_path / "page.md"
        page.write_text(
            "```pycon\n>>> from grpo_rewards import BOXED\n\n```\n"
            '```python title="Checked, not run: why"\nBOXED.parse(text=1)\n```\n',
            "utf-8",
        )
        assert list(problems(page)) == []


# The tables that are written by hand --------------------------------------------------------


def rows_of(page: str) -> list[list[str]]:
    """The cells of every row of a page's tables."""
    text = (DOCS / page).read_text(encoding="utf-8")
    rows = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows]


class TestTables:
    @pytest.mark.parametrize(
        "name", ["exact_format", "approximate_format", "check_answer", "check_numbers"]
    )
    def test_the_scoring_table_has_the_defaults(self, name):
        reward = getattr(grpo_rewards, name)
        tiers = {
            getattr(reward, option.name)
            for option in fields(reward)
            if isinstance(getattr(reward, option.name), float)
        }
        written: dict[str, set[float]] = {}
        current = ""
        for cells in rows_of("scoring.md"):
            current = cells[0].strip("`") or current
            if len(cells) == 3 and re.fullmatch(r"[+-]?\d+\.\d+", cells[1]):
                written.setdefault(current, set()).add(float(cells[1]))
        assert written[name] == tiers

    @pytest.mark.parametrize(
        ("name", "value", "file"),
        [
            (cells[0].strip("`"), cells[1].split()[0].replace(",", ""), cells[2].strip("`"))
            for cells in rows_of("engine.md")
            if len(cells) == 4 and re.fullmatch(r"`[A-Z_]+`", cells[0])
        ],
    )
    def test_the_table_of_limits_has_the_constants(self, name, value, file):
        room = file.removesuffix(".py").replace("/", ".")
        module = importlib.import_module(f"grpo_rewards.answers.{room}")
        assert getattr(module, name) == float(value)


def module_at(path: Path) -> ModuleType:
    """A module that is no part of a package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


class TestPeers:
    """What benchmarks/peers.py prints stands on the page, but for peers that are not installed."""

    @pytest.mark.skipif(
        any(importlib.util.find_spec(name) is None for name in ("math_verify", "trl")),
        reason="the peers are not installed",
    )
    def test_the_tables_are_what_the_benchmark_prints(self):
        run = subprocess.run(
            [sys.executable, str(ROOT / "benchmarks" / "peers.py")],
            capture_output=True,
            text=True,
            timeout=GIVE_UP_AFTER_SECONDS,
            check=True,
        )
        printed = [line.strip("|").split(" | ") for line in run.stdout.splitlines() if line]
        headers: dict[str, list[str]] = {}
        written: dict[tuple[str, ...], dict[str, str]] = {}
        for cells in rows_of("coming-from.md"):
            if cells[0] in ("gold", "the response has"):
                headers = {"now": cells}
            elif headers and len(cells) == len(headers["now"]):
                key = tuple(cells[:2]) if headers["now"][0] == "gold" else (cells[0],)
                written.setdefault(key, {}).update(zip(headers["now"], cells, strict=True))
        assert len(printed) > 20
        for cells in ([cell.strip() for cell in row] for row in printed):
            if cells[0] in ("gold", "the response has"):
                columns = cells
            elif cells[0] != "---":
                key = tuple(cells[:2]) if columns[0] == "gold" else (cells[0],)
                found = dict(zip(columns, cells, strict=True))
                assert {name: written[key][name] for name in found} == found


class TestPictures:
    def test_they_are_as_they_are_drawn(self):
        """`python tools/docs_pictures.py` draws them anew."""
        for file, drawing in module_at(ROOT / "tools" / "docs_pictures.py").drawn():
            assert file.read_text(encoding="utf-8") == drawing, file

    def test_each_stands_on_a_page_in_both_themes(self):
        text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
        for file, _ in module_at(ROOT / "tools" / "docs_pictures.py").drawn():
            assert f"images/{file.name}#only-{file.stem.rpartition('-')[2]}" in text


# The site -----------------------------------------------------------------------------------


class Page(HTMLParser):
    """What a page of the site links to and loads, and the places that links may lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.navigation: list[str] = []
        self.loaded: list[str] = []
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.places |= {attributes[name] for name in ("id", "name") if name in attributes}
        if tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
            if "md-nav__link" in attributes.get("class", ""):
                self.navigation.append(attributes["href"])
        if tag == "link" and attributes.get("rel") != "canonical":
            self.loaded.append(attributes.get("href", ""))
        if tag in ("script", "img", "iframe") and "src" in attributes:
            self.loaded.append(attributes["src"])


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The site, built as `make docs` does; a warning fails it."""
    folder = tmp_path_factory.mktemp("site")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=GIVE_UP_AFTER_SECONDS,
        check=False,
    )
    assert run.returncode == 0, f"{run.stdout}\n{run.stderr}"
    return folder


@pytest.fixture(scope="module")
def parsed(site) -> dict[Path, Page]:
    """Every page of the site."""
    return {path: Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def address(page: Path) -> str:
    """Where the site has a page of `docs`."""
    inside = page.relative_to(DOCS).with_suffix("")
    folder = inside.parent if inside.name == "index" else inside
    return (folder / "index.html").as_posix()


@pytest.mark.skipif(
    importlib.util.find_spec("mkdocs") is None,
    reason="MkDocs is not installed: pip install 'grpo-rewards[docs]'",
)
class TestSite:
    def test_every_page_is_in_the_navigation(self, site, parsed):
        home = site / "index.html"
        reached = {target(home, link)[0] for link in parsed[home].navigation}
        assert [named(page) for page in PAGES if site / address(page) not in reached] == []

    def test_every_link_leads_somewhere(self, site, parsed):
        """404.html is left out: it may be served at any depth, so its links are absolute."""
        broken = [
            f"{path.relative_to(site)}: {link}"
            for path, page in parsed.items()
            if path.name != "404.html"
            for link in (*page.links, *page.loaded)
            if not urlsplit(link).scheme and not resolves(path, link, parsed)
        ]
        assert broken == []

    def test_nothing_is_loaded_from_elsewhere(self, parsed):
        loaded = {link for page in parsed.values() for link in page.loaded}
        assert [link for link in loaded if urlsplit(link).netloc] == []

    def test_no_page_makes_the_theme_fetch_mermaid(self, parsed):
        for path in parsed:
            assert not re.search(r'class="[^"]*\bmermaid\b', path.read_text(encoding="utf-8")), path

    def test_the_flowchart_has_every_question(self, site):
        chart = (site / "when-to-use-rl" / "index.html").read_text(encoding="utf-8")
        for text in ("Can a program check the outcome?", "RL with verifiable rewards", "sometimes"):
            assert text in chart[chart.index("flowchart") :]

    def test_the_two_answers_of_the_flowchart_stand_out(self, site):
        chart = (site / "when-to-use-rl" / "index.html").read_text(encoding="utf-8")
        for look, text in (("sft", "Supervised fine-tuning"), ("rl", "RL with verifiable rewards")):
            assert f"<span class='result {look}'>{text}</span>" in chart

    def test_the_footer_says_the_version(self, site):
        assert f"grpo-rewards {grpo_rewards.__version__}" in (site / "index.html").read_text(
            encoding="utf-8"
        )

    def test_the_recipes_are_generated(self, site):
        text = (site / "recipes" / "index.html").read_text(encoding="utf-8")
        assert "&lt;think&gt;\\n\\n&lt;/think&gt;" in text
        assert "openai/gsm8k" in text

    def test_every_marker_is_replaced(self, parsed):
        for path in parsed:
            assert "generated:" not in path.read_text(encoding="utf-8"), path

    def test_the_options_are_generated(self, site):
        text = (site / "reference" / "options" / "index.html").read_text(encoding="utf-8")
        for option in fields(grpo_rewards.CheckNumbers):
            if option.name not in ("name", "log"):
                assert f"<code>{option.name}</code>" in text
        assert "<code>-4.5</code>" in text

    def test_the_vocabulary_is_generated(self, site):
        text = html.unescape((site / "reading" / "index.html").read_text(encoding="utf-8"))
        assert {row.sense for row in ROWS} == set(get_args(Sense))
        missing = [word for row in ROWS for word in row.words if word not in text]
        assert [word for word in missing if "'" not in word and "/" not in word] == []

    def test_the_equality_cases_are_generated(self, site):
        text = (site / "reference" / "equality-cases" / "index.html").read_text(encoding="utf-8")
        assert r"<code>\frac{1}{2006!}</code>" in text
        assert r"<code>\text{42}</code>" in text

    @pytest.mark.parametrize("name", grpo_rewards.__all__)
    def test_every_public_name_is_in_the_reference(self, site, name):
        assert inventory(site) & {f"grpo_rewards.{name}", defined_at(grpo_rewards, name)}

    @pytest.mark.parametrize("name", grpo_rewards.testing.__all__)
    def test_every_name_of_the_kit_is_in_the_reference(self, site, name):
        kit = grpo_rewards.testing
        assert inventory(site) & {f"grpo_rewards.testing.{name}", defined_at(kit, name)}

    @pytest.mark.parametrize("name", strategies.__all__)
    def test_every_strategy_is_in_the_reference(self, site, name):
        assert f"grpo_rewards.testing.strategies.{name}" in inventory(site)


class TestReadme:
    @pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
    def test_every_link_leads_somewhere(self, name):
        text = (ROOT / name).read_text(encoding="utf-8")
        links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
        assert [link for link in links if not (ROOT / link.split("#")[0]).exists()] == []


def target(page: Path, link: str) -> tuple[Path, str]:
    """The file that a relative link leads to, and the place in it."""
    parts = urlsplit(link)
    path = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    return (path / "index.html" if path.is_dir() else path), unquote(parts.fragment)


def resolves(page: Path, link: str, parsed: dict[Path, Page]) -> bool:
    path, place = target(page, link)
    return path.is_file() and (not place or path not in parsed or place in parsed[path].places)


def inventory(site: Path) -> set[str]:
    """The names that the reference defines, of modules none."""
    *_, packed = (site / "objects.inv").read_bytes().split(b"\n", 4)
    lines = zlib.decompress(packed).decode().splitlines()
    return {line.split()[0] for line in lines if line.split()[1] != "py:module"}


def defined_at(package: object, name: str) -> str:
    """Where a public function or class is defined."""
    return f"{getattr(getattr(package, name), '__module__', '')}.{name}"
