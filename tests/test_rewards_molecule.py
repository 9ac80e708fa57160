"""Molecules: the same in any notation, impossible ones, properties; nothing hangs."""

from __future__ import annotations

import importlib.util
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import ColumnError, OptionError
from grpo_rewards.rewards.molecule import CheckMolecule
from grpo_rewards.testing import assert_reward_contract, audit_task

needs_rdkit = pytest.mark.skipif(
    importlib.util.find_spec("rdkit") is None,
    reason="rdkit is not installed: pip install 'grpo-rewards[molecules]'",
)
ASPIRIN = "CC(=O)Oc1ccccc1C(=O)O"
SAME = [
    (
        "CCO",
        ["OCC", "C(O)C", "[CH3][CH2][OH]", "InChI=1S/C2H6O/c1-2-3/h3H,2H2,1H3", "`CCO`", "[H]OCC"],
    ),
    (
        ASPIRIN,
        ["O=C(C)Oc1ccccc1C(O)=O", "CC(=O)OC1=CC=CC=C1C(=O)O", "SMILES: CC(=O)Oc1ccccc1C(=O)O"],
    ),
    ("InChI=1S/CH4/h1H4", ["C", "[CH4]", "InChI=1S/CH4/h1H4"]),
    ("N[C@@H](C)C(=O)O", ["C[C@H](N)C(O)=O"]),
    ("F/C=C/F", [r"F\C=C\F"]),
    ("[Na+].[Cl-]", ["[Cl-].[Na+]"]),
]
OTHER = [
    (
        "CCO",
        [
            "COC",
            "CCN",
            "CC",
            "CCO.CCO",
            "CCO.C",
            "OCCO",
            "CCO or COC",
            "ethanol",
            "*CO",
            "C" * 5_000,
        ],
    ),
    (
        "CCO",
        ["C1CC", "C(", "C(C)(C)(C)(C)C", "c1cccc1", "[Xx]", "InChI=1S//", "InChI=", "", "()", "."],
    ),
    ("N[C@@H](C)C(=O)O", ["N[C@H](C)C(=O)O", "NC(C)C(=O)O"]),
    ("F/C=C/F", [r"F/C=C\F", "FC=CF"]),
    ("C", ["[13CH4]", "[CH3]", "[CH3-]"]),
]


def laid_out(answer):
    return f"I draw it.<end_working_out><SOLUTION>{answer}</SOLUTION>"


def scored(answer, gold, **options):
    return CheckMolecule(**options)([laid_out(answer)], answer=[gold])[0]


@needs_rdkit
class TestSameMolecule:
    @pytest.mark.parametrize(("gold", "answers"), SAME)
    def test_however_it_is_written(self, gold, answers):
        assert [answer for answer in [gold, *answers] if scored(answer, gold) != 5.0] == []

    @pytest.mark.parametrize(("gold", "answers"), OTHER)
    def test_another_one(self, gold, answers):
        assert [answer for answer in answers if scored(answer, gold) == 5.0] == []

    def test_without_stereochemistry(self):
        gold, other = "N[C@@H](C)C(=O)O", "N[C@H](C)C(=O)O"
        assert scored(other, gold, stereo=False) == 5.0
        assert scored("NCCC(=O)O", gold, stereo=False) == -2.5

    def test_several_golds_and_none(self):
        assert scored("COC", ["CCO", "COC"]) == 5.0
        assert scored("COC", None) is None
        with pytest.raises(ColumnError, match="no molecule"):
            scored("COC", "ethanol")

    @given(st.integers(0, 2**32))
    def test_any_order_of_atoms_is_the_same(self, seed):
        from rdkit import Chem

        for gold in (ASPIRIN, "CN1C=NC2=C1C(=O)N(C)C(=O)N2C", "N[C@@H](C)C(=O)O", "F/C=C/F"):
            (written,) = Chem.MolToRandomSmilesVect(
                Chem.MolFromSmiles(gold), 1, randomSeed=seed % 2**31
            )
            assert scored(written, gold) == 5.0

    @given(st.text(st.characters()) | st.text("CNOcno()[]=#123%@+-./\\H*", max_size=60))
    def test_no_text_raises(self, text):
        for name, reward in (
            ("same", CheckMolecule()),
            ("property", CheckMolecule(property="logp", low=0)),
        ):
            score = reward([laid_out(text), laid_out(f"InChI={text}")], answer=["CCO"] * 2)[0]
            assert score in (5.0, -2.5, -4.5), name

    @pytest.mark.parametrize(
        "piece", ["C", "(", "C(", "C1", "[", "[C@@H]", "C%10", "c1ccccc1", ".C", "="]
    )
    def test_a_repeated_piece_ends(self, piece):
        """A hang would end the test."""
        for length in (100, 590, 50_000):
            assert scored(piece * (length // len(piece)), "CCO") in (5.0, -2.5)


@needs_rdkit
class TestProperties:
    @pytest.mark.parametrize(
        ("name", "low", "high", "right", "wrong"),
        [
            ("weight", 180, 181, ASPIRIN, "CCCCCC"),
            ("rings", 2, 2, "C1CCC2CCCCC2C1", "C1CCCCC1"),
            ("donors", 1, 1, ASPIRIN, "CCCCCC"),
            ("logp", 2, None, "CCCCCC", "OCC(O)CO"),
            ("qed", 0.5, 1, ASPIRIN, "C" * 30),
        ],
    )
    def test_in_a_range(self, name, low, high, right, wrong):
        options = {"property": name, "low": low, "high": high}
        assert [scored(answer, None, **options) for answer in (right, wrong)] == [5.0, -2.5]

    def test_the_range_of_each_row(self):
        reward = CheckMolecule(property="heavy_atoms", gold="range")
        texts = [laid_out("CCCCCC")] * 4
        ranges = [[6, 6], [7, None], [None, 6], None]
        assert reward(texts, range=ranges) == [5.0, -2.5, 5.0, None]
        with pytest.raises(ColumnError, match="no range"):
            reward(texts[:1], range=["6"])

    def test_one_atom_is_too_few(self):
        assert scored("C", None, property="weight", high=500) == -2.5
        assert scored("C", None, property="weight", high=500, least_atoms=1) == 5.0


@needs_rdkit
class TestCheckMolecule:
    @pytest.mark.parametrize(
        ("options", "found"),
        [
            ({"property": "colour"}, "property='colour'"),
            ({"low": 1}, "low=1"),
            ({"property": "logp", "low": 2, "high": 1}, "low=2"),
            ({"stereo": 1}, "stereo=1"),
            ({"least_atoms": 0}, "least_atoms=0"),
            ({"gold": ""}, "gold=''"),
        ],
    )
    def test_options_that_cannot_be(self, options, found):
        with pytest.raises(OptionError, match=found):
            CheckMolecule(**options)

    def test_it_is_a_value(self):
        reward = CheckMolecule(property="logp", low=1, name="mine")
        assert pickle.loads(pickle.dumps(reward)) == reward
        assert eval(repr(reward), {"CheckMolecule": CheckMolecule}) == reward  # noqa: S307

    def test_the_contract(self):
        texts = [laid_out("OCC"), laid_out("COC"), "no"]
        assert_reward_contract(CheckMolecule(), completions=texts, answer=["CCO"] * 3)
        reward = CheckMolecule(property="logp", low=0, name="logp")
        assert_reward_contract(reward, completions=texts)

    def test_the_audit_finds_nothing(self):
        right = [ASPIRIN, "O=C(C)Oc1ccccc1C(O)=O"]
        report = audit_task(CheckMolecule(), "molecule", right=right, wrong="CCOC", answer=ASPIRIN)
        assert report.ok, report


def test_without_rdkit_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("grpo_rewards.molecules.structures.find_spec", lambda name: None)
    with pytest.raises(OptionError, match=r"pip install 'grpo-rewards\[molecules\]'"):
        CheckMolecule()
