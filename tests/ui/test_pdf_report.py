"""The report on paper: whole, readable as text, the same every time."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QGuiApplication

from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.found import Losses
from annotator.formats.pdf_report import PdfWriter
from tests.building import ANNA, TEXT, make_annotator, make_article, make_claim, make_entity, make_mention, make_project
from tests.formats.round_trip_brat import MemoryCorpus, rich_corpus

LAND = ((68.0, 34.0, 71.0, 34.0, 71.0, 37.0, 68.0, 37.0),)


def written(corpus: MemoryCorpus, path: Path) -> list[str]:
    """The text of each page of the report."""
    done = list(PdfWriter(LAND, "Outlines: somebody").write(corpus, path, Losses()))
    assert done == list(range(1, corpus.article_count() + 1))
    document = pypdfium2.PdfDocument(path)
    try:
        return [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    finally:
        document.close()


@pytest.mark.usefixtures("qapp")
def test_each_article_begins_on_a_page_with_its_text_claims_and_names(tmp_path: Path) -> None:
    pages = written(rich_corpus(), tmp_path / "report.pdf")
    whole = " ".join(" ".join(pages).split())
    assert "Bridge" in pages[0]
    assert "WHO SAYS WHAT" in whole
    assert "WHO AND WHERE" in whole
    assert "Ana Ruiz" in whole
    assert "Nothing here." in pages[-1]
    assert [page.split()[-1] for page in pages] == [str(number) for number in range(1, len(pages) + 1)]


@pytest.mark.usefixtures("qapp")
def test_the_same_project_gives_the_same_bytes_and_nothing_is_left_beside(tmp_path: Path) -> None:
    corpus = rich_corpus()
    written(corpus, tmp_path / "one.pdf")
    written(corpus, tmp_path / "two.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.pdf", "two.pdf"]


@pytest.mark.usefixtures("qapp")
def test_a_report_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    steps = PdfWriter().write(rich_corpus(), tmp_path / "report.pdf", Losses())
    next(steps)
    steps.close()  # type: ignore[attr-defined]  # a generator
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("qapp")
def test_a_long_article_goes_over_pages_and_keeps_its_last_words(tmp_path: Path) -> None:
    text = "\n\n".join(f"Paragraph {number}. {TEXT}" for number in range(300)) + "\n\nThe very last words."
    article = make_article(text)
    who = make_entity()
    marks = tuple(make_mention(article, text, f"Paragraph {number}", entity=who) for number in range(0, 300, 3))
    claim = make_claim(article, text, by="Ana Ruiz", entity=who)
    annotated = AnnotatedArticle(article, text, marks, (claim,), (), ())
    corpus = MemoryCorpus(make_project(), (make_annotator(ANNA),), (who,), (), (annotated,))
    pages = written(corpus, tmp_path / "report.pdf")
    assert len(pages) > 5
    assert "The very last words." in " ".join(pages)
    assert QGuiApplication.instance() is not None
