"""Code points of the stored text and places in the window agree, whatever the text is made of."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from annotator.domain.spans import Span
from annotator.ui.article.heights import Heights
from annotator.ui.article.marks import Mark, MarkIndex
from annotator.ui.article.offsets import OffsetMap
from annotator.ui.article.view import ArticleView
from annotator.ui.theme import Theme

PIECES = st.sampled_from(
    [
        *("a", "Wort ", "e\u0301", "🙂", "👨‍👩‍👧", "🇧🇪", "林若岚", "سوق", "א", "。", "x" * 50),
        *("\r", "\n", "\r\n", "\u2028", "\u2029", "\u0085", "\f", "\v", "\t"),
        *("\u00a0", "\ufeff", "\ufdd0", "\ufffc", "\u200d", "\u202e"),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@given(TEXTS)
def test_every_offset_comes_back_from_its_position(text: str) -> None:
    offsets = OffsetMap(text)
    for offset in range(len(text) + 1):
        position = offsets.position(offset)
        if text[offset - 1 : offset + 1] != "\r\n":  # between these two there is no place in the window
            assert offsets.offset(position) == offset


@given(TEXTS)
def test_the_document_has_the_paragraphs_and_lengths_of_the_map(text: str) -> None:
    offsets, document = OffsetMap(text), QTextDocument()
    document.setPlainText(offsets.display)
    assert document.blockCount() == offsets.paragraph_count
    for number in range(offsets.paragraph_count):
        block = document.findBlockByNumber(number)
        start, end = offsets.paragraph(number)
        assert block.position() == offsets.paragraph_position(number)
        assert block.length() - 1 == len(text[start:end].encode("utf-16-le")) // 2
        for offset in range(start, end):
            shown = document.characterAt(offsets.position(offset))
            if text[offset] <= "\uffff" and text[offset] not in "\ufeff\ufdd0\ufffc":
                assert shown in {text[offset], "\u00a0" if text[offset] == " " else text[offset]}


@pytest.fixture(scope="module")
def view(qapp: object) -> Iterator[ArticleView]:
    """One view, shown other texts one after the other."""
    made = ArticleView(Theme("light"))
    made.resize(700, 500)
    yield made
    made.deleteLater()


@settings(max_examples=150)
@given(text=TEXTS.filter(bool), data=st.data())
def test_what_is_selected_is_what_is_copied(view: ArticleView, text: str, data: st.DataObject) -> None:
    view.show_text(text, [])
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    view.select(Span(start, end))
    selection = view.selection()
    copied = view.createMimeDataFromSelection().text()
    # A clipboard takes a mark at the very beginning for one of byte order.
    assert copied.lstrip("\ufeff") == (selection.cut(text) if selection else "").lstrip("\ufeff")
    if selection is not None and text[start - 1 : start + 1] != "\r\n" and text[end - 1 : end + 1] != "\r\n":
        # Qt does not stop inside what is one sign on the screen; it may only grow by marks and joiners.
        assert selection.start <= start < selection.end


@given(st.lists(st.floats(1, 50), min_size=1, max_size=60), st.data())
def test_heights_add_up(heights: list[float], data: st.DataObject) -> None:
    tree = Heights(heights)
    for _ in range(5):
        number = data.draw(st.integers(0, len(heights) - 1))
        heights[number] = data.draw(st.floats(1, 50))
        tree.set(number, heights[number])
    for number in range(len(heights) + 1):
        assert abs(tree.above(number) - sum(heights[:number])) < 1e-6
    place = data.draw(st.floats(0, sum(heights) - 0.001))
    found = tree.at(place)
    assert sum(heights[:found]) <= place + 1e-6
    assert place - 1e-6 < sum(heights[: found + 1])


@given(st.lists(st.tuples(st.integers(0, 190), st.integers(1, 30)), max_size=30))
def test_marks_that_overlap_never_share_a_lane(places: list[tuple[int, int]]) -> None:
    text = ("word " * 8 + "\n") * 6
    offsets = OffsetMap(text)
    index = MarkIndex(offsets)
    for number, (start, length) in enumerate(places):
        index.put(Mark(str(number), (Span(start, start + length),), "actor"))
    for number in range(offsets.paragraph_count):
        pieces = index.pieces(number)
        for piece in pieces:
            for other in pieces:
                if piece.mark is not other.mark and piece.start < other.end and other.start < piece.end:
                    assert piece.lane != other.lane
    for number in range(len(places)):
        index.remove(str(number))
    assert index.paragraphs == set()
