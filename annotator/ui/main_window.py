"""The window: builds menus, docks and status bar from tables, and decides nothing."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QDockWidget, QMainWindow, QMenu, QVBoxLayout, QWidget

from annotator.ui.acting import MARKING, REVIEWING, Action
from annotator.ui.actions import MENUS, all_actions
from annotator.ui.announcer import Announcer
from annotator.ui.article.asking import Asking
from annotator.ui.article.claim_marking import ClaimMarking
from annotator.ui.article.dragging import MentionDrag
from annotator.ui.article.find_bar import FindBar
from annotator.ui.article.hover import HoverCard
from annotator.ui.article.marking import Marking
from annotator.ui.article.moving import Moving
from annotator.ui.article.page import ArticlePage
from annotator.ui.article.placing import Placing
from annotator.ui.article.recounting import Recounting
from annotator.ui.article.relating import Relating
from annotator.ui.article.same_bar import SameBar
from annotator.ui.article.suggesting import Suggesting
from annotator.ui.article.valuing import Valuing
from annotator.ui.article.zones import Zones
from annotator.ui.concordance import Concordance
from annotator.ui.controls import Controls
from annotator.ui.desk import Desk
from annotator.ui.edits import sentence
from annotator.ui.errands import make_errands
from annotator.ui.files import Files
from annotator.ui.keyboards import LatinKeys
from annotator.ui.keying import give_keys, with_letters
from annotator.ui.palette import Palette
from annotator.ui.panels.claims import ClaimPanel
from annotator.ui.panels.comments import CommentPanel
from annotator.ui.panels.entities import EntityPanel
from annotator.ui.panels.inspector import InspectorPanel
from annotator.ui.panels.map import MapPanel
from annotator.ui.panels.queue import QueuePanel
from annotator.ui.repeating import Repeating
from annotator.ui.reviewing import Reviewing
from annotator.ui.status import StatusLine
from annotator.ui.team import Team
from annotator.ui.widgets.docks import PanelDock
from annotator.ui.widgets.unseen import shown

_DOCKS_VERSION = 2
_EVERYWHERE = {"undo", "redo", "reload"}


class MainWindow(QMainWindow):
    """One open project. open_other is called with the path of another project that the user wants to see."""

    def __init__(self, desk: Desk, open_other: Callable[[Path], None]) -> None:
        super().__init__()
        self._desk = desk
        self._actions: list[tuple[Action, QAction]] = []
        self._menus: dict[str, QMenu] = {}
        self._found_everywhere: Concordance | None = None
        self._schema = desk.schema
        desk.keys.begin(all_actions(desk.schema))
        page = ArticlePage(desk)
        self.view = page.view
        self.controls = self._make_controls(desk, page, open_other)
        self.announcer = Announcer(desk, page.view)
        self._build_centre(page)
        self._build_docks()
        self._build_menus()
        self.setStatusBar(StatusLine(desk))
        self.setAcceptDrops(True)
        self.setWindowTitle(f"{shown(desk.workspace.records.project().name)} – Annotator")
        self._restore()
        desk.edits.edited.connect(self._show_undo)
        desk.focus.article_changed.connect(self._enable)
        desk.focus.changed.connect(self._raise_panel)
        desk.contents.edited.connect(self._take_schema)
        desk.contents.shown.connect(self._take_schema)
        desk.keys.changed.connect(self._give_keys)
        self._show_undo()
        self._enable()
        LatinKeys(self.view)
        QTimer.singleShot(0, self._begin)

    def _make_controls(self, desk: Desk, page: ArticlePage, open_other: Callable[[Path], None]) -> Controls:
        asking = Asking(desk, page.view)
        moving = Moving(desk, page.view)
        MentionDrag(desk, page.view)
        marking = Marking(desk, page.view, asking, moving)
        repeating = Repeating(desk.notices)
        claims = ClaimMarking(desk, page.view)
        recounting, relating = Recounting(desk, page.view, asking), Relating(desk, asking)
        files, queue, comments = Files(desk, self, open_other), QueuePanel(desk), CommentPanel(desk, page.view)
        review = self._make_review(page, marking, claims)
        inspector = InspectorPanel(desk, make_errands(lambda: self.controls))
        return Controls(
            desk=desk,
            window=self,
            view=page.view,
            marking=marking,
            moving=moving,
            repeating=repeating,
            valuing=Valuing(desk, page.view, repeating),
            zones=Zones(desk, page.view),
            card=HoverCard(desk, page.view),
            claims=claims,
            recounting=recounting,
            relating=relating,
            placing=Placing(desk, page.view, asking, self._ask_point),
            asking=asking,
            find=FindBar(page.view),
            same=SameBar(desk, page.view, lambda words: self.controls.find_everywhere(words)),  # noqa: PLW0108 - as above
            palette=Palette(desk, page.view, lambda: (made for _, made in self._actions)),
            files=files,
            queue=queue,
            inspector=inspector,
            team=Team(self, self._lend_keys, page.view, files, queue, inspector, comments, lambda: self.controls),
            show_shortcuts=self._show_shortcuts,
            concordance=self._concordance,
            open_claims=self._open_claims,
            open_pairs=self._open_pairs,
            show_keys=self._show_keys,
            review=review,
            suggesting=Suggesting(desk, page.view, marking, claims, review, queue.coming),
        )

    def _make_review(self, page: ArticlePage, marking: Marking, claims: ClaimMarking) -> Reviewing:
        following = lambda: self.controls.queue.next_to_review()  # noqa: E731, PLW0108 - controls are made of this
        review = Reviewing(self._desk, page, self._add_review, following)
        review.mode_changed.connect(self._on_mode)
        review.mention_wanted.connect(lambda mention: marking.choose(mention, scroll=False))
        review.claim_wanted.connect(claims.choose)
        return review

    def _build_centre(self, page: ArticlePage) -> None:
        centre = QWidget()
        whole = QVBoxLayout(centre)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(page, 1)
        whole.addWidget(self.controls.find)
        whole.addWidget(self.controls.same)
        self.setCentralWidget(centre)
        self.view.menu_wanted.connect(self._show_menu)

    def _build_docks(self) -> None:
        entities, claims = EntityPanel(self._desk), ClaimPanel(self._desk)
        entities.merge_wanted.connect(self.controls.asking.merge)
        entities.delete_wanted.connect(self.controls.asking.delete)
        entities.duplicates_wanted.connect(self.controls.ask_same)
        entities.split_wanted.connect(self.controls.split)
        claims.chosen.connect(self.controls.claims.choose)
        self.setDockNestingEnabled(True)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, self.tabPosition(Qt.DockWidgetArea.TopDockWidgetArea))
        places = MapPanel(self._desk)
        places.chosen.connect(self.controls.go_to_entity)
        panels = (self.controls.queue, entities, claims, self.controls.inspector, places, self.controls.team.comments)
        docks = [self._dock(panel, panel.id, panel.title, panel.area) for panel in panels]
        self.splitDockWidget(docks[1], docks[3], Qt.Orientation.Vertical)
        self.tabifyDockWidget(docks[1], docks[2])
        self.tabifyDockWidget(docks[2], docks[4])
        self.tabifyDockWidget(docks[4], docks[5])
        docks[1].raise_()
        self.resizeDocks([docks[0], docks[1]], [290, 360], Qt.Orientation.Horizontal)
        self.resizeDocks([docks[1], docks[3]], [380, 400], Qt.Orientation.Vertical)

    def _dock(self, panel: QWidget, id_: str, title: str, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = PanelDock(panel, id_, title, self._desk.theme)
        self.addDockWidget(area, dock)
        return dock

    def _add_review(self, panel: QWidget, lists: Iterable[QWidget]) -> QDockWidget:
        """Makes room for the review below the article, when it is first wanted; its keys count on its lists too."""
        dock = self._dock(panel, "review", "Review", Qt.DockWidgetArea.BottomDockWidgetArea)
        self._menus["View"].addAction(dock.toggleViewAction())
        if not self.restoreDockWidget(dock):
            self.resizeDocks([dock], [270], Qt.Orientation.Vertical)
        for widget in lists:
            widget.addActions(
                [made for action, made in self._actions if action.on_article and action.mode == REVIEWING]
            )
        return dock

    def _build_menus(self) -> None:
        for title in MENUS:
            menu = self._menus[title] = self.menuBar().addMenu(title)
            choices: dict[int, QActionGroup] = {}
            last = -1
            here = sorted((a for a in all_actions(self._desk.schema) if a.menu == title), key=lambda a: a.group)
            for action in here:
                if last not in (-1, action.group):
                    menu.addSeparator()
                last = action.group
                made = self._make_action(action)
                menu.addAction(made)
                if action.is_choice:
                    choices.setdefault(action.group, QActionGroup(self)).addAction(made)
            menu.aboutToShow.connect(self._enable)
            if title == "View":
                menu.addSeparator()
                for dock in self.findChildren(QDockWidget):
                    menu.addAction(dock.toggleViewAction())
        for action in all_actions(self._desk.schema):
            if not action.menu:
                self._make_action(action)
        self._give_keys()

    def _make_action(self, action: Action) -> QAction:
        made = QAction(shown(action.text).replace("&", "&&"), self)
        made.setObjectName(action.id)
        made.setData(action.menu)
        made.setCheckable(action.check is not None)
        if action.on_article:
            # Only there: in a search box the same letters are words.
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.view.addAction(made)
        else:
            self.addAction(made)
        made.triggered.connect(lambda: self._run(action))
        self._actions.append((action, made))
        return made

    def _run(self, action: Action) -> None:
        action.run(self.controls)
        if action.repeats:
            self.controls.repeating.remember(action.text, lambda: action.run(self.controls))

    def _concordance(self) -> Concordance:
        """The search in all articles, made when it is first wanted."""
        if self._found_everywhere is None:
            self._found_everywhere = Concordance(self._desk, self.controls.go_to, self)
            self._lend_keys(self._found_everywhere)
        return self._found_everywhere

    def _lend_keys(self, window: QWidget) -> None:
        """What was done is taken back, and the file read again, while another window has the keyboard too."""
        window.addActions([made for action, made in self._actions if action.id in _EVERYWHERE])

    def _open_claims(self, page: str) -> None:
        """The claims of the whole project, made when they are first wanted."""
        from annotator.ui.claims_window import ClaimsWindow

        window = self.findChild(ClaimsWindow)
        if window is None:
            window = ClaimsWindow(self._desk, self.controls.show_claim, self)
            self._lend_keys(window)
        window.open_at(page)

    def _open_pairs(self) -> None:
        """Entities that may be one, made when it is first wanted."""
        from annotator.ui.same_or_not import SameOrNot

        pairs = self.findChild(SameOrNot)
        if pairs is None:
            pairs = SameOrNot(self._desk, self.controls.go_to, self)
            self._lend_keys(pairs)
        pairs.open_now()

    def _ask_point(self, title: str, take: Callable[[float, float], None]) -> None:
        """Shows the map and asks for a click on it."""
        self.controls.show_panel("map")
        panel = self.findChild(MapPanel)
        if panel is not None:
            panel.ask_point(title, take)

    def _on_mode(self) -> None:
        """Other keys count, and other actions make sense."""
        self._give_keys()
        self._enable()

    def _keys_of(self, action: Action) -> tuple[str, ...]:
        now = REVIEWING if self.controls.review.is_on else MARKING
        return self._desk.keys.of(action.id) if action.mode in {"", now} else ()

    def _give_keys(self) -> None:
        """Keys as they are now; and no menu keeps a letter that an action has with Alt, or neither would work."""
        for action, made in self._actions:
            give_keys(made, action, self._keys_of(action), self.view)
        taken = [key for action, _ in self._actions for key in self._desk.keys.of(action.id)]
        for entry, title in zip(self.menuBar().actions(), with_letters(MENUS, taken), strict=True):
            entry.setText(title)

    def _take_schema(self) -> None:
        """New names and keys of labels, where an edit, an undo or another program changed them."""
        if self._desk.schema is self._schema:
            return
        self._schema = self._desk.schema
        now = {action.id: action for action in all_actions(self._schema)}
        for action, made in self._actions:
            if action.id not in now:
                made.deleteLater()
            elif now[action.id].text != action.text:
                made.setText(shown(now[action.id].text).replace("&", "&&"))
        self._actions = [(now[action.id], made) for action, made in self._actions if action.id in now]
        known = {action.id for action, _ in self._actions}
        for action in now.values():
            if action.id not in known:
                made = self._make_action(action)
                self._place(action, made)
        self._desk.keys.begin(now.values())

    def _place(self, action: Action, made: QAction) -> None:
        """Puts the entry of a new label beside those of the others."""
        menu = self._menus.get(action.menu)
        if menu is None:
            return
        beside = [other for known, other in self._actions if known.menu == action.menu and known.group > action.group]
        first = next((entry for entry in menu.actions() if entry in beside), None)
        separator = menu.actions()[menu.actions().index(first) - 1] if first is not None else None
        before = separator if separator is not None and separator.isSeparator() else first
        if before is None:
            menu.addAction(made)
        else:
            menu.insertAction(before, made)

    def _enable(self) -> None:
        for action, made in self._actions:
            made.setEnabled(action.is_enabled(self.controls))
            if action.check is not None:
                made.setChecked(action.check(self.controls))

    def _raise_panel(self) -> None:
        """Brings the list of what was chosen to the front, where two share a place."""
        wanted = {"claim": "claims", "entity": "entities", "mention": "entities"}.get(self._desk.focus.latest)
        dock = self.findChild(QDockWidget, wanted) if wanted else None
        if dock is not None and dock.isVisible() and dock.visibleRegion().isEmpty():
            dock.raise_()

    def _show_undo(self) -> None:
        records, annotator = self._desk.workspace.records, self._desk.workspace.author.annotator
        for id_, words, edit in (
            ("undo", "Undo", records.peek_undo(annotator)),
            ("redo", "Redo", records.peek_redo(annotator)),
        ):
            made = next(made for action, made in self._actions if action.id == id_)
            made.setText(f"{words} {sentence(edit.kind, edit.subject)}".replace("&", "&&") if edit else words)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        for action, made in self._actions:
            if (action.menu in {"Mark", "Claim"} and action.group < 2) or action.id == "copy":
                menu.addAction(made)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _show_shortcuts(self) -> None:
        from annotator.ui.dialogs.shortcuts import ShortcutSheet

        ShortcutSheet(self._keyed_actions(), self).open()

    def _show_keys(self) -> None:
        from annotator.ui.dialogs.keys import KeysDialog

        KeysDialog(self._desk.keys, all_actions(self._desk.schema), self).open()

    def _keyed_actions(self) -> tuple[Action, ...]:
        return tuple(replace(action, keys=self._desk.keys.of(action.id)) for action in all_actions(self._desk.schema))

    def _begin(self) -> None:
        if not self.isVisible():  # closed before it was ever seen
            return
        if self._desk.focus.article is None:
            self.controls.queue.show_first()
        self.view.setFocus()

    def _restore(self) -> None:
        self.resize(1440, 860)
        settings = self._desk.settings
        if not settings.geometry.isEmpty():
            self.restoreGeometry(settings.geometry)
        if not settings.docks.isEmpty():
            self.restoreState(settings.docks, _DOCKS_VERSION)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and text may be dropped."""
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Brings in what was dropped: files and folders, a project, or words."""
        event.acceptProposedAction()
        self.controls.files.drop(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Saves what is being typed, and how the window looks."""
        self.controls.inspector.commit()
        self.controls.queue.stop()
        self.controls.suggesting.stop()
        self.controls.placing.stop()
        for dialog in self.findChildren(QDialog):
            dialog.close()  # else it might go on reading a project that is closed
        settings = self._desk.settings
        settings.geometry, settings.docks = self.saveGeometry(), QByteArray(self.saveState(_DOCKS_VERSION))
        self.hide()  # what is under way and the last backup may take a moment
        self._desk.jobs.stop()
        self._desk.workspace.close()
        super().closeEvent(event)
