"""The languages that a jail runs beside Python: how a program is compiled, and how it is run.

A language is a row of the table. What it needs is looked for on the machine when it is used.
"""

from __future__ import annotations

from dataclasses import dataclass

from grpo_rewards.errors import OptionError

__all__ = ["LANGUAGES", "Language", "language_of"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Language:
    """How programs in a language are run. ``{dir}`` stands for where the program is."""

    name: str
    fences: frozenset[str]
    """What may stand behind the fence of a block in it."""
    file: str
    """What the program's file is called."""
    run: tuple[str, ...]
    compile: tuple[str, ...] = ()
    reserves: bool = False
    """Whether its runtime reserves more addresses than it fills, so that these are no limit."""


def _language(
    name: str, fences: str, file: str, run: str, compiled: str = "", **more: bool
) -> Language:
    return Language(
        name=name,
        fences=frozenset(fences.split()),
        file=file,
        run=tuple(run.split()),
        compile=tuple(compiled.split()),
        **more,
    )


LANGUAGES = {
    language.name: language
    for language in (
        _language("python", "python python3 py py3", "main.py", "python3 {dir}/main.py"),
        _language(
            "cpp",
            "cpp c++ cc cxx c++17 c++20 cpp17 cpp20",
            "main.cpp",
            "{dir}/main",
            "g++ -std=c++17 -O2 -w -o {dir}/main {dir}/main.cpp",
        ),
        _language(
            "c", "c", "main.c", "{dir}/main", "gcc -std=c17 -O2 -w -o {dir}/main {dir}/main.c -lm"
        ),
        _language(
            "javascript",
            "javascript js node nodejs",
            "main.js",
            "node --stack-size=900 {dir}/main.js",
            reserves=True,
        ),
        _language(
            "java",
            "java",
            "Main.java",
            "java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp {dir} Main",
            "javac -nowarn -d {dir} {dir}/Main.java",
            reserves=True,
        ),
        _language(
            "go",
            "go golang",
            "main.go",
            "{dir}/main",
            "go build -o {dir}/main {dir}/main.go",
            reserves=True,
        ),
        _language(
            "rust",
            "rust rs",
            "main.rs",
            "{dir}/main",
            "rustc -O -A warnings -o {dir}/main {dir}/main.rs",
        ),
    )
}
"""The table, by name."""


def language_of(option: str, name: object) -> Language:
    """The language of a name.

    Raises:
        OptionError: There is none.
    """
    found = LANGUAGES.get(name) if isinstance(name, str) else None
    if found is None:
        raise OptionError(f"{option}={name!r:.40}: write one of {', '.join(LANGUAGES)}")
    return found
