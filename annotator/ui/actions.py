"""Everything the window can do, as a table. Menus, shortcuts and the shortcut sheet are queries over it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtGui import QKeySequence

from annotator.domain.assignments import State
from annotator.domain.schemas import Schema
from annotator.ui.acting import MARKING, Action, Key, on_text
from annotator.ui.article.reading import Density
from annotator.ui.claim_actions import CLAIM_ACTIONS
from annotator.ui.controls import Controls
from annotator.ui.review_actions import REVIEW_ACTIONS
from annotator.ui.suggestion_actions import SUGGESTION_ACTIONS
from annotator.ui.whose import WHOSE

MENUS = ("File", "Edit", "Mark", "Claim", "Review", "Team", "Go", "View", "Help")
_Std = QKeySequence.StandardKey


def _has_article(c: Controls) -> bool:
    return c.desk.focus.article is not None


_FILE = (
    Action("new", "File", "New project…", (_Std.New,), lambda c: c.files.new()),
    Action("open", "File", "Open project…", (_Std.Open,), lambda c: c.files.open()),
    Action("reload", "File", "Read project again", ("F5",), lambda c: c.reload()),
    Action("import", "File", "Import articles…", ("Ctrl+I",), lambda c: c.files.import_files(), group=1),
    Action("import folder", "File", "Import a folder…", ("Ctrl+Shift+I",), lambda c: c.files.import_folder(), group=1),
    Action("paste", "File", "Paste as article", (_Std.Paste,), lambda c: c.files.paste(), group=1),
    Action("export", "File", "Export…", ("Ctrl+E",), lambda c: c.export(), group=2),
    Action("import names", "File", "Import a list of names…", (), lambda c: c.import_names(), group=1),
    Action("export names", "File", "Export a list of names…", (), lambda c: c.export_names(), group=2),
    Action("copy project", "File", "Save a copy as…", ("Ctrl+Shift+S",), lambda c: c.files.save_copy(), group=2),
    Action("check", "File", "Check this project", (), lambda c: c.files.check(), group=2),
    Action("restore", "File", "Restore from backup…", (), lambda c: c.files.ask_backup(), group=2),
    Action("name", "File", "My name…", (), lambda c: c.files.ask_name(), group=5),
    Action("person", "File", "Who is working…", (), lambda c: c.team.switch_person(), group=5),
    Action("close", "File", "Close window", (_Std.Close, "Ctrl+Q"), lambda c: c.window.close(), group=6),
)
_TEAM = (
    Action("comment", "Team", "Comment…", ("Ctrl+M",), lambda c: c.team.comment(), group=1),
    Action("history", "Team", "History of this record…", ("F7",), lambda c: c.team.show_history(), group=1),
    Action("corrections", "Team", "My corrections…", (), lambda c: c.team.show_corrections(), group=1),
    Action("agreement", "Team", "Agreement…", ("F9",), lambda c: c.team.open_agreement(), group=1),
    Action("hand out", "Team", "Hand out articles…", (), lambda c: c.team.hand_out(), group=2),
    Action(
        "carry over",
        "Team",
        "Carry over from another version…",
        (),
        lambda c: c.team.carry_over(),
        group=2,
        is_enabled=_has_article,
    ),
    Action("bring in", "Team", "Bring in a teammate’s file…", ("Ctrl+Shift+B",), lambda c: c.team.bring_in(), group=2),
)
_EDIT = (
    Action("undo", "Edit", "Undo", (_Std.Undo,), lambda c: c.undo()),
    Action("redo", "Edit", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), lambda c: c.redo()),
    Action("copy", "Edit", "Copy", (_Std.Copy,), lambda c: c.view.copy(), group=1, on_article=True),
    Action("all", "Edit", "Select all", (_Std.SelectAll,), lambda c: c.view.selectAll(), group=1, on_article=True),
    Action("find", "Edit", "Find in article…", (_Std.Find,), lambda c: c.find.open(), group=2),
    Action("find next", "Edit", "Find next", ("F3",), lambda c: c.find.step(forward=True), group=2),
    Action("find previous", "Edit", "Find previous", ("Shift+F3",), lambda c: c.find.step(forward=False), group=2),
    Action(
        "find everywhere", "Edit", "Find in all articles…", ("Ctrl+Shift+F",), lambda c: c.find_everywhere(), group=2
    ),
    Action("settings", "Edit", "Preferences…", (_Std.Preferences, "Ctrl+,"), lambda c: c.show_preferences(), group=3),
    Action("keys", "Edit", "Keys…", (), lambda c: c.show_keys(), group=9),
    Action("labels", "Edit", "Schema…", (), lambda c: c.show_labels(), group=9),
)
_MARK = (
    on_text("entity", "Mark", "Choose entity…", ("E",), lambda c: c.marking.find_entity(), group=1, mode=MARKING),
    Action(
        "take out", "Mark", "Take out of entity", ("Shift+E",), lambda c: c.marking.take_out(), on_article=True, group=1
    ),
    Action("remove", "Mark", "Remove", ("Del", "Backspace"), lambda c: c.remove(), on_article=True, group=1),
    Action(
        "edit",
        "Mark",
        "Edit in inspector",
        ("Return", "Enter"),
        lambda c: c.edit(),
        on_article=True,
        group=1,
    ),
    Action(
        "start out",
        "Mark",
        "Start one word earlier",
        ("[",),
        lambda c: c.marking.move_edge("start out"),
        on_article=True,
        group=2,
    ),
    Action(
        "start in",
        "Mark",
        "Start one word later",
        ("{",),
        lambda c: c.marking.move_edge("start in"),
        on_article=True,
        group=2,
    ),
    Action(
        "end out",
        "Mark",
        "End one word later",
        ("]",),
        lambda c: c.marking.move_edge("end out"),
        on_article=True,
        group=2,
    ),
    Action(
        "end in",
        "Mark",
        "End one word earlier",
        ("}",),
        lambda c: c.marking.move_edge("end in"),
        on_article=True,
        group=2,
    ),
    Action("same or not", "Mark", "Same or not?", ("Ctrl+Shift+E",), lambda c: c.ask_same(), group=1),
    on_text("look up", "Mark", "Where is this place?", ("Y",), lambda c: c.placing.look_up_chosen(), group=1),
    on_text("add piece", "Mark", "Add selection to the mention", ("+",), lambda c: c.marking.add_piece(), group=2),
    on_text("same", "Mark", "Tag all the same…", ("G",), lambda c: c.tag_same(), group=3, mode=MARKING),
    on_text(
        "same everywhere",
        "Mark",
        "Find the same in all articles…",
        ("Shift+G",),
        lambda c: c.same_everywhere(),
        group=3,
    ),
    on_text("values", "Mark", "Set a value by digits…", ("V",), lambda c: c.valuing.ask(), group=3),
    on_text("repeat", "Mark", "Repeat the last action", (",", "F4"), lambda c: c.repeating.again(), group=3),
    on_text(
        "zone", "Mark", "Zone: headline, caption, boilerplate…", ("Z",), lambda c: c.zones.ask(), group=3, mode=MARKING
    ),
    on_text("expand", "Mark", "Select more: word, name, phrase, sentence", ("W",), lambda c: c.moving.widen(), group=4),
    on_text("shrink", "Mark", "Select less again", ("Shift+W",), lambda c: c.moving.narrow(), group=4),
    on_text(
        "reselect",
        "Mark",
        "Select again what was selected last",
        ("R",),
        lambda c: c.moving.trail.reselect(),
        group=4,
        mode=MARKING,
    ),
    Action(
        "snap", "Mark", "Snap to whole words", (), lambda c: c.toggle_snapping(), group=4, check=lambda c: c.view.snaps
    ),
    Action("sentence", "Mark", "Select sentence", (".",), lambda c: c.view.select_sentence(), on_article=True, group=4),
    Action("nothing", "Mark", "Let go of all", ("Esc",), lambda c: c.let_go(), on_article=True, group=4),
)


def _moves() -> Iterator[Action]:
    """By mention and by claim, moving the caret or extending the selection."""
    for what, down, up in (("mention", "Down", "Up"), ("claim", "PgDown", "PgUp")):
        for side, key in (("next", down), ("previous", up)):
            for verb, held, words in (("caret", "Alt", "Caret to the"), ("extend", "Alt+Shift", "Select to the")):
                act = _mover(what, forward=side == "next", extend=verb == "extend")
                yield on_text(f"{verb} {side} {what}", "", f"{words} {side} {what}", (f"{held}+{key}",), act)


def _mover(what: str, *, forward: bool, extend: bool) -> Callable[[Controls], None]:
    if what == "mention":
        return lambda c: c.moving.by_mention(forward=forward, extend=extend)
    return lambda c: c.moving.by_claim(forward=forward, extend=extend)


_GO = (
    on_text("next mention", "Go", "Next mention", ("Tab",), lambda c: c.marking.step(forward=True), mode=MARKING),
    on_text(
        "previous mention",
        "Go",
        "Previous mention",
        ("Shift+Tab",),
        lambda c: c.marking.step(forward=False),
        mode=MARKING,
    ),
    on_text("next claim", "Go", "Next claim", ("N",), lambda c: c.claims.step(forward=True), mode=MARKING),
    on_text("previous claim", "Go", "Previous claim", ("P",), lambda c: c.claims.step(forward=False), mode=MARKING),
    on_text("flow", "Go", "Next untagged name", ("F",), lambda c: c.moving.next_untagged(), mode=MARKING),
    Action(
        "flow mode",
        "Go",
        "Flow: on to the next name after each tag",
        ("Shift+F",),
        lambda c: c.moving.toggle_flow(),
        on_article=True,
        check=lambda c: c.moving.is_flowing,
    ),
    on_text("jump back", "Go", "Back to the place before", ("J",), lambda c: c.moving.trail.back()),
    on_text("jump on", "Go", "Forward again", ("Shift+J",), lambda c: c.moving.trail.onward()),
    *_moves(),
    Action("next article", "Go", "Next article", ("Ctrl+PgDown",), lambda c: c.queue.step(forward=True), group=1),
    Action(
        "previous article", "Go", "Previous article", ("Ctrl+PgUp",), lambda c: c.queue.step(forward=False), group=1
    ),
    Action(
        "done",
        "Go",
        "Done, on to the next",
        ("Ctrl+Return", "Ctrl+Enter"),
        lambda c: c.done(),
        group=1,
        is_enabled=_has_article,
        mode=MARKING,
    ),
    Action(
        "to do",
        "Go",
        "Mark article to do",
        ("Ctrl+Shift+1",),
        lambda c: c.set_state(State.TO_DO),
        group=1,
        is_enabled=_has_article,
    ),
    Action(
        "doing",
        "Go",
        "Mark article doing",
        ("Ctrl+Shift+2",),
        lambda c: c.set_state(State.DOING),
        group=1,
        is_enabled=_has_article,
    ),
    Action(
        "done here",
        "Go",
        "Mark article done",
        ("Ctrl+Shift+3",),
        lambda c: c.set_state(State.DONE),
        group=1,
        is_enabled=_has_article,
    ),
    Action("palette", "Go", "Do or go to…", ("Ctrl+K",), lambda c: c.palette.open(), group=2),
    Action("text", "Go", "To the text", ("F6",), lambda c: c.go_to_text(), group=2),
    Action("filter", "Go", "To the list of articles", ("Ctrl+L",), lambda c: c.go_to_filter(), group=2),
    Action("entities", "Go", "To the entities", ("Ctrl+1",), lambda c: c.show_panel("entities"), group=2),
    Action("claims", "Go", "To the claims", ("Ctrl+2",), lambda c: c.show_panel("claims"), group=2),
    Action("map", "Go", "To the map", ("Ctrl+3",), lambda c: c.show_panel("map"), group=2),
    Action("review list", "Go", "To the review", ("Ctrl+4",), lambda c: c.review.go_to_list(), group=2),
)


def _density_action(density: Density) -> Action:
    def choose(controls: Controls) -> None:
        controls.set_density(density)

    def is_chosen(controls: Controls) -> bool:
        return controls.view.reading.density is density

    return Action(f"density {density}", "View", density.words, (), choose, group=1, check=is_chosen, is_choice=True)


def _whose_action(whose: str, words: str) -> Action:
    def choose(controls: Controls) -> None:
        controls.show_whose(whose)

    def is_chosen(controls: Controls) -> bool:
        return controls.desk.contents.whose == whose

    return Action(f"whose {whose}", "View", words, (), choose, group=4, check=is_chosen, is_choice=True)


_VIEW = (
    Action("zoom in", "View", "Larger text", (_Std.ZoomIn, "Ctrl+="), lambda c: c.zoom(1)),
    Action("zoom out", "View", "Smaller text", (_Std.ZoomOut,), lambda c: c.zoom(-1)),
    Action("zoom reset", "View", "Usual text size", ("Ctrl+0",), lambda c: c.zoom(0)),
    *(_density_action(density) for density in Density),
    Action("density", "View", "More or fewer marks", ("H",), lambda c: c.change_density(1), on_article=True, group=1),
    Action("density back", "", "Fewer or more marks", ("Shift+H",), lambda c: c.change_density(-1), on_article=True),
    on_text(
        "fold",
        "View",
        "Fold zones away",
        ("Shift+Z",),
        lambda c: c.zones.toggle(),
        group=2,
        check=lambda c: c.zones.are_folded,
    ),
    on_text("card", "View", "Card of what is at the caret", ("Ctrl+Space",), lambda c: c.show_card(), group=2),
    Action(
        "numbers",
        "View",
        "Paragraph numbers",
        (),
        lambda c: c.toggle_numbers(),
        group=2,
        check=lambda c: c.view.reading.numbers,
    ),
    Action(
        "hidden",
        "View",
        "Hidden characters",
        ("Ctrl+Shift+H",),
        lambda c: c.toggle_hidden(),
        group=2,
        check=lambda c: c.view.reading.hidden,
    ),
    Action("list hidden", "View", "List hidden characters…", (), lambda c: c.list_hidden(), group=2),
    Action(
        "system",
        "View",
        "Colours of the system",
        (),
        lambda c: c.choose_theme("system"),
        group=3,
        check=lambda c: c.desk.theme.choice == "system",
        is_choice=True,
    ),
    Action(
        "light",
        "View",
        "Light",
        (),
        lambda c: c.choose_theme("light"),
        group=3,
        check=lambda c: c.desk.theme.choice == "light",
        is_choice=True,
    ),
    Action(
        "dark",
        "View",
        "Dark",
        (),
        lambda c: c.choose_theme("dark"),
        group=3,
        check=lambda c: c.desk.theme.choice == "dark",
        is_choice=True,
    ),
    *(_whose_action(whose, words) for whose, words in WHOSE.items()),
)
_HELP = (
    Action("shortcuts", "Help", "Keyboard shortcuts", ("F1", "?"), lambda c: c.show_shortcuts()),
    Action("manual", "Help", "Manual", ("Shift+F1",), lambda c: c.show_manual()),
    Action("about program", "Help", "About Annotator", (), lambda c: c.show_about()),
)

ACTIONS: tuple[Action, ...] = (
    *(_FILE + _EDIT + _MARK + SUGGESTION_ACTIONS),
    *(CLAIM_ACTIONS + REVIEW_ACTIONS + _TEAM + _GO + _VIEW + _HELP),
)
_EXACT: tuple[tuple[str, str, str, Callable[[Controls], object]], ...] = (
    ("claim", "New claim, just the letters selected", "Alt+C", lambda c: c.claims.make(exact=True)),
    ("content", "Add just the letters selected to content", "Alt+Shift+C", lambda c: c.claims.add_content(exact=True)),
    ("source", "Add just the letters selected as source", "Alt+S", lambda c: c.claims.add_source(exact=True)),
    ("cue", "Set just the letters selected as cue", "Alt+U", lambda c: c.claims.set_cue(exact=True)),
    ("start out", "Start one letter earlier", "Alt+[", lambda c: c.marking.move_edge("start out", exact=True)),
    ("start in", "Start one letter later", "Alt+{", lambda c: c.marking.move_edge("start in", exact=True)),
    ("end out", "End one letter later", "Alt+]", lambda c: c.marking.move_edge("end out", exact=True)),
    ("end in", "End one letter earlier", "Alt+}", lambda c: c.marking.move_edge("end in", exact=True)),
)


def all_actions(schema: Schema) -> tuple[Action, ...]:
    """The table, with an action for each label and kind of the schema, and those under Alt that do not snap."""
    labels, kinds = [], []
    for label in schema.labels:
        words = f"Tag as {label.name}"
        keys: tuple[Key, ...] = (label.hotkey,) if label.hotkey else ()
        act = _tagger(label.key)
        labels.append(_making(f"label {label.key}", "Mark", words, keys, act))
        words, keys = f"{words}, just the letters selected", tuple(f"Alt+{key}" for key in keys)
        act = _tagger(label.key, exact=True)
        labels.append(_making(f"exact label {label.key}", "", words, keys, act))
    for kind in schema.kinds:
        act = _kind_setter(kind.digit)
        words = f"Entity is: {kind.key}"
        if kind.digit:
            keys = (str(kind.digit),)
            kinds.append(on_text(f"kind {kind.key}", "", words, keys, act, repeats=True, mode=MARKING))
    # A label's key is the project's, so a suggestion's gives way.
    taken = {label.hotkey for label in schema.labels}
    usual = [replace(one, keys=tuple(k for k in one.keys if k not in taken)) for one in SUGGESTION_ACTIONS]
    own = {one.id: one for one in usual}
    exact = [on_text(f"exact {id_}", "", words, (key,), run) for id_, words, key, run in _EXACT]
    return (*(own.get(one.id, one) for one in ACTIONS), *labels, *kinds, *exact)


def _making(id_: str, menu: str, words: str, keys: tuple[Key, ...], act: Callable[[Controls], object]) -> Action:
    """An action that makes a mention: while reviewing there are none to make."""
    return on_text(id_, menu, words, keys, act, repeats=True, mode=MARKING, is_enabled=lambda c: not c.review.is_on)


def _tagger(label: str, *, exact: bool = False) -> Callable[[Controls], object]:
    return lambda c: c.marking.tag(label, exact=exact)


def _kind_setter(digit: int) -> Callable[[Controls], object]:
    return lambda c: c.marking.set_kind(digit)
