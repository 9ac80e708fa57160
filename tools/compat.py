"""Run the trainer contract (`tests/test_trainer.py`) against several versions of TRL.

    python tools/compat.py            # every environment in the table below
    python tools/compat.py 1.16.0     # one of them

Each version gets an environment of its own in `.compat/`, made once and kept. One line a version
says what was installed, which metrics the trainer logged, and whether the contract held; the exit
status is 1 where it did not. It needs nothing but Python.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".compat"


@dataclass(frozen=True)
class Environment:
    """What to install beside this package: first with what it requires, then alone."""

    trl: str
    why: str
    packages: tuple[str, ...]
    alone: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """Where the environment is."""
        return FOLDER / f"trl-{self.trl}"

    @property
    def python(self) -> Path:
        """The environment's own interpreter."""
        return self.folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    @property
    def log(self) -> Path:
        """What its last set-up and run printed."""
        return FOLDER / f"trl-{self.trl}.log"


# torch is pinned everywhere: on its own, pip would fetch the newest build with its CUDA libraries.
TORCH = "torch==2.13.0"
ENVIRONMENTS = (
    Environment("0.22.2", "the notebooks' pin", ("transformers==4.56.2", "datasets<5")),
    # Its loss is a kernel for GPUs only, so that on a CPU it trains through Unsloth alone.
    Environment(
        "1.15.0",
        "Unsloth's newest",
        ("transformers==5.17.0", "datasets<5", "peft==0.21.2", "sentencepiece", "protobuf"),
        alone=("unsloth==2026.10.9", "unsloth_zoo==2026.10.9"),
    ),
    Environment("1.16.0", "the newest", ("transformers==5.23.0",)),
)


def run(command: list[str | Path], log: Path) -> int:
    """Run a command in the repository, its output appended to the log."""
    with log.open("a", encoding="utf-8") as file:
        print("$", *command, file=file, flush=True)
        return subprocess.run(
            command, cwd=ROOT, stdout=file, stderr=subprocess.STDOUT, check=False
        ).returncode


def set_up(environment: Environment) -> bool:
    """Make the environment, unless it is there already with just these packages."""
    project, _, _ = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("\n[tool.")
    wanted = repr(environment) + project
    digest = hashlib.sha256(wanted.encode()).hexdigest()
    stamp = environment.folder / "ready"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
        return True
    print(f"setting up {environment.folder.relative_to(ROOT)} ...", file=sys.stderr, flush=True)
    venv.create(environment.folder, with_pip=True, clear=True)
    pip: list[str | Path] = [environment.python, "-m", "pip", "install"]
    packages = [TORCH, f"trl=={environment.trl}", *environment.packages, "pytest"]
    steps = [[*pip, TORCH], [*pip, *packages, "--editable", "."]]
    if environment.alone:
        steps.append([*pip, "--no-deps", *environment.alone])
    if any(run(step, environment.log) for step in steps):
        return False
    stamp.write_text(digest, encoding="utf-8")
    return True


def check(environment: Environment) -> bool:
    """Run the contract in the environment, and print its line."""
    FOLDER.mkdir(exist_ok=True)
    environment.log.write_text("", encoding="utf-8")
    head = f"trl {environment.trl} ({environment.why})"
    if not set_up(environment):
        print(f"{head}: failed to install, see {environment.log.relative_to(ROOT)}", flush=True)
        return False
    report = environment.folder / "report.xml"
    report.unlink(missing_ok=True)
    # The other tests' conftest.py needs more than TRL.
    contract = ["pytest", "--noconftest", "tests/test_trainer.py", f"--junitxml={report}"]
    status = run([environment.python, "-m", *contract], environment.log)
    versions, logged, counts = read(report)
    # A contract that was skipped did not hold.
    held = status == 0 and bool(logged)
    verdict = "ok" if held else f"FAILED, see {environment.log.relative_to(ROOT)}"
    print(f"{head}, {versions}: logged {logged or 'nothing'}: {counts}: {verdict}", flush=True)
    return held


def read(report: Path) -> tuple[str, str, str]:
    """The versions, the metrics and the counts in what pytest wrote."""
    if not report.is_file():
        return "versions unknown", "", "no tests ran"
    suite = ET.parse(report).getroot().find("testsuite")
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


def main() -> int:
    """Check the versions named on the command line, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    known = [environment.trl for environment in ENVIRONMENTS]
    parser.add_argument(
        "versions", nargs="*", metavar="version", help=f"which of {', '.join(known)}; default: all"
    )
    versions = parser.parse_args().versions or known
    if unknown := sorted(set(versions) - set(known)):
        parser.error(f"no environment for TRL {', '.join(unknown)}: there are {', '.join(known)}")
    results = [check(environment) for environment in ENVIRONMENTS if environment.trl in versions]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
