"""Which alternatives of the package's patterns change nothing that the tests ever read?

    python tools/replay.py --record          # runs the tests, and keeps what patterns are fed
    python tools/replay.py wording choices   # tries every mutant of two rooms, in minutes

The mutants are those of `tools/mutate.py`. Of each, the patterns that differ are fed what the tests
fed to the original. One that gives the same results on all of it passes these tests for certain: a
hole, printed with its place. One that gives another result somewhere is *reached*, no more: whether
a test notices, `tools/mutate.py` finds out by running it. Mutants of tables that no pattern is made
from are counted as not replayed.

Where a pattern was called with more, or with longer texts, than are kept, a hole is one of what was
kept; how many patterns that concerns is printed last.
"""

from __future__ import annotations

import argparse
import ast
import builtins
import difflib
import importlib
import json
import os
import pkgutil
import subprocess
import sys
import types
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import regex

import mutate
import recording
from recording import PLAIN, Call, Made, Recorded, Records, Written

ROOT, PACKAGE = mutate.ROOT, mutate.PACKAGE
RECORDED = (
    "tests --ignore=tests/sandboxes --ignore=tests/scoring --ignore=tests/judge --ignore=tests/hub "
    "--ignore=tests/reporting"
)
PINNED = ("wording/vocabulary.py",)
"""Tables that a test holds to a file of their own, row by row: none of their mutants survives."""
SECONDS = 5.0
"""For a text; a mutant that takes longer on one differs."""

NOTED: list[Written] = []
"""The patterns that were compiled since it was last emptied."""


@dataclass
class Executed:
    """A module's text, executed: its names, and the patterns by the place that they are made at."""

    module: types.ModuleType
    patterns: dict[object, list[Written]] = field(default_factory=dict)
    failed: bool = False

    def values(self) -> dict[str, Any]:
        """The constants by their names."""
        return {
            name: value
            for name, value in vars(self.module).items()
            if not name.startswith("__") and not callable(value)
        }


@cache
def code_of(name: str) -> types.CodeType:
    """A module of the package, compiled."""
    file = Path(str(importlib.import_module(name).__file__))
    return builtins.compile(file.read_text(), str(file), "exec")


def execute(name: str, code: types.CodeType, made: Iterable[Made], texts: set[str]) -> Executed:
    """Execute a module's text beside the modules that stand; the caller puts them back."""
    original = sys.modules[name]
    module = types.ModuleType(name)
    for attribute in ("__file__", "__package__", "__path__", "__spec__", "__loader__"):
        if hasattr(original, attribute):
            setattr(module, attribute, getattr(original, attribute))
    put(name, module)
    done = Executed(module)
    NOTED.clear()
    try:
        exec(code, module.__dict__)  # noqa: S102  # the package, or a mutant of it
    except Exception:  # noqa: BLE001  # whatever it is: the mutant cannot be imported
        done.failed = True
        return done
    done.patterns["module"] = list(NOTED)
    for each in made:
        NOTED.clear()
        try:
            getattr(module, each.function)(**dict(each.arguments))
        except Exception:  # noqa: BLE001
            NOTED.append(Written("re", "", -1))
        done.patterns[each] = list(NOTED)
    for key, value in vars(module).items():
        if isinstance(value, str) and (value in texts or f"{name}.{key}" in texts):
            texts.add(f"{name}.{key}")  # so that the mutant's text is found by its name
            done.patterns[key] = [Written("", value, 0)]
    return done


def put(name: str, module: types.ModuleType) -> None:
    """Put a module where imports find it."""
    sys.modules[name] = module
    parent, _, last = name.rpartition(".")
    if parent in sys.modules:
        setattr(sys.modules[parent], last, module)


def same(one: Any, other: Any) -> bool:
    """Whether two constants are equal; what has no equality of its own, by how it is shown."""
    if type(one) is not type(other):
        return False
    if isinstance(one, str | frozenset | set | int | float | bytes | Recorded | None):
        return bool(one == other)
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(map(same, one.values(), other.values()))
    return _PLACE.sub("", repr(one)) == _PLACE.sub("", repr(other))


_PLACE = regex.compile(r" at 0x[0-9a-f]+")
"""Where an object is kept: each execution makes it anew."""


def names_in(code: types.CodeType) -> set[str]:
    """The global names that a function uses."""
    found = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            found |= names_in(constant)
    return found


@cache
def used_in(name: str) -> dict[str, frozenset[str]]:
    """The names that each function or class of a module uses."""
    return {
        constant.co_name: frozenset(names_in(constant))
        for constant in code_of(name).co_consts
        if isinstance(constant, types.CodeType) and not constant.co_name.startswith("<")
    }


def spread(name: str, changed: set[str]) -> set[str]:
    """The names of a module that change with others, through its functions."""
    changed, before = set(changed), 0
    while len(changed) > before:
        before = len(changed)
        changed |= {function for function, names in used_in(name).items() if names & changed}
    return changed


@cache
def importers() -> dict[str, dict[str, frozenset[str]]]:
    """Module -> the modules that import names of it at their top, and which names."""
    found: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for name, module in list(sys.modules.items()):
        if not name.startswith("grpo_rewards") or not getattr(module, "__file__", None):
            continue
        for statement in ast.parse(Path(str(module.__file__)).read_text()).body:
            if isinstance(statement, ast.ImportFrom) and statement.module:
                names = frozenset(alias.name for alias in statement.names)
                found[statement.module][name] = names | found[statement.module].get(
                    name, frozenset()
                )
    return found


class Replay:
    """Feeds the recorded calls to the patterns of mutants."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.calls: dict[tuple[str, int | None], list[tuple[Written, Call]]] = defaultdict(list)
        for calls in (records.found, records.missed):
            for written, each in calls.items():
                key = (written.library + written.pattern, written.flags)
                self.calls[key] += [(written, call) for call in each]
        self.by_text: dict[str, list[Written]] = defaultdict(list)
        for written in {*records.found, *records.missed}:
            self.by_text[written.pattern].append(written)
        self.texts = set(self.by_text)
        self.made: dict[str, list[Made]] = defaultdict(list)
        for made in records.made:
            self.made[made.module].append(made)
        self.results: dict[tuple[Written, Call], Any] = {}
        self.standing: dict[str, Executed] = {}
        for name, module in list(
            sys.modules.items()
        ):  # before any mutant stands in another's place
            if name.startswith("grpo_rewards") and getattr(module, "__file__", None):
                self.baseline(name)

    def baseline(self, name: str) -> Executed:
        """A module as it stands, executed once more; in the place of the original no longer."""
        if name not in self.standing:
            original = sys.modules[name]
            self.standing[name] = execute(name, code_of(name), self.made[name], self.texts)
            put(name, original)
        return self.standing[name]

    def verdict(self, mutant: mutate.Mutant, name: str) -> str:
        """How a mutant fares: reached, a hole, without effect, or not replayed."""
        base = self.baseline(name)
        if base.failed:
            return "not replayed"
        replaced: dict[str, types.ModuleType] = {}
        pairs: list[tuple[Written, Written | None]] = []
        in_functions = False
        queue: list[tuple[str, types.CodeType]] = [
            (name, builtins.compile(mutant.source(), str(mutant.file), "exec"))
        ]
        any_changed = False
        try:
            while queue:
                each, code = queue.pop(0)
                if each in replaced:
                    continue
                base = self.baseline(each)
                replaced[each] = sys.modules[each]
                done = execute(each, code, self.made[each], self.texts)
                if done.failed and not base.failed:
                    return "reached"
                pairs += differing(base.patterns, done.patterns)
                before, after = base.values(), done.values()
                changed = {
                    key for key in before if key not in after or not same(before[key], after[key])
                }
                any_changed |= bool(changed)
                through = spread(each, changed)
                plain = {key for key in changed if not is_pattern(before[key])}
                makers = {made.function for made in self.made[each]}
                in_functions |= any(
                    plain & names
                    for function, names in used_in(each).items()
                    if function not in makers
                )
                for importer, names in importers().get(each, {}).items():
                    if names & through and importer not in replaced and len(replaced) < 60:
                        queue.append((importer, code_of(importer)))
        finally:
            for each, module in replaced.items():
                put(each, module)
        if not pairs:
            return "not replayed" if any_changed else "without effect"
        pairs = list(dict.fromkeys(pairs))
        pairs.sort(key=lambda pair: len(pair[0].pattern))
        fragment = fragment_of(mutant, vars(self.standing[name].module))
        if any(self.differs(old, new, fragment) for old, new in pairs):
            return "reached"
        return "not replayed" if in_functions else "hole"

    def differs(self, old: Written, new: Written | None, fragment: str | None) -> bool:
        """Whether a changed pattern gives another result on anything that was recorded."""
        olds = [old] if old.library else self.by_text.get(old.pattern, [])
        return any(
            self._differs(
                each,
                new
                and Written(
                    each.library, new.pattern, each.flags if not old.library else new.flags
                ),
                fragment,
            )
            for each in olds
        )

    def _differs(self, old: Written, new: Written | None, fragment: str | None) -> bool:
        if new is None:
            return bool(self.records.found.get(old))
        filters = _filter(fragment, old.flags)
        compiled = None
        for calls in (self.records.found.get(old, {}), self.records.missed.get(old, {})):
            for call in calls:
                if filters and not filters.search(call.text[: call.end]):
                    continue
                if compiled is None:
                    try:
                        compiled = PLAIN[new.library](new.pattern, new.flags)
                    except Exception:  # noqa: BLE001  # the libraries have errors of their own
                        return True
                if (old, call) not in self.results:
                    self.results[old, call] = result_of(
                        PLAIN[old.library](old.pattern, old.flags), call
                    )
                if self.results[old, call] != result_of(compiled, call):
                    return True
        return False


@cache
def _filter(fragment: str | None, flags: int) -> Any:
    """What finds the removed text alone: where it stands nowhere, its absence changes nothing."""
    if not fragment:
        return None
    looser = regex.I | regex.S | regex.M if "(?!" not in fragment and "(?<!" not in fragment else 0
    try:
        found = regex.compile(fragment, (flags & ~regex.U) | looser)
    except Exception:  # noqa: BLE001
        return None
    return None if found.search("") else found


def fragment_of(mutant: mutate.Mutant, names: dict[str, Any]) -> str | None:
    """The alternative that was removed, as a pattern of its own."""
    text = mutant.file.read_text()
    removed = text[mutant.start : mutant.end]
    if not (removed.startswith("|") or removed.endswith("|")) or '"' in removed or "\n" in removed:
        return None
    quote = max(text.rfind('"', 0, mutant.start), 0)
    head = regex.search(r"[a-zA-Z]*$", text[max(quote - 2, 0) : quote])
    prefix = head[0].lower() if head else ""
    removed = removed.strip("|") if removed.count("|") == 1 else removed.removeprefix("|")
    if removed.endswith("|") or ("\\" in removed and "r" not in prefix):
        return None
    if "f" in prefix and ("{" in removed or "}" in removed):
        try:
            return str(eval(f'{prefix}"{removed}"', dict(names)))  # noqa: S307
        except Exception:  # noqa: BLE001
            return None
    return removed if regex.fullmatch(r"[bruf]*", prefix) else None


def is_pattern(value: Any) -> bool:
    """Whether a constant is nothing but patterns, or pieces of them."""
    if isinstance(value, tuple | list) and value:
        return all(map(is_pattern, value))
    return isinstance(value, Recorded)


def differing(
    before: dict[object, list[Written]], after: dict[object, list[Written]]
) -> Iterator[tuple[Written, Written | None]]:
    """The patterns that a mutant changes, each beside the original; None where it has none."""
    for place, olds in before.items():
        news = after.get(place, [])
        if olds == news:
            continue
        if len(olds) == len(news):
            yield from ((old, new) for old, new in zip(olds, news, strict=True) if old != new)
            continue
        for kind, first, last, start, end in difflib.SequenceMatcher(
            None, olds, news, autojunk=False
        ).get_opcodes():
            if kind != "equal":
                given = [*news[start:end], *[None] * (last - first)]
                yield from zip(olds[first:last], given, strict=False)


def result_of(pattern: Any, call: Call) -> Any:
    """What a call gives: of a match, the places of the whole and of its groups."""
    bounds = [] if call.start is None else [call.start]
    if call.end is not None:
        bounds = [call.start or 0, call.end]
    timeout = {"timeout": SECONDS} if isinstance(pattern, type(PLAIN["regex"](""))) else {}
    try:
        if call.replacement is not None:
            return pattern.sub(call.replacement, call.text, **timeout)
        if call.method not in ("match", "fullmatch", "search"):
            return [_places(match) for match in pattern.finditer(call.text, *bounds, **timeout)]
        return _places(getattr(pattern, call.method)(call.text, *bounds, **timeout))
    except (TimeoutError, IndexError, regex.error) as error:
        return type(error).__name__


def _places(match: Any) -> Any:
    if match is None:
        return None
    names = {name: match.span(name) for name in match.re.groupindex}
    unnamed = match.regs if not names else (match.span(), len(match.regs))
    return unnamed, names, match.lastgroup


def keep(folder: Path, tests: str) -> None:
    """Run tests, and keep what they feed to each pattern, in the place of what was kept before."""
    for earlier in folder.glob("*.pickle"):
        earlier.unlink()
    environment = {**os.environ}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tools")])
    subprocess.run(
        [
            sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider",
            "-p", "recording", "--records", str(folder), *tests.split(),
            *(f"--ignore-glob=*{slow}" for slow in mutate.SLOW.split()),
        ],
        cwd=ROOT, env=environment, check=False,
    )  # fmt: skip


def main() -> None:
    """Record, or replay."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("places", nargs="*", help="rooms or modules below src/grpo_rewards")
    parser.add_argument("--record", action="store_true", help="run the tests, and keep texts")
    parser.add_argument("--tests", default=RECORDED, help="which tests, with --record")
    parser.add_argument("--records", type=Path, default=ROOT / ".records", help="their folder")
    parser.add_argument("--reached", type=Path, help="a file for the mutants that are reached")
    options = parser.parse_args()
    if options.record:
        keep(options.records.resolve(), options.tests)
        return
    files = mutate.modules_of(parser, options.places)
    if not any(options.records.glob("*.pickle")):
        parser.error(f"nothing is recorded in {options.records}; run with --record first")
    recording.record(None, NOTED.append)
    sys.path.insert(0, str(ROOT / "src"))
    import grpo_rewards  # noqa: PLC0415  # behind what records it

    for found in pkgutil.walk_packages(grpo_rewards.__path__, "grpo_rewards."):
        if not regex.search(r"__main__|integrations|monty\.|report|cli", found.name):
            importlib.import_module(found.name)
    replay = Replay(recording.read(options.records))
    total: dict[str, Counter[str]] = defaultdict(Counter)
    reached = []
    for file in files:
        name = ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts)
        name = name.removesuffix(".__init__")
        for mutant in mutate.mutants_of(file):
            if not mutant.is_python() or str(file.relative_to(PACKAGE)) in PINNED:
                continue
            verdict = replay.verdict(mutant, name) if name in sys.modules else "not replayed"
            total[str(file.relative_to(PACKAGE))][verdict] += 1
            if verdict in ("hole", "without effect"):
                print(f"{verdict}: {mutant}", flush=True)
            elif verdict == "reached":
                reached.append([str(file.relative_to(ROOT)), mutant.start, mutant.end])
        print(
            f"# {file.relative_to(PACKAGE)} {dict(total[str(file.relative_to(PACKAGE))])}",
            file=sys.stderr,
            flush=True,
        )
    if options.reached:
        options.reached.write_text(json.dumps(reached))
    for module, counts in total.items():
        print(
            module, *(f"{count} {verdict}" for verdict, count in sorted(counts.items())), sep="  "
        )
    every = sum(total.values(), Counter())
    print("all", *(f"{count} {verdict}" for verdict, count in sorted(every.items())), sep="  ")
    print(f"{len(replay.records.dropped)} patterns were called more often than is kept")
    sys.exit(bool(every["hole"] + every["without effect"]))


if __name__ == "__main__":
    main()
