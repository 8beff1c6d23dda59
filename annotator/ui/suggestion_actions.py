"""The actions on suggestions: taking them, rejecting them, hiding them, and asking for more."""

from annotator.ui.acting import MARKING, Action, on_text

SUGGESTION_ACTIONS: tuple[Action, ...] = (
    on_text(
        "accept suggestion",
        "Mark",
        "Accept suggestion",
        ("Space",),
        lambda c: c.suggesting.accept(),
        group=5,
        mode=MARKING,
    ),
    on_text(
        "accept name",
        "Mark",
        "Accept all suggestions of this name",
        ("Shift+Space",),
        lambda c: c.suggesting.accept_name(),
        group=5,
        mode=MARKING,
    ),
    on_text(
        "reject suggestion",
        "Mark",
        "Reject suggestion",
        ("X", "Ctrl+Backspace"),
        lambda c: c.suggesting.reject(),
        group=5,
        mode=MARKING,
    ),
    Action("suggest all", "Mark", "Suggest in all articles", (), lambda c: c.suggesting.suggest_all(), group=5),
    Action("suggesters", "Mark", "Who suggests…", (), lambda c: c.show_suggesters(), group=5),
    Action("suggestion figures", "Mark", "What became of suggestions…", (), lambda c: c.show_figures(), group=5),
    Action("learn", "Mark", "Learn from this project…", (), lambda c: c.show_learning(), group=5),
    on_text(
        "suggestions",
        "View",
        "Suggestions",
        ("Shift+X",),
        lambda c: c.suggesting.toggle(),
        group=2,
        check=lambda c: c.suggesting.is_on,
        mode=MARKING,
    ),
    Action(
        "suggest ahead",
        "View",
        "Look ahead for suggestions",
        (),
        lambda c: c.suggesting.toggle_ahead(),
        group=2,
        check=lambda c: c.desk.settings.looks_ahead,
    ),
)
