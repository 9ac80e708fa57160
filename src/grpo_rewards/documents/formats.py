"""The formats of JSON Schema that are checked, by the standard library."""

from __future__ import annotations

import datetime as dt
import ipaddress
import uuid
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any

import regex

__all__ = ["FORMATS", "checker"]

_DATE = regex.compile(r"\d{4}-\d{2}-\d{2}", regex.ASCII)
_TIME = regex.compile(
    r"(\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?(?:[Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)", regex.ASCII
)
_EMAIL = regex.compile(r"[^\s@<>(),;:\\\"\[\]]{1,64}+@[^\s@.]++(?:\.[^\s@.]++)++")
_URI = regex.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:[^\s<>\"{}|\\^`]++")
_UUID = regex.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def _is_date(text: str) -> bool:
    return bool(_DATE.fullmatch(text)) and bool(dt.date.fromisoformat(text))


def _is_time(text: str) -> bool:
    found = _TIME.fullmatch(text)
    return found is not None and dt.time.fromisoformat(found[1]) is not None


def _is_date_time(text: str) -> bool:
    return len(text) > 10 and text[10] in "Tt " and _is_date(text[:10]) and _is_time(text[11:])


FORMATS: dict[str, Callable[[str], bool]] = {
    "date": _is_date,
    "time": _is_time,
    "date-time": _is_date_time,
    "email": lambda text: bool(_EMAIL.fullmatch(text)),
    "ipv4": lambda text: bool(ipaddress.IPv4Address(text)),
    "ipv6": lambda text: bool(ipaddress.IPv6Address(text)),
    "uri": lambda text: bool(_URI.fullmatch(text)),
    "uuid": lambda text: bool(_UUID.fullmatch(text)) and bool(uuid.UUID(text)),
}
"""The formats that are checked; any other one says nothing."""


@lru_cache(maxsize=1)
def checker() -> Any:
    """What jsonschema asks about formats."""
    jsonschema = import_module("jsonschema")
    made = jsonschema.FormatChecker(formats=())
    for name, is_one in FORMATS.items():

        def check(value: object, is_one: Callable[[str], bool] = is_one) -> bool:
            return not isinstance(value, str) or is_one(value)

        made.checks(name, raises=ValueError)(check)
    return made
