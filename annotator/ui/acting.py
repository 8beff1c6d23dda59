"""What an action of the window is: a row of the tables in actions.py and claim_actions.py."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QKeySequence

from annotator.ui.controls import Controls

Key = str | QKeySequence.StandardKey
MARKING, REVIEWING = "marking", "reviewing"
"""The modes of the window. In one of them a key may do something else than in the other."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. Its keys work in the whole window, or only while the keyboard is on the article.

    check answers for an action that is on or off whether it is on; one that is_choice is on alone in its group.
    What repeats is done again by the key that repeats the last action. mode says where its keys count: while marking,
    while reviewing, or where it is empty in both.
    """

    id: str
    menu: str
    text: str
    keys: tuple[Key, ...]
    run: Callable[[Controls], object]
    on_article: bool = False
    group: int = 0
    check: Callable[[Controls], bool] | None = None
    is_choice: bool = False
    is_enabled: Callable[[Controls], bool] = lambda _: True
    repeats: bool = False
    mode: str = ""


def on_text(
    id_: str,
    menu: str,
    text: str,
    keys: tuple[Key, ...],
    run: Callable[[Controls], object],
    group: int = 0,
    **more: Any,
) -> Action:
    """An action whose keys work while the keyboard is on the article."""
    return Action(id_, menu, text, keys, run, on_article=True, group=group, **more)
