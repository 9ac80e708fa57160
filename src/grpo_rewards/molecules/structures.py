"""Reading a molecule: its notation, its valencies, and one form that equal molecules share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import regex

__all__ = ["Molecule", "UnreadableMoleculeError", "read_molecule", "why_no_rdkit"]

LONGEST = 600
"""Characters of a notation that is read."""
MOST_ATOMS = 300
"""Atoms besides hydrogen of a molecule that is compared: the time that takes grows faster."""
_SMILES = regex.compile(r"[A-Za-z0-9@+\-\[\]()=#$:./\\%*~]+")
_AROUND = "`$\"' \t\n"
_LABEL = regex.compile(
    r"^(?:(?:canonical\s+|isomeric\s+)?smiles|answer|molecule)\s*[:=]\s*", regex.I
)


class UnreadableMoleculeError(ValueError):
    """A text that is no molecule; it says why."""


@dataclass(frozen=True, slots=True)
class Molecule:
    """A molecule that was read, and its valencies found possible."""

    structure: Any
    canonical: str
    """Its canonical SMILES, with what is known of its stereochemistry."""
    flat: str
    """The same without stereochemistry."""
    atoms: int
    """How many there are besides hydrogen."""


def why_no_rdkit() -> str:
    """What to install where rdkit is missing; empty where it is there."""
    if find_spec("rdkit") is not None:
        return ""
    return (
        "CheckMolecule needs rdkit, which is not installed: pip install 'grpo-rewards[molecules]'"
    )


def read_molecule(text: str) -> Molecule:
    """A molecule from its SMILES or InChI.

    Raises:
        UnreadableMoleculeError: It is neither, is too long, or an atom has an impossible valency.

    Example:
        >>> read_molecule("OCC").canonical, read_molecule("InChI=1S/C2H6O/c1-2-3/h3H,2H2,1H3").flat
        ('CCO', 'CCO')
        >>> read_molecule("C(C)(C)(C)(C)C")
        Traceback (most recent call last):
        ...
        grpo_rewards.molecules.structures.UnreadableMoleculeError: an atom has an impossible ...
    """
    notation = text.strip(_AROUND)
    if notation.startswith("**") and notation.endswith("**"):  # a lone one is an atom of any kind
        notation = notation[2:-2]
    notation = _LABEL.sub("", notation.strip(_AROUND)).strip(_AROUND)
    if not notation:
        raise UnreadableMoleculeError("it is blank")
    if len(notation) > LONGEST:
        raise UnreadableMoleculeError(f"it has more than {LONGEST} characters")
    return _read(notation)


@lru_cache(maxsize=4_096)
def _read(notation: str) -> Molecule:
    chem, base = import_module("rdkit.Chem"), import_module("rdkit.rdBase")
    with base.BlockLogs():  # which would print a line for each text that is no molecule
        if notation.startswith("InChI="):
            structure = chem.MolFromInchi(notation, sanitize=False) if notation.isascii() else None
        elif _SMILES.fullmatch(notation):
            structure = chem.MolFromSmiles(notation, sanitize=False)
        else:
            structure = None
        if structure is None:
            raise UnreadableMoleculeError(f"{notation!r:.60} is neither SMILES nor InChI")
        atoms = structure.GetNumHeavyAtoms()
        if not 0 < atoms <= MOST_ATOMS:
            raise UnreadableMoleculeError(f"it has {atoms} atoms besides hydrogen")
        try:
            chem.SanitizeMol(structure)
        except (chem.AtomValenceException, chem.KekulizeException, ValueError) as error:
            said = " ".join(str(error).split())
            raise UnreadableMoleculeError(
                f"an atom has an impossible valency: {said:.120}"
            ) from None
        structure = chem.RemoveHs(structure)
        chem.AssignStereochemistry(structure, cleanIt=True, force=True)
        for atom in structure.GetAtoms():
            atom.SetAtomMapNum(0)
        # Once more from its own notation, whose atoms have a fixed order.
        canonical = chem.MolToSmiles(structure)
        again = chem.MolFromSmiles(canonical)
        if again is None:
            raise UnreadableMoleculeError(f"{notation!r:.60} cannot be written as SMILES")
        return Molecule(
            again, chem.MolToSmiles(again), chem.MolToSmiles(again, isomericSmiles=False), atoms
        )
