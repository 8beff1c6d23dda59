"""How far a long job is, on one line of a terminal."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def counted(done: int, total: int) -> str:
    """So many of so many."""
    return f"{done:,} of {total:,}"


def share(done: int, total: int) -> str:
    """In hundredths."""
    return f"{100 * done // max(1, total)} %"


def followed(
    steps: Iterable[tuple[int, int, T]], words: Callable[[int, int], str] = counted
) -> Iterator[tuple[int, int, T]]:
    """The steps of a job, each told when it was taken; the line is blank again at the end, whatever comes after it."""
    if not sys.stderr.isatty():
        yield from steps
        return
    said = ""
    try:
        for step in steps:
            yield step
            before, said = said, words(*step[:2])
            print(f"\r{said.ljust(len(before))}", end="", file=sys.stderr, flush=True)
    finally:
        print(f"\r{' ' * len(said)}\r", end="", file=sys.stderr, flush=True)
