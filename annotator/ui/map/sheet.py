"""The map with what belongs to it: which places it shows, buttons, pictures of it, the question for a point."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from annotator.domain.edits import Edit
from annotator.ui.desk import Desk
from annotator.ui.dialogs.questions import ask_new_file
from annotator.ui.edits import short
from annotator.ui.map.inks import inks
from annotator.ui.map.pictures import write_picture
from annotator.ui.map.sources import PlaceSource
from annotator.ui.map.spots import spots_of
from annotator.ui.map.view import MapView
from annotator.ui.theme import LIGHT
from annotator.ui.widgets.cards import PAD
from annotator.ui.widgets.plain import plain_label, plain_tip

_ZOOM = 1.5
_LONGEST_TITLE = 80
_PICTURES = (("Picture (PNG)…", ".png", "PNG pictures (*.png)"), ("Drawing (SVG)…", ".svg", "SVG drawings (*.svg)"))


class MapSheet(QWidget):
    """Follows the desk while it is seen; what happened meanwhile is read when it is seen again.

    chosen is sent with the entity whose place was clicked.
    """

    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._is_behind = False
        self._article = desk.focus.article
        self._source = PlaceSource(desk, self)
        self.view = MapView(inks(desk.theme.tones, desk.schema), self._empty_words())
        self.whole_project = QCheckBox("Whole project")
        self._banner, self._question = QFrame(), plain_label(wrap=True)
        self._build()
        self._source.read.connect(lambda: self._show_places(fit=True))
        self._source.touched.connect(lambda: self._show_places(fit=False))
        self.whole_project.toggled.connect(self._read)
        self.view.chosen.connect(self.chosen)
        self.view.asking_changed.connect(lambda: self._banner.setVisible(self.view.is_asking))
        desk.contents.shown.connect(self._on_shown)
        desk.contents.edited.connect(self._on_edited)
        desk.focus.changed.connect(self._on_focus)
        desk.theme.changed.connect(self._take_theme)
        desk.keys.changed.connect(lambda: self.view.set_empty(self._empty_words()))
        self._read()

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._bar())
        self._fill_banner()
        whole.addWidget(self._banner)
        whole.addWidget(self.view, 1)

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(PAD, PAD // 2, PAD, PAD // 2)
        row.setSpacing(4)
        row.addWidget(self.whole_project)
        row.addStretch(1)
        for words, name, act in (
            ("−", "Zoom out", lambda: self.view.zoom(1 / _ZOOM)),
            ("+", "Zoom in", lambda: self.view.zoom(_ZOOM)),
            ("All", "Show all places", self.view.fit),
        ):
            row.addWidget(_button(words, name, act))
        export = _button("Export ", "Export the map", None)
        menu = QMenu(export)
        for words, suffix, kind in _PICTURES:
            menu.addAction(words, partial(self._export, suffix, kind))
        export.setMenu(menu)
        export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row.addWidget(export)
        return row

    def _fill_banner(self) -> None:
        row = QHBoxLayout(self._banner)
        row.setContentsMargins(PAD, PAD // 2, PAD, PAD // 2)
        row.addWidget(self._question, 1)
        cancel = QPushButton("Cancel")
        cancel.clicked.connect(self.view.stop_asking)
        row.addWidget(cancel)
        self._banner.setAutoFillBackground(True)
        self._banner.setBackgroundRole(self.palette().ColorRole.Highlight)
        self._question.setForegroundRole(self.palette().ColorRole.HighlightedText)
        self._banner.hide()

    def _empty_words(self) -> str:
        key = self._desk.keys.name("look up")
        return f"No place here has coordinates yet: choose a location, press {key} to look it up."

    def ask_point(self, title: str, take: Callable[[float, float], None]) -> None:
        """Asks for a click; title says for which. take gets latitude and longitude in degrees."""
        words = f"{short(title, _LONGEST_TITLE)} · Esc cancels"
        self._question.setText(words)
        self._banner.setAccessibleName(words)
        self.view.ask(take)

    # What the desk tells

    @property
    def _is_seen(self) -> bool:
        """Whether it is on the screen; a dock's tab behind another counts as visible and is not."""
        return self.isVisible() and not self.visibleRegion().isEmpty()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Reads what has happened since it was seen last."""
        super().paintEvent(event)
        if self._is_behind:
            QTimer.singleShot(0, self._catch_up)

    def _catch_up(self) -> None:
        if self._is_behind and self._is_seen:  # the window may have closed meanwhile, and the project with it
            self._read()

    def _read(self) -> None:
        self._is_behind = False
        self._source.show(whole_project=self.whole_project.isChecked())

    def _on_shown(self) -> None:
        self.view.stop_asking()
        before, self._article = self._article, self._desk.focus.article
        is_read_again = before == self._article  # another program has changed the file
        if not self._is_seen:
            self._is_behind = True
        elif is_read_again or not self.whole_project.isChecked():
            self._read()

    def _on_edited(self, edit: Edit) -> None:
        if self._is_seen:
            self._source.take(edit)
        else:
            self._is_behind = True

    def _on_focus(self) -> None:
        self.view.choose(self._desk.focus.entity, move=not self.view.is_asking)

    def _show_places(self, *, fit: bool) -> None:
        self.view.show_spots(spots_of(self._source.places), fit=fit)
        self._on_focus()

    def _take_theme(self) -> None:
        self.view.set_inks(inks(self._desk.theme.tones, self._desk.schema))

    # Pictures

    def _export(self, suffix: str, kind: str) -> None:
        own = self._desk.workspace.records.path
        target = ask_new_file(self, "Export the map", own.with_name(f"{own.stem} map{suffix}"), kind)
        if target is not None:
            self.export_now(target)

    def export_now(self, target: Path) -> None:
        """Writes what is in view, as SVG where the name says so, else as PNG."""
        try:
            write_picture(self.view.scene(inks(LIGHT, self._desk.schema)), target)
        except OSError as error:
            words = f"The map could not be saved to {target.name}: {error}. Choose another folder."
            self._desk.notices.failed.emit(words)
        else:
            self._desk.notices.said.emit(f"Map saved to {target.name}.")


def _button(words: str, name: str, act: Callable[[], None] | None) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setToolTip(plain_tip(name))
    button.setAccessibleName(name)
    button.setMinimumWidth(26)
    if act is not None:
        button.clicked.connect(act)
    return button
