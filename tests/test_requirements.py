"""What options have to be: each value that is refused is named, with what to write instead."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest

from grpo_rewards.errors import OptionError
from grpo_rewards.requirements import (
    require_column,
    require_number,
    require_seconds,
    require_truth,
    require_whole,
)

if TYPE_CHECKING:
    from collections.abc import Callable

CASES: list[tuple[Callable[[str, Any], None], tuple[Any, ...], tuple[Any, ...], str]] = [
    (
        require_column,
        ("answer", " "),
        ("", None, 3, ["answer"], b"answer"),
        "write the name of a column",
    ),
    (
        require_number,
        (0, -2, 0.5, 10**300),
        (True, None, "1", math.nan, math.inf, -math.inf, 10**400, 1j, [1]),
        "write a finite number",
    ),
    (
        require_seconds,
        (1, 0.001, 3600),
        (True, None, "1", 0, -1, math.nan, math.inf, 10**400),
        "write a number of seconds above 0",
    ),
    (require_truth, (True, False), (1, 0, None, "True", []), "write True or False"),
    (
        require_whole,
        (1, 10**400),
        (True, None, "1", 0, -1, 1.0, math.nan, math.inf),
        "write a whole number, 1 or more",
    ),
]
NAMES = [case[0].__name__ for case in CASES]


@pytest.mark.parametrize(("requirement", "accepted", "refused", "remedy"), CASES, ids=NAMES)
class TestRequirements:
    def test_what_is_right_passes(
        self, requirement: Any, accepted: tuple[Any, ...], refused: tuple[Any, ...], remedy: str
    ) -> None:
        del refused, remedy
        for value in accepted:
            requirement("option", value)

    def test_what_is_wrong_is_named_with_its_remedy(
        self, requirement: Any, accepted: tuple[Any, ...], refused: tuple[Any, ...], remedy: str
    ) -> None:
        del accepted
        for value in refused:
            with pytest.raises(OptionError) as raised:
                requirement("option", value)
            assert str(raised.value) == f"option={value!r:.80}: {remedy}"


class TestBounds:
    @pytest.mark.parametrize(
        ("value", "bounds", "wanted"),
        [
            (-1, {"least": 0}, "0 or more"),
            (1, {"least": 2}, "2 or more"),
            (9, {"least": 2, "most": 8}, "from 2 to 8"),
            (1, {"least": 2, "most": 8}, "from 2 to 8"),
        ],
    )
    def test_a_whole_number_outside_its_bounds_is_refused_with_them(
        self, value: int, bounds: dict[str, int], wanted: str
    ) -> None:
        with pytest.raises(OptionError, match=f"count={value}: write a whole number, {wanted}$"):
            require_whole("count", value, **bounds)

    def test_without_bounds_any_whole_number_will_do(self) -> None:
        require_whole("seed", -(10**20), least=None)
        with pytest.raises(OptionError, match=r"seed=0\.5: write a whole number$"):
            require_whole("seed", 0.5, least=None)
