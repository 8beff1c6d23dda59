"""Keys that move the caret by sentence and paragraph, and select word after word."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from annotator.domain.words import next_word_end, next_word_start
from annotator.ui.article import sentences
from annotator.ui.article.offsets import OffsetMap

_ALT, _CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_ASIDE = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def target(offsets: OffsetMap, caret: int, event: QKeyEvent, *, is_right_to_left: bool) -> int | None:
    """Where the key moves the caret: Alt and an arrow by sentence, Ctrl up and down by paragraph; else None.

    Selecting by word from the end of one takes the next word, where Qt would first take the blank alone.
    """
    onward, back = (Qt.Key.Key_Left, Qt.Key.Key_Right) if is_right_to_left else (Qt.Key.Key_Right, Qt.Key.Key_Left)
    match (event.modifiers() & ~_ASIDE, event.key()):
        case (modifiers, key) if modifiers == _ALT and key == onward:
            return sentences.next_sentence(offsets, caret)
        case (modifiers, key) if modifiers == _ALT and key == back:
            return sentences.previous_sentence(offsets, caret)
        case (modifiers, Qt.Key.Key_Down) if modifiers == _CTRL:
            return _next_paragraph(offsets, caret)
        case (modifiers, key) if modifiers == _CTRL and key == onward and _selects_from_blank(offsets, caret, event):
            return next_word_end(offsets.text, caret)
        case (modifiers, Qt.Key.Key_Up) if modifiers == _CTRL:
            return _previous_paragraph(offsets, caret)
    return None


def _selects_from_blank(offsets: OffsetMap, caret: int, event: QKeyEvent) -> bool:
    is_blank = offsets.text[caret : caret + 1] in {" ", "\u00a0"}
    is_extending = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return is_blank and is_extending and next_word_start(offsets.text, caret) == caret + 1


def _next_paragraph(offsets: OffsetMap, caret: int) -> int:
    number = offsets.paragraph_at(caret) + 1
    while number < offsets.paragraph_count:
        start, end = offsets.paragraph(number)
        if start < end:
            return start
        number += 1
    return len(offsets.text)


def _previous_paragraph(offsets: OffsetMap, caret: int) -> int:
    number = offsets.paragraph_at(caret)
    while number >= 0:
        start, end = offsets.paragraph(number)
        if start < end and start < caret:
            return start
        number -= 1
    return 0
