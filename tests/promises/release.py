"""What the promises' tests share: which form is run, what is promised, and how each says what it reached."""

import os
from collections.abc import Callable
from typing import TypeVar

RELEASE = bool(os.environ.get("ANNOTATOR_RELEASE"))
"""Whether the release form is run, with the figures of a release."""

PROMISES = {
    1: "A crash takes nothing that was tagged",
    2: "A power cut takes nothing on honest disks",
    3: "Full disk, failing disk: nothing lost, the message is true",
    4: "One file, whole at any moment between two actions",
    5: "Another program touching the file is noticed",
    6: "Damage is found",
    7: "There is always a good backup",
    8: "Old projects open, old programs ruin no new ones",
    9: "A hostile project file does nothing",
    10: "A hostile document does nothing",
    11: "Merging loses nothing, in any order",
    12: "Who, when, from where; and all can be taken back",
    13: "What is exported is what was tagged",
    14: "Talks to nobody, shows foreign text as text",
    15: "A shared copy holds only what is seen",
}

T = TypeVar("T")
Reached = Callable[[int, str], None]
"""Says what was reached of a promise, for the table: its number, and the figure in words."""


def times(short: T, release: T) -> T:
    """The short figure, or that of the release form."""
    return release if RELEASE else short
