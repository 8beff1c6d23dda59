"""Plays keys and clicks like a person: everything goes through events, nothing through a back door."""

from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, Qt
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QWidget

from annotator.domain.spans import Span
from annotator.domain.words import snapped
from annotator.errors import AnnotatorError
from annotator.ui.article import sentences
from annotator.ui.main_window import MainWindow
from annotator.ui.widgets.finder import Finder

_MOST_STEPS = 4_000


class Player:
    """Counts the keys pressed and the clicks made. Raises AnnotatorError when the window does not do as expected."""

    def __init__(self, window: MainWindow, folder: Path | None = None) -> None:
        self.window, self.view = window, window.view
        self.desk = window.controls.desk
        self.keys = self.clicks = self.pictures = 0
        self._folder = folder
        window.activateWindow()
        self._settle()
        self.view.setFocus()
        self._settle()

    # Keys and clicks

    def press(self, keys: str, times: int = 1) -> None:
        """Presses a key, written like Ctrl+Right, on whatever has the keyboard."""
        combination = QKeySequence(keys)[0]  # type: ignore[index]  # the stubs do not know it can be indexed
        for _ in range(times):
            QTest.keyClick(self._keyboard(), combination.key(), combination.keyboardModifiers())
            self.keys += 1
            self._settle()

    def type(self, words: str) -> None:
        """Types letters."""
        for letter in words:
            QTest.keyClicks(self._keyboard(), letter)
            self.keys += 1
            self._settle()

    def click(self, span: Span) -> None:
        """Clicks into the words of a span."""
        place = self.view.place_of(span).center().toPoint() + QPoint(4, 0)
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.clicks += 1
        self._settle()

    def _keyboard(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        if isinstance(popup, Finder):
            return popup.box
        return popup or QApplication.focusWidget() or self.view

    def _settle(self) -> None:
        QApplication.processEvents()

    @property
    def finder(self) -> Finder | None:
        """The finder, while it is open."""
        popup = QApplication.activePopupWidget()
        return popup if isinstance(popup, Finder) else None

    # Moving and selecting, by keys only

    def find(self, words: str, nth: int = 1) -> Span:
        """Where words stand for the nth time in the article."""
        start = -1
        for _ in range(nth):
            start = self.view.text.find(words, start + 1)
            if start < 0:
                raise AnnotatorError(f"The article does not have “{words}” {nth} times.")
        return Span(start, start + len(words))

    def go(self, offset: int) -> None:
        """Moves the caret: by paragraph, then by sentence, by word, and by letter where nothing else gets there."""
        self._leap("Ctrl+Down", "Ctrl+Up", offset, shift=False)
        self._walk(offset, shift=False)

    def select(self, words: str, nth: int = 1) -> Span:
        """Selects words as a person would; the selection may be ragged where snapping makes it right."""
        wanted = self.find(words, nth)
        if self.view.selection() is not None:
            self.press("Right")
        self.go(wanted.start)
        self._walk(wanted.end, shift=True)
        return wanted

    def _leap(self, down: str, up: str, offset: int, *, shift: bool) -> None:
        offsets = self.view.offsets
        prefix = "Shift+" if shift else ""
        for _ in range(_MOST_STEPS):
            here, there = offsets.paragraph_at(self.view.caret), offsets.paragraph_at(offset)
            if here == there:
                return
            self.press(prefix + (down if here < there else up))

    def _walk(self, offset: int, *, shift: bool) -> None:
        offsets = self.view.offsets
        for _ in range(_MOST_STEPS):
            caret = self.view.caret
            if caret == offset or (shift and self._is_right_when_snapped(offset)):
                return
            if caret < offset:
                by_sentence = sentences.next_sentence(offsets, caret) <= offset
                self._step("Alt" if by_sentence else "Ctrl", shift=shift, onward=True)
                if self.view.caret > offset and not (shift and self._is_right_when_snapped(offset)):
                    self._step("", self._letters(offset, self.view.caret), shift=shift, onward=False)
            else:
                by_sentence = sentences.previous_sentence(offsets, caret) >= offset
                self._step("Alt" if by_sentence else "Ctrl", shift=shift, onward=False)
                if self.view.caret < offset:
                    self._step("", self._letters(self.view.caret, offset), shift=shift, onward=True)
        raise AnnotatorError("The caret does not get where it should.")

    def _step(self, by: str, times: int = 1, *, shift: bool, onward: bool) -> None:
        arrow = "Right" if onward != self.view.is_right_to_left else "Left"
        self.press("+".join(part for part in ("Shift" if shift else "", by, arrow) if part), times)

    def _letters(self, start: int, end: int) -> int:
        # A line end is one step for the caret, however many characters it is.
        return len(self.view.text[start:end].replace("\r\n", "\n"))

    def _is_right_when_snapped(self, end: int) -> bool:
        selection = self.view.selection()
        right = snapped(self.view.text, selection) if selection else None
        return right is not None and right.end == end

    # The window's own gestures

    def tag(self, words: str, label: str, nth: int = 1, *, entity: str = "", kind: str = "") -> None:
        """Tags words; links them to an entity by name where the program asks or links another; sets its kind."""
        self._at(words, nth)
        self.press(label)
        self._answer(entity)
        mention = self.window.controls.marking.mention
        if mention is None or mention.quote != words:
            raise AnnotatorError(f"“{words}” was not tagged.")
        if entity and self._linked() != entity:
            self.press("E")
            self._answer(entity)
        if kind and self.desk.focus.entity is not None:
            self._set_kind(kind)
        if entity and self._linked() != entity:
            raise AnnotatorError(f"“{words}” names {self._linked()} instead of {entity}.")

    def _at(self, words: str, nth: int) -> None:
        wanted = self.find(words, nth)
        if self.view.selection() is not None:
            self.press("Right")
        self.go(wanted.start)
        if self.view.words() != wanted or self.view.selection() is not None:
            self._walk(wanted.end, shift=True)

    def _linked(self) -> str:
        entity = self.desk.focus.entity
        return self.desk.workspace.records.entity(entity).name if entity else ""

    def _set_kind(self, kind: str) -> None:
        entity = self.desk.focus.entity
        digit = next(known.digit for known in self.desk.schema.kinds if known.key == kind)
        if entity and self.desk.workspace.records.entity(entity).kind != kind:
            self.press(str(digit))

    def _answer(self, entity: str) -> None:
        """Answers the finder if it is open: takes the entity, or makes a new one when none of that name is offered."""
        finder = self.finder
        if finder is None:
            return
        for letter in ["", *entity.partition(" ")[0][:4], " "]:
            if letter:
                self.type(letter)
            row = finder.list.currentIndex()
            if entity and row.isValid() and row.data() == entity:
                self.press("Return")
                return
        self.press("Ctrl+A")
        self.press("Backspace")
        if entity:
            self.type(entity)
        self.press("Ctrl+Return")

    def claim(
        self, content: list[tuple[str, int]], sources: list[tuple[str, int]], cue: tuple[str, int] | None
    ) -> None:
        """Makes a claim of pieces of content, adds its sources and sets its cue."""
        self.select(*content[0])
        self.press("C")
        for piece in content[1:]:
            self.select(*piece)
            self.press("Shift+C")
        for source in sources:
            self._source(*source)
        if cue:
            self._at(*cue)
            self.press("U")
        claim = self.window.controls.claims.claim
        if claim is None or len(claim.sources) != len(sources) or bool(claim.cue) != bool(cue):
            raise AnnotatorError(f"The claim “{content[0][0]}” was not made as it should be.")

    def _source(self, words: str, nth: int) -> None:
        wanted = self.find(words, nth)
        there = [m for m in self.desk.contents.mentions() if m.spans == (wanted,) and m.entity]
        if there:
            # Going by Tab from the mention next to it is what a person does; by word it is farther.
            self.go(wanted.start)
            self.press("Tab")
            for _ in range(3):
                if self.window.controls.marking.mention == there[0]:
                    break
                self.press("Tab")
        else:
            self._at(words, nth)
        self.press("S")

    def set(self, field: str, value: str) -> None:
        """Sets a choice of what is chosen in the inspector: Enter, Tab to the field, arrow down, Escape."""
        self.press("Return")
        for _ in range(60):
            box = QApplication.focusWidget()
            if isinstance(box, QComboBox) and box.accessibleName() == field:
                break
            self.press("Tab")
        for _ in range(40):
            if isinstance(box, QComboBox) and box.currentText().startswith(value):
                break
            self.press("Down")
        self.press("Escape")
        if not isinstance(box, QComboBox) or not box.currentText().startswith(value):
            raise AnnotatorError(f"{field} could not be set to {value}.")

    def wait(self) -> None:
        """Waits for work in the background."""
        while self.desk.jobs.current is not None:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def picture(self, name: str) -> None:
        """Takes a picture of the window, with the finder if it is open."""
        self.pictures += 1
        if self._folder is None:
            return
        self._settle()
        image = self.window.grab()
        beside = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog))
        popup = self.finder or next((dialog for dialog in beside if dialog.isVisible()), None)
        if popup is not None:
            painter = QPainter(image)
            painter.drawPixmap(self.window.mapFromGlobal(popup.pos()), popup.grab())
            painter.end()
        image.save(str(self._folder / f"{self.pictures:02d}-{name}.png"))
