"""The actions of the menu Review: comparing what teammates marked, and deciding by keys."""

from annotator.ui.acting import REVIEWING, Action, on_text
from annotator.ui.controls import Controls

_MOST = 6


def _is_on(controls: Controls) -> bool:
    return controls.review.is_on


def _take(number: int) -> Action:
    return on_text(
        f"take {number}",
        "Review",
        f"Take the version of {number}",
        (str(number),),
        lambda c: c.review.deciding.take(number),
        group=2,
        mode=REVIEWING,
        is_enabled=lambda c: c.review.has_number(number),
    )


REVIEW_ACTIONS: tuple[Action, ...] = (
    Action(
        "review",
        "Review",
        "Compare and decide",
        ("F8",),
        lambda c: c.review.toggle(),
        check=_is_on,
        is_enabled=lambda c: c.desk.focus.article is not None,
    ),
    on_text(
        "next difference",
        "Review",
        "Next open item",
        ("N",),
        lambda c: c.review.step(forward=True),
        group=1,
        mode=REVIEWING,
        is_enabled=_is_on,
    ),
    on_text(
        "previous difference",
        "Review",
        "Previous open item",
        ("Shift+N",),
        lambda c: c.review.step(forward=False),
        group=1,
        mode=REVIEWING,
        is_enabled=_is_on,
    ),
    *(_take(number) for number in range(1, _MOST + 1)),
    on_text(
        "take none",
        "Review",
        "Take none",
        ("0",),
        lambda c: c.review.deciding.take_none(),
        group=2,
        mode=REVIEWING,
        is_enabled=_is_on,
    ),
    on_text(
        "accept agreed",
        "Review",
        "Accept all that everybody has alike",
        ("A",),
        lambda c: c.review.deciding.accept_agreed(),
        group=2,
        mode=REVIEWING,
        is_enabled=_is_on,
    ),
    on_text(
        "change agreed",
        "Review",
        "Change it: edit a new version",
        ("E",),
        lambda c: c.review.deciding.change(),
        group=2,
        mode=REVIEWING,
        is_enabled=_is_on,
    ),
    on_text(
        "reopen",
        "Review",
        "Reopen the decision",
        ("O",),
        lambda c: c.review.deciding.reopen(),
        group=2,
        mode=REVIEWING,
        is_enabled=_is_on,
    ),
    on_text(
        "reason",
        "Review",
        "Say why…",
        ("R",),
        lambda c: c.review.ask_reason(),
        group=3,
        mode=REVIEWING,
        is_enabled=_is_on,
    ),
    on_text(
        "decision note",
        "Review",
        "Write a note to the decision",
        ("Shift+R",),
        lambda c: c.review.write_note(),
        group=3,
        mode=REVIEWING,
        is_enabled=_is_on,
    ),
    Action(
        "settle",
        "Review",
        "Article is reviewed, on to the next",
        ("Ctrl+Return", "Ctrl+Enter"),
        lambda c: c.review.settle(),
        group=4,
        mode=REVIEWING,
        is_enabled=_is_on,
    ),
    Action(
        "blind",
        "Review",
        "Blind: hide names",
        (),
        lambda c: c.review.toggle_blind(),
        group=5,
        check=lambda c: c.desk.settings.blind,
        is_enabled=_is_on,
    ),
    Action(
        "sample",
        "Review",
        "Only some at random…",
        (),
        lambda c: c.review.ask_sample(),
        group=5,
        is_enabled=_is_on,
    ),
)
