"""Plain data, as it is written, read and shown on its way out of a sandbox."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards.sandboxes import guest
from grpo_rewards.sandboxes.data import NotPlainError, decode, encode, plain, shown, source

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.text(st.characters())
    | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.integers() | st.text(), inner, max_size=4)
        | st.sets(st.integers() | st.text(), max_size=4)
    ),
    max_leaves=12,
)


def exact(value):
    """A value and the types in it, whatever the order of its sets, and whether or not it is NaN."""
    if isinstance(value, list | tuple | set):
        items = [exact(item) for item in value]
        return [type(value).__name__, *(sorted(items) if isinstance(value, set) else items)]
    if isinstance(value, dict):
        return ["dict", *([exact(key), exact(item)] for key, item in value.items())]
    return repr(value)


class TestData:
    """What crosses the wall is plain data, and comes back as it was."""

    @given(PLAIN)
    def test_what_is_written_can_be_read(self, value):
        import json

        assert exact(decode(json.dumps(encode(value)))) == exact(value)
        assert exact(decode(json.dumps(guest._encoded(value, 50, [10**6])))) == exact(value)
        assert exact(plain(value)) == exact(value)
        assert exact(eval(source(value), {})) == exact(value)  # noqa: S307 (our own)

    @pytest.mark.parametrize("value", [object(), int, len, range(3), iter([]), [lambda: 1]])
    def test_what_is_no_plain_data(self, value):
        for write in (plain, encode, source):
            with pytest.raises(NotPlainError):
                write(value)

    def test_an_object_that_claims_to_be_equal_does_not_get_across(self):
        class Sly(int):
            def __eq__(self, other):
                return True

            __hash__ = int.__hash__

        assert decode(str(guest._encoded(Sly(3), 9, [9]))) == 3
        for write in (plain, encode):
            with pytest.raises(NotPlainError):
                write(Sly(3))

    @pytest.mark.parametrize(
        "text",
        [
            *("", "{", "[" * 100_000, "9" * 5_000, "[" * 101 + "]" * 101),
            *('{"a": 1, "b": 2}', '{"set": [[1]]}', '{"set": 3}', '{"set": "ab"}'),
            *('{"bytes": "x"}', '{"dict": [[1]]}', '{"object": []}'),
            '{"set": [' + ",".join(str(n * (2**61 - 1)) for n in range(2_000)) + "]}",
            '{"dict": [' + ",".join(f"[{n * (2**61 - 1)}, 0]" for n in range(2_000)) + "]}",
            "[" + "0," * 250_000 + "0]",
            "[" + "[]," * 50_000 + "0]",
        ],
    )
    def test_forged_data(self, text):
        with pytest.raises(NotPlainError):
            decode(text)

    @given(PLAIN)
    def test_what_is_shown_is_short(self, value):
        assert len(shown(value)) <= 100

    def test_a_number_too_long_to_show(self):
        assert "too large" in shown(10**5000)
