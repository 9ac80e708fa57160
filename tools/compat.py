"""Run the contracts with trainers and evaluators, each version in an environment of its own.

    python tools/compat.py                # every environment in the tables below
    python tools/compat.py 1.16.0 verl    # some of them: versions of TRL, names of frameworks

`tests/test_trainer.py` is the contract with TRL, `tests/integrations` those with the frameworks
that have an adapter. Environments are made once, in `.compat/`, and kept. For each version of TRL a
line says what was installed, which metrics the trainer logged, and whether the contract held; then
comes a table of the frameworks. The exit status is 1 where something did not hold. It needs nothing
but Python.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".compat"
INTEGRATIONS = ROOT / "tests" / "integrations"
# torch is pinned everywhere: on its own, pip would fetch the newest build with its CUDA libraries.
TORCH = "torch==2.13.0"
HEADERS = ("framework", "version", "calls", "right", "wrong", "no opinion", "parts logged", "held")


@dataclass(frozen=True)
class Environment:
    """What to install beside this package: first with what it requires, then alone."""

    package: str
    version: str
    why: str = ""
    packages: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    anywhere: bool = False
    """Whether what goes in alone asks for a newer Python than its part for rewards needs."""
    extras: str = ""
    """Of this package, what some of the rewards that are tried there need."""
    test: str = ""
    """The files of its tests, with a space between."""
    needs_torch: bool = False

    @property
    def name(self) -> str:
        """What it is called on the command line."""
        return self.version if self.package == "trl" else self.key

    @property
    def key(self) -> str:
        """What its folder is called."""
        is_one_of_several = self.package in ("trl", "verifiers")
        return f"{self.package}-{self.version}" if is_one_of_several else self.package

    @property
    def folder(self) -> Path:
        """Where the environment is."""
        return FOLDER / self.key

    @property
    def python(self) -> Path:
        """The environment's own interpreter."""
        return self.folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    @property
    def log(self) -> Path:
        """What its last set-up and run printed."""
        return FOLDER / f"{self.key}.log"


def trl(version: str, why: str, *packages: str, alone: tuple[str, ...] = ()) -> Environment:
    """An environment for a version of TRL."""
    wanted = (f"trl=={version}", *packages)
    return Environment(
        "trl",
        version,
        why,
        wanted,
        alone,
        extras="code,molecules,schema",
        test="tests/test_trainer.py",
        needs_torch=True,
    )


TRAINERS = (
    trl("0.22.2", "the notebooks' pin", "transformers==4.56.2", "datasets<5"),
    # Its loss is a kernel for GPUs only, so that on a CPU it trains through Unsloth alone.
    trl(
        "1.15.0",
        "Unsloth's newest",
        "transformers==5.17.0",
        "datasets<5",
        "peft==0.21.2",
        "sentencepiece",
        "protobuf",
        alone=("unsloth==2026.10.9", "unsloth_zoo==2026.10.9"),
    ),
    trl("1.16.0", "the newest", "transformers==5.23.0"),
)
"""Versions of TRL, which calls rewards as they are."""
FRAMEWORKS = (
    # Beside a CPU build of torch, because what it requires in all is for GPUs.
    Environment(
        "verl",
        "0.9.1",
        packages=(
            "ray",
            "tensordict!=0.9.0,>=0.8.0",
            "omegaconf",
            "orjson",
            "hydra-core",
            "codetiming",
            "numpy",
            "pandas",
            "datasets<5",
            "transformers>=5.5.3,<5.11",
            "peft",
            "accelerate",
            "packaging",
            "cachetools",
            "pillow",
        ),
        alone=("verl==0.9.1",),
        test="test_verl.py test_verl_example.py",
        needs_torch=True,
    ),
    Environment(
        "openrlhf",
        "0.11.2",
        packages=("aiohttp",),
        alone=("openrlhf==0.11.2",),
        test="test_openrlhf.py",
        needs_torch=True,
    ),
    Environment(
        "ms-swift",
        "4.6.0",
        packages=(
            "accelerate",
            "addict",
            "aiohttp",
            "binpacking",
            "dacite",
            "datasets<4.8.5",
            "einops",
            "fastapi",
            "json-repair",
            "matplotlib",
            "modelscope>=1.23",
            "numpy",
            "openai",
            "pandas",
            "peft<0.21",
            "pillow",
            "requests",
            "safetensors",
            "scipy",
            "sentencepiece",
            "transformers<5.20",
            "trl<1.0",
            "uvicorn",
        ),
        alone=("ms-swift==4.6.0",),
        test="test_swift.py",
        needs_torch=True,
    ),
    Environment("inspect-ai", "0.3", packages=("inspect-ai",), test="test_inspect_ai.py"),
    Environment("lm-eval", "0.4.13", packages=("lm-eval==0.4.13",), test="test_lm_eval.py"),
    Environment(
        "lighteval",
        "0.13.0",
        packages=(
            "GitPython",
            "accelerate",
            "aenum==3.1.15",
            "colorlog",
            "datasets>=4,<5",
            "langcodes",
            "latex2sympy2_extended==1.0.6",
            "nltk==3.9.1",
            "numpy>=2",
            "protobuf",
            "pycountry",
            "pydantic",
            "pytablewriter",
            "rouge_score==0.1.2",
            "sacrebleu",
            "scikit-learn",
            "sentencepiece",
            "termcolor==2.3.0",
            "transformers>=4.54,<5.23",
            "typer",
        ),
        alone=("lighteval==0.13.0",),
        test="test_lighteval.py",
        needs_torch=True,
    ),
    Environment("verifiers", "0.4.0", packages=("verifiers==0.4.0",), test="test_verifiers.py"),
    Environment("verifiers", "0.1.14", packages=("verifiers==0.1.14",), test="test_verifiers.py"),
    Environment("skyrl-gym", "0.4.0", packages=("skyrl-gym==0.4.0",), test="test_skyrl_gym.py"),
    Environment(
        "areal", "1.0.4", packages=("colorlog",), alone=("areal==1.0.4",), test="test_areal.py"
    ),
    Environment(
        "nemo-gym",
        "0.7.0",
        packages=(
            "aiohttp",
            "devtools",
            "fastapi",
            "httptools",
            "hydra-core",
            "itsdangerous",
            "omegaconf",
            "openai==2.44.0",
            "orjson",
            "packaging",
            "pandas",
            "pydot",
            "pyyaml",
            "ray",
            "requests",
            "rich",
            "scipy",
            "uvicorn",
            "uvloop",
            "wandb",
            "yappi",
        ),
        alone=("nemo-gym==0.7.0",),
        anywhere=True,
        test="test_nemo_gym.py",
    ),
    Environment(
        "stand-ins",
        "2026-11",
        packages=("fastapi", "httpx2"),
        test="test_stand_ins.py",
        needs_torch=True,
    ),
)
"""Frameworks that have an adapter; the stand-ins are of those that no registry has."""


def run(command: Sequence[str | Path], log: Path) -> int:
    """Run a command in the repository, its output appended to the log."""
    paths = [str(INTEGRATIONS), *filter(None, [os.environ.get("PYTHONPATH")])]
    with log.open("a", encoding="utf-8") as file:
        print("$", *command, file=file, flush=True)
        return subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            stdout=file,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode


def installed(environment: Environment) -> list[list[str]]:
    """What pip installs into the environment, one call after another."""
    torch = [TORCH] if environment.needs_torch else []
    steps = [torch] if torch else []
    package = f".[{environment.extras}]" if environment.extras else "."
    beside = ["pytest", "pytest-timeout", "--editable", package]
    steps.append([*torch, *environment.packages, *beside])
    if environment.alone:
        newer = ["--ignore-requires-python"] if environment.anywhere else []
        steps.append(["--no-deps", *newer, *environment.alone])
    return steps


def set_up(environment: Environment) -> bool:
    """Make the environment, unless it is there already with just these packages."""
    project, _, _ = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("\n[tool.")
    steps = installed(environment)
    wanted = repr(steps) + project
    digest = hashlib.sha256(wanted.encode()).hexdigest()
    stamp = environment.folder / "ready"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
        return True
    print(f"setting up {environment.folder.relative_to(ROOT)} ...", file=sys.stderr, flush=True)
    venv.create(environment.folder, with_pip=True, clear=True)
    # Most of what is installed is never imported.
    pip: list[str | Path] = [environment.python, "-m", "pip", "install", "--no-compile"]
    if any(run([*pip, *step], environment.log) for step in steps):
        return False
    stamp.write_text(digest, encoding="utf-8")
    return True


def tested(environment: Environment, *tests: str) -> tuple[int, ET.Element | None]:
    """Run a contract in the environment: its exit status, and what pytest wrote of it."""
    report = environment.folder / "report.xml"
    report.unlink(missing_ok=True)
    # The other tests' conftest.py needs more than a framework.
    command = ["pytest", "--noconftest", *tests, f"--junitxml={report}"]
    status = run([environment.python, "-m", *command], environment.log)
    return status, ET.parse(report).getroot().find("testsuite") if report.is_file() else None


def begin(environment: Environment) -> bool:
    """Make the environment, with a log of its own."""
    FOLDER.mkdir(exist_ok=True)
    environment.log.write_text("", encoding="utf-8")
    return set_up(environment)


# Versions of TRL ------------------------------------------------------------------------------


def check_trainer(environment: Environment) -> bool:
    """Run the contract with TRL in the environment, and print its line."""
    head = f"trl {environment.version} ({environment.why})"
    if not begin(environment):
        print(f"{head}: failed to install, see {environment.log.relative_to(ROOT)}", flush=True)
        return False
    status, suite = tested(environment, environment.test)
    versions, logged, counts = read(suite)
    # A contract that was skipped did not hold.
    held = status == 0 and bool(logged)
    verdict = "ok" if held else f"FAILED, see {environment.log.relative_to(ROOT)}"
    print(f"{head}, {versions}: logged {logged or 'nothing'}: {counts}: {verdict}", flush=True)
    return held


def read(suite: ET.Element | None) -> tuple[str, str, str]:
    """The versions, the metrics and the counts in what pytest wrote."""
    if suite is None:
        return "versions unknown", "", "no tests ran"
    properties = {p.get("name"): p.get("value", "") for p in suite.iter("property")}
    versions = json.loads(properties.get("versions", "{}"))
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    passed = int(suite.get("tests", 0)) - failed - int(suite.get("skipped", 0))
    return (
        ", ".join(f"{name} {version}" for name, version in versions.items() if name != "trl"),
        properties.get("logged", ""),
        f"{passed} passed, {failed} failed",
    )


# Frameworks -----------------------------------------------------------------------------------


def check_framework(environment: Environment) -> list[tuple[str, ...]]:
    """Run the contract with a framework: the rows of the table, the last cell says if it held."""
    blank = ("",) * (len(HEADERS) - 3)
    if not begin(environment):
        where = f"failed to install, see {environment.log.relative_to(ROOT)}"
        return [(environment.package, environment.version, *blank, where)]
    tests = [f"tests/integrations/{name}" for name in environment.test.split()]
    status, suite = tested(environment, *tests)
    held = "ok" if status == 0 else f"FAILED, see {environment.log.relative_to(ROOT)}"
    cases = [] if suite is None else suite.iter("testcase")
    found = [
        {p.get("name", ""): p.get("value", "") for p in case.iter("property")} for case in cases
    ]
    rows = [
        (environment.package, *(each.get(header, "") for header in HEADERS[1:-1]), held)
        for each in found
        if each
    ]
    if rows:
        return rows
    ran = "0" if suite is None else suite.get("tests", "0")
    is_stand_in = environment.package == "stand-ins"
    # What was skipped for want of the framework did not hold.
    verdict = held if is_stand_in or status else "SKIPPED"
    return [(environment.package, environment.version, ran, *blank[1:], verdict)]


def print_table(rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows under their headers, as a table of Markdown."""
    widths = [max(map(len, column)) for column in zip(HEADERS, *rows, strict=True)]
    for row in (HEADERS, tuple("-" * width for width in widths), *rows):
        print("|", " | ".join(map(str.ljust, row, widths)), "|", flush=True)


def main() -> int:
    """Check the environments named on the command line, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    known = [environment.name for environment in (*TRAINERS, *FRAMEWORKS)]
    parser.add_argument(
        "names", nargs="*", metavar="name", help=f"which of {', '.join(known)}; default: all"
    )
    names = parser.parse_args().names or known
    if unknown := sorted(set(names) - set(known)):
        parser.error(f"no environment for {', '.join(unknown)}: there are {', '.join(known)}")
    held = [check_trainer(each) for each in TRAINERS if each.name in names]
    rows = [row for each in FRAMEWORKS if each.name in names for row in check_framework(each)]
    if rows:
        print_table(rows)
    return 0 if all(held) and all(row[-1] == "ok" for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
