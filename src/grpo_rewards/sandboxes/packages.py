"""The packages that a program may ask for, and a sandbox may not have: that is not its mistake."""

from __future__ import annotations

import re

__all__ = ["PACKAGES", "lacking"]

PACKAGES = frozenset(
    "Crypto PIL absl aiohttp attr bitarray bs4 cv2 cvxpy cupy cython dask dateutil django flask "
    "gmpy2 gensim httpx hypothesis igraph jax joblib keras lightgbm llvmlite lxml matplotlib "
    "more_itertools mpmath msgpack mysql networkx nltk numba numexpr numpy openpyxl ortools pandas "
    "plotly polars primefac psutil psycopg2 pulp pydantic pygame pytest pytz pyperclip regex "
    "requests rich scipy seaborn selenium shapely simpy six skimage sklearn sortedcollections "
    "sortedcontainers spacy sqlalchemy statsmodels sympy tabulate tensorflow termcolor texttable "
    "toolz torch torchvision tqdm transformers unidecode wordcloud xgboost xlrd xlsxwriter yaml "
    "z3".split()
)
"""Packages of others that programs in datasets import."""

_NO_MODULE = re.compile(r"(?:ModuleNotFoundError|ImportError): No module named '(?P<name>\w+)")


def lacking(said: str, program: str) -> str:
    """The package that a program imports, and did not find, by the error that it ended with.

    Example:
        >>> lacking("ModuleNotFoundError: No module named 'numpy'", "import numpy as np")
        'numpy'
        >>> lacking("ModuleNotFoundError: No module named 'nopkg'", "import nopkg")
        ''
    """
    found = _NO_MODULE.match(said)
    if not found or found["name"] not in PACKAGES:
        return ""
    is_imported = re.search(rf"\b(?:import|from)\b[^\n]*\b{found['name']}\b", program)
    return found["name"] if is_imported else ""
