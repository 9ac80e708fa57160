"""The language of a text, which lingua says; it comes with the ``language`` extra."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import regex

__all__ = [
    "LanguageMissingError",
    "detector_of",
    "known_languages",
    "not_in_language",
    "why_not_told",
]

SHOWN = 2_000
"""Characters of a text that its language is told by."""
AMONG = "ar bg bn de en es fa fi fr gu hi it ja kn ko mr ne pa pl pt ru sw ta te th tr uk ur vi zh"
"""What a language is told from."""
BY_SCRIPT = {
    "kn": r"\p{Kannada}",
    "ml": r"\p{Malayalam}",
    "or": r"\p{Oriya}",
    "si": r"\p{Sinhala}",
    "lo": r"\p{Lao}",
    "km": r"\p{Khmer}",
    "my": r"\p{Myanmar}",
}
"""Languages that lingua does not know, and that alone are written in their script."""


class LanguageMissingError(RuntimeError):
    """Lingua is not installed; it says what to install."""


def not_in_language(text: str, code: str) -> str:
    """What language a text is in, if it is not the asked one.

    Raises:
        LanguageMissingError: Lingua is not installed.
    """
    wanted = _code(code)
    if wanted in BY_SCRIPT:
        letters = len(regex.findall(r"[\p{L}\p{M}]", text[:SHOWN]))
        own = len(regex.findall(rf"[{BY_SCRIPT[wanted]}]", text[:SHOWN]))
        return "" if letters and 2 * own > letters else f"it is not in the script of {wanted!r}"
    _require_lingua()
    known = known_languages()
    # What no encoding has, lingua refuses by an error of Python's.
    shown = text[:SHOWN].lower().encode("utf-8", "replace").decode("utf-8")
    among = tuple(sorted({wanted, *AMONG.split()} & set(known)))
    found = detector_of(among).detect_language_of(shown)
    if found is not None and found.iso_code_639_1.name.lower() == wanted:
        return ""
    said = "no language" if found is None else found.name.capitalize()
    return f"it is in {said}, not in {known[wanted].name.capitalize()}"


def why_not_told(code: str) -> str:
    """Why a language cannot be told from others; empty where it can be.

    Raises:
        LanguageMissingError: Lingua is not installed.
    """
    if _code(code) in BY_SCRIPT:
        return ""
    _require_lingua()
    return (
        ""
        if _code(code) in known_languages()
        else f"lingua does not know the language {code!r:.40}"
    )


def _code(code: str) -> str:
    return regex.split("[-_]", code.strip().lower())[0]


def _require_lingua() -> None:
    if find_spec("lingua") is None:
        raise LanguageMissingError(
            "instructions about a language need lingua, which is not installed: "
            "pip install 'grpo-rewards[language]'"
        )


@lru_cache(maxsize=1)
def known_languages() -> dict[str, Any]:
    """Lingua's languages by their ISO 639-1 codes."""
    lingua = import_module("lingua")
    return {language.iso_code_639_1.name.lower(): language for language in lingua.Language.all()}


@lru_cache(maxsize=16)
def detector_of(codes: tuple[str, ...]) -> Any:
    """What tells some languages, by their codes, from one another."""
    known = known_languages()
    builder = import_module("lingua").LanguageDetectorBuilder
    return builder.from_languages(*(known[code] for code in codes)).build()
