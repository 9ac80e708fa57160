"""The reward for molecules: the same one as the gold, or one with a property in a range."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grpo_rewards.core.base import Batch, Outcome
from grpo_rewards.core.columns import as_list
from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.molecules import (
    PROPERTIES,
    Molecule,
    UnreadableMoleculeError,
    property_of,
    read_molecule,
)
from grpo_rewards.molecules.structures import why_no_rdkit
from grpo_rewards.requirements import require_number, require_truth, require_whole
from grpo_rewards.responses.layouts import WORKING_OUT, ResponseFormat
from grpo_rewards.rewards.golds import GoldSource, gold_values, require_gold
from grpo_rewards.rewards.tiers import Answer, TieredReward

__all__ = ["CheckMolecule"]


@dataclass(frozen=True, kw_only=True, repr=False)
class CheckMolecule(TieredReward):
    """Pays the gold's molecule, however it is written; or any molecule with a property in a range.

    Args:
        format: The layout that the answer is read by; it is a SMILES or an InChI.
        gold: The column with the gold's SMILES or InChI, or a list of acceptable ones; with
            ``property`` the column with its range, ``[low, high]``. As in `CheckAnswer`.
        stereo: Whether the stereochemistry has to be the gold's.
        property: In place of the same molecule: a property that has to lie in the range. One of
            ``weight``, ``logp``, ``tpsa``, ``donors``, ``acceptors``, ``rings``,
            ``aromatic_rings``, ``rotatable_bonds``, ``fraction_sp3``, ``heavy_atoms``, ``qed``.
        low: The lower end of the range for every row, in place of the column.
        high: The upper end.
        least_atoms: How many atoms besides hydrogen a molecule with the property has at least.
        correct: The score of a right molecule.
        wrong: The score of every other one, and of what is no molecule: an atom with an
            impossible valency is none.
        missing: The score of a response without an answer.
        strict: As in `grpo_rewards.CheckAnswer`.
        name: The reward's ``__name__``.

    Returns:
        For a completion one of the tiers, or ``None`` where the row has no gold, or no range.

    Raises:
        OptionError: rdkit is not installed (``pip install 'grpo-rewards[molecules]'``), there is
            no such property, or an option is of the wrong kind.
        ColumnError: On a call: the gold's column is missing, or holds no molecule, or no range.

    Not covered: tautomers and forms with other charges, which are other molecules here; names
    (``ethanol``); reactions; whether a molecule can be made. A small set of molecules has nearly
    every property: with ``property`` a model may learn one molecule for all rows.

    Example:
        >>> texts = [
        ...     f"I draw it.<end_working_out><SOLUTION>{answer}</SOLUTION>"
        ...     for answer in (
        ...         "OCC",
        ...         "InChI=1S/C2H6O/c1-2-3/h3H,2H2,1H3",
        ...         "COC",
        ...         "CCOO(C)C",
        ...         "ethanol",
        ...     )
        ... ]
        >>> CheckMolecule()(texts, answer=["CCO"] * 5)
        [5.0, 5.0, -2.5, -2.5, -2.5]
        >>> CheckMolecule(property="weight", low=40, high=50, least_atoms=2)(texts[:1])
        [5.0]
    """

    format: ResponseFormat = WORKING_OUT
    gold: GoldSource = None
    stereo: bool = True
    property: str | None = None
    low: float | None = None
    high: float | None = None
    least_atoms: int = 5
    correct: float = 5.0
    wrong: float = -2.5
    missing: float = -4.5
    name: str = "check_molecule"

    def __post_init__(self) -> None:
        super().__post_init__()
        if lacking := why_no_rdkit():
            raise OptionError(lacking)
        require_gold(self.gold)
        require_truth("stereo", self.stereo)
        require_whole("least_atoms", self.least_atoms)
        if self.property is not None and self.property not in PROPERTIES:
            known = ", ".join(map(repr, PROPERTIES))
            raise OptionError(f"property={self.property!r}: write one of {known}")
        for option in ("low", "high"):
            if getattr(self, option) is not None:
                require_number(option, getattr(self, option))
                if self.property is None:
                    raise OptionError(
                        f"{option}={getattr(self, option)!r} is the end of a property's range: "
                        "write property='logp', or another"
                    )
        if self.low is not None and self.high is not None and self.low > self.high:
            raise OptionError(f"low={self.low!r} is above high={self.high!r}")

    def _judge_answers(self, batch: Batch, answers: Sequence[Answer]) -> list[Outcome]:
        if self.property is not None and (self.low is not None or self.high is not None):
            values: Sequence[Any] = [(self.low, self.high)] * len(batch)
        else:
            values = gold_values(batch, self.gold)
        judge = self._judge_same if self.property is None else self._judge_property
        return [judge(value, *answer) for value, answer in zip(values, answers, strict=True)]

    def _judge_same(self, value: Any, answer: str | None, why_not: str) -> Outcome:
        golds = [self._gold(each) for each in _listed(value)]
        if not golds:
            return self._outcome("no opinion", "the row has no gold", answer=answer)
        wanted, rule = golds[0].canonical, "same molecule"
        if answer is None:
            return self._outcome("no answer", f"no answer: {why_not}", gold=wanted, rule=rule)
        try:
            molecule = read_molecule(answer)
        except UnreadableMoleculeError as error:
            return self._outcome("wrong", str(error), answer=answer, gold=wanted, rule=rule)
        if any(_form(molecule, self.stereo) == _form(gold, self.stereo) for gold in golds):
            reason = "it is the same molecule"
            return self._outcome("correct", reason, answer=answer, gold=wanted, rule=rule)
        reason = f"it is {molecule.canonical:.80}, the gold {wanted:.80}"
        return self._outcome("wrong", reason, answer=answer, gold=wanted, rule=rule)

    def _gold(self, value: Any) -> Molecule:
        try:
            return read_molecule(value if isinstance(value, str) else in_short(value))
        except UnreadableMoleculeError as error:
            raise ColumnError(f"the gold {in_short(value)} is no molecule: {error}") from None

    def _judge_property(self, value: Any, answer: str | None, why_not: str) -> Outcome:
        assert self.property is not None
        if value is None:
            return self._outcome("no opinion", "the row has no range", answer=answer)
        low, high = _range(value)
        rule, wanted = self.property, f"{low:g} to {high:g}"
        if answer is None:
            return self._outcome("no answer", f"no answer: {why_not}", gold=wanted, rule=rule)
        try:
            molecule = read_molecule(answer)
        except UnreadableMoleculeError as error:
            return self._outcome("wrong", str(error), answer=answer, gold=wanted, rule=rule)
        if molecule.atoms < self.least_atoms:
            reason = f"it has {molecule.atoms} atoms besides hydrogen, not {self.least_atoms}"
            return self._outcome("wrong", reason, answer=answer, gold=wanted, rule=rule)
        found = property_of(molecule, self.property)
        reason = f"{self.property} is {found:.4g}"
        if low <= found <= high:
            return self._outcome("correct", reason, answer=answer, gold=wanted, rule=rule)
        reason += f", not from {wanted}"
        return self._outcome("wrong", reason, answer=answer, gold=wanted, rule=rule)


def _form(molecule: Molecule, stereo: bool) -> str:  # noqa: FBT001 (it is the option's value)
    return molecule.canonical if stereo else molecule.flat


def _range(value: Any) -> tuple[float, float]:
    ends = as_list(value)
    if ends is None or len(ends) != 2 or any(isinstance(end, str | bool) for end in ends):
        raise ColumnError(f"{in_short(value)} is no range of a property: write [low, high]")
    low, high = ends
    return (-math.inf if low is None else float(low)), (math.inf if high is None else float(high))


def _listed(value: Any) -> Sequence[Any]:
    items = None if isinstance(value, str) else as_list(value)
    found = [value] if items is None else items
    return [
        item for item in found if item is not None and (not isinstance(item, str) or item.strip())
    ]
