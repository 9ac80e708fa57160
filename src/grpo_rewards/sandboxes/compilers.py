"""The languages that a jail runs beside Python: how a program is compiled, and how it is run.

A language is a row of the table. What it needs is looked for on the machine when it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grpo_rewards.errors import OptionError

__all__ = ["LANGUAGES", "Language", "language_of"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Language:
    """How programs in a language are run.

    ``{dir}`` stands for where the program is, ``{home}`` for where the language is installed, and
    ``{memory}`` for the MiB that it may fill.
    """

    name: str
    fences: frozenset[str]
    """What may stand behind the fence of a block in it."""
    file: str
    """What the program's file is called."""
    run: tuple[str, ...]
    compile: tuple[str, ...] = ()
    reserves: bool = False
    """Whether its runtime reserves more addresses than it fills, so that these are no limit."""
    home: tuple[str, ...] = ()
    """What says where it is installed; else that is two above its compiler, or what runs it."""
    environment: tuple[tuple[str, str], ...] = ()
    """Variables that it needs; ``{home}`` stands for where it is installed."""
    readable: tuple[str, ...] = ()
    """What it reads outside of there, as patterns of paths."""
    hello: str = ""
    """A program that prints ``hello``: what a language is tried with before it is used."""

    @property
    def tool(self) -> str:
        """What has to be on the machine."""
        return (self.compile or self.run)[0].rpartition("/")[2]


def _language(
    name: str, fences: str, file: str, run: str, compiled: str = "", **more: Any
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
            hello='#include <iostream>\nint main() { std::cout << "hello"; }',
        ),
        _language(
            "c",
            "c",
            "main.c",
            "{dir}/main",
            "gcc -std=gnu17 -O2 -w -o {dir}/main {dir}/main.c -lm",
            hello='#include <stdio.h>\nint main(void) { puts("hello"); return 0; }',
        ),
        _language(
            "javascript",
            "javascript js node nodejs",
            "main.js",
            "{home}/bin/node --stack-size=900 {dir}/main.js",
            reserves=True,
            hello="console.log('hello')",
        ),
        _language(
            "java",
            "java",
            "Main.java",
            "{home}/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms16m -Xmx{memory}m "
            "-Xss16m -cp {dir} Main",
            "{home}/bin/javac -nowarn -d {dir} {dir}/Main.java",
            reserves=True,
            # Without /proc, which a jail has not, its launcher does not find its libraries.
            environment=(("LD_LIBRARY_PATH", "{home}/lib"),),
            readable=("/etc/java-*",),
            hello="class Main { public static void main(String[] a) "
            '{ System.out.println("hello"); } }',
        ),
        _language(
            "go",
            "go golang",
            "main.go",
            "{dir}/main",
            "{home}/bin/go build -o {dir}/main {dir}/main.go",
            reserves=True,
            home=("go", "env", "GOROOT"),
            environment=(("GOCACHE", "{dir}/cache"), ("GOFLAGS", "-p=2"), ("GO111MODULE", "off")),
            hello='package main\nimport "fmt"\nfunc main() { fmt.Println("hello") }',
        ),
        _language(
            "rust",
            "rust rs",
            "main.rs",
            "{dir}/main",
            # Its own linker asks /proc, which a jail has not, where it is.
            "{home}/bin/rustc -O -A warnings -C link-arg=-fuse-ld=bfd -o {dir}/main {dir}/main.rs",
            home=("rustc", "--print", "sysroot"),
            environment=(("LD_LIBRARY_PATH", "{home}/lib"),),
            hello='fn main() { println!("hello"); }',
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
