"""Properties of a molecule that rdkit works out, by name."""

from __future__ import annotations

from importlib import import_module

from grpo_rewards.molecules.structures import Molecule

__all__ = ["PROPERTIES", "property_of"]

PROPERTIES: dict[str, tuple[str, str]] = {
    "weight": ("rdkit.Chem.Descriptors", "MolWt"),
    "logp": ("rdkit.Chem.Crippen", "MolLogP"),
    "tpsa": ("rdkit.Chem.rdMolDescriptors", "CalcTPSA"),
    "donors": ("rdkit.Chem.rdMolDescriptors", "CalcNumHBD"),
    "acceptors": ("rdkit.Chem.rdMolDescriptors", "CalcNumHBA"),
    "rings": ("rdkit.Chem.rdMolDescriptors", "CalcNumRings"),
    "aromatic_rings": ("rdkit.Chem.rdMolDescriptors", "CalcNumAromaticRings"),
    "rotatable_bonds": ("rdkit.Chem.rdMolDescriptors", "CalcNumRotatableBonds"),
    "fraction_sp3": ("rdkit.Chem.rdMolDescriptors", "CalcFractionCSP3"),
    "heavy_atoms": ("rdkit.Chem.rdMolDescriptors", "CalcNumHeavyAtoms"),
    "qed": ("rdkit.Chem.QED", "qed"),
}
"""Each with the module and the function that works it out."""


def property_of(molecule: Molecule, name: str) -> float:
    """A property of a molecule.

    Example:
        >>> from grpo_rewards.molecules import read_molecule
        >>> round(property_of(read_molecule("CCO"), "weight"), 2)
        46.07
    """
    module, function = PROPERTIES[name]
    return float(getattr(import_module(module), function)(molecule.structure))
