"""Molecules in SMILES and InChI, by the `rdkit` library: read, compared, measured.

What a molecule is worth, the rewards say.
"""

from __future__ import annotations

from grpo_rewards.molecules.properties import PROPERTIES, property_of
from grpo_rewards.molecules.structures import Molecule, UnreadableMoleculeError, read_molecule

__all__ = ["PROPERTIES", "Molecule", "UnreadableMoleculeError", "property_of", "read_molecule"]
