"""Any text with spans anywhere goes to INCEpTION's formats and back: the letters and the places are the same."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.found import Findings, FoundArticle, FoundMention
from annotator.domain.spans import Span
from annotator.formats.cas import UimaCas, uima_json
from annotator.formats.webanno_tsv import WebAnnoTsv
from tests.formats.round_trip_brat import corpus_of, read_all, written

LETTERS = "aB1.é🙂🇦صالح国\u0301'’“”-_|*[];\\<&>\"  \n\r\t\x01\x08\x0b\x0c\x1c\x85\u2028\ufffd"


@st.composite
def articles(draw: st.DrawFn) -> FoundArticle:
    text = draw(st.text(LETTERS, min_size=1, max_size=60).filter(lambda words: words.strip() != ""))
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 12))
    spans = [Span(begin, min(len(text), begin + length)) for begin, length in draw(st.lists(places, max_size=6))]
    notes = st.text(LETTERS, max_size=8)
    mentions = tuple(FoundMention("actor|_x", (span,), note=draw(notes), annotator="Bo") for span in spans)
    return FoundArticle(text, "x", "", mentions=mentions)


@settings(max_examples=200)
@given(article=articles())
def test_web_anno_tsv_keeps_all_but_blanks_at_the_ends_of_spans(article: FoundArticle) -> None:
    with TemporaryDirectory() as folder:
        written(WebAnnoTsv(), corpus_of([article]), Path(folder, "out"))
        (found,), findings = read_all(WebAnnoTsv(), Path(folder, "out"))
    assert (found.text, findings) == (article.text, Findings())
    wanted = [(one.spans[0].trimmed(article.text), one.note) for one in article.mentions]
    assert sorted((m.spans[0], m.note) for m in found.mentions) == sorted((s, note) for s, note in wanted if s)
    assert {m.label for m in found.mentions} <= {"actor|_x"}


@settings(max_examples=200)
@given(article=articles(), is_json=st.booleans())
def test_uima_keeps_everything_that_its_file_can_hold(article: FoundArticle, *, is_json: bool) -> None:
    tool = uima_json() if is_json else UimaCas()
    with TemporaryDirectory() as folder:
        written(tool, corpus_of([article]), Path(folder, "out"))
        (found,), findings = read_all(tool, Path(folder, "out"))
    assert (found.text, findings) == (article.text, Findings())
    lost = {} if is_json else {ord(letter): "\ufffd" for letter in "\x01\x08\x0b\x0c\x1c"}
    wanted = [(one.spans[0], one.note.translate(lost)) for one in article.mentions]
    assert sorted((m.spans[0], m.note) for m in found.mentions) == sorted(wanted)
