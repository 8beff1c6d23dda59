"""Libraries that log pieces of what they read: nothing of a text may reach the program's log."""

import logging
from functools import cache

_LOUD = ("trafilatura", "htmldate", "courlan", "charset_normalizer", "justext", "pypdfium2", "openpyxl", "readability")


@cache
def quieten() -> None:
    """From now on these libraries log nothing. To be called before they are given a text."""
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
