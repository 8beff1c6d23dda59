"""Promise 13: what is exported is what was tagged.

Projects are generated and go out to every format that is read again. What comes back is the same; where the format
says that it lost something, no more differs than it says. The release form goes on in each format until it has done
ten thousand projects or its time is up, and says how many it has done.
"""

import json
import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.claims import Source
from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.entities import Alias
from annotator.domain.found import FoundArticle
from annotator.domain.ids import LinkId, ZoneId
from annotator.domain.links import Between, Link
from annotator.domain.queue import QueueFilter
from annotator.domain.spans import Span, quoted
from annotator.domain.zones import Zone
from annotator.editing.importing import NewArticle
from annotator.errors import EditRefused
from annotator.formats.jsonl import JsonlWriter
from annotator.formats.registry import READERS, WRITERS
from annotator.services.projects import new_project
from tests.building import ANNA, BEN, make_annotator, make_article, make_claim, make_entity, make_mention, make_project
from tests.editing.by_chance import TEXT, WHO, Hand
from tests.formats.round_trip_brat import MemoryCorpus, read_all, seen_by, seen_in, written
from tests.promises.release import Reached, times
from tests.ui.test_monkey import repeated

PIECES = (
    *("Ana Ruiz", "the bridge", "said", "Kabul", "the Post", "no", "15", "men", "Ruiz", "closed", "it", "A", "b."),
    *("🙂", "👨‍👩‍👧", "🇦🇫", "e\u0301", "n\u0303o", "قال صالح", "شَرِكَة", "שלום", "林若岚", "क्षि", "ไทย", "ﬁn", "İ"),
    *("“no”", "it’s", "<b>&amp;", "a_b", "[x]", "#1", "back\\slash", "\u00a0", "\u2028", "\u200b", "\u00ad", "\t", "|"),
)
GAPS = (" ", " ", " ", " ", " ", "\n", "\r\n", "\n\n", "\r\n\r\n", ". ", ", ", "", "  ")
LABELS, KINDS = ("actor", "location", "date", "quantity", "other"), ("person", "place", "organisation")
SHORT = times(4, 10_000)
SECONDS = times(40.0, 1_200.0)
"""For each format."""
FOUND_ONCE = (121, 161, 5570)
"""Projects that once did not come back: articles in another order where one of two annotators has not seen them all; a
piece of one annotator's mention at the place of another's; and a line break that two claims lacked and one told of."""


def a_text(chance: random.Random) -> str:
    """Words of many scripts, with any blanks and line ends between them; now and then only a letter."""
    count = chance.choice((1, 3, 10, 25))
    words = "".join(chance.choice(PIECES) + chance.choice(GAPS) for _ in range(count))
    return words if words.strip() else "A"


def a_span(chance: random.Random, text: str) -> Span:
    """Anywhere, as long as it is not all blank: of any length, inside words too."""
    for _ in range(50):
        start = chance.randrange(len(text))
        span = Span(start, min(len(text), start + chance.choice((1, 2, 5, 12, 40))))
        if span.cut(text).strip():
            return span
    start = next(n for n, letter in enumerate(text) if letter.strip())
    return Span(start, start + 1)


def pieces(chance: random.Random, text: str) -> tuple[Span, ...]:
    """One piece, or two or three that do not touch."""
    found = sorted((a_span(chance, text) for _ in range(chance.choice((1, 1, 1, 2, 3)))), key=lambda span: span.start)
    kept: list[Span] = []
    for span in found:
        if not kept or span.start > kept[-1].end:
            kept.append(span)
    return tuple(kept)


def generated(seed: int) -> MemoryCorpus:
    """A project of one to three articles: overlapping, nested and interrupted mentions, claims, zones, links."""
    chance = random.Random(seed)
    things = tuple(
        make_entity(f"{chance.choice(PIECES[:13])} {n}", chance.choice(KINDS), aliases=(Alias(f"alias {n} 🙂"),))
        for n in range(3)
    )
    annotated: list[AnnotatedArticle] = []
    arrows: list[Link] = []
    for number in range(chance.randint(1, 3)):
        text = a_text(chance)
        if any(text == other.text for other in annotated):
            continue
        article = make_article(text, title=f"Title {number} é🙂", publisher="Post", published="2021-08-20")
        mentions = []
        for _ in range(chance.choice((0, 1, 4, 9))):
            spans = pieces(chance, text)
            blank = make_mention(article, text, text[spans[0].start : spans[0].end], label=chance.choice(LABELS))
            mentions.append(
                replace(
                    blank,
                    spans=spans,
                    quote=quoted(text, spans),
                    entity=chance.choice((None, *(thing.id for thing in things))),
                    author=chance.choice((ANNA, BEN)).annotator,
                    note=chance.choice(("", "", "why?", "two\nlines é🙂")),
                    unsure=chance.random() < 0.2,
                )
            )
        claims = []
        for _ in range(chance.choice((0, 1, 3))):
            content, by = pieces(chance, text), pieces(chance, text)
            base = make_claim(article, text, text[content[0].start : content[0].end])
            cue = pieces(chance, text)[:1] if chance.random() < 0.5 else ()
            sources = (Source(by, quoted(text, by), None),) if chance.random() < 0.6 else ()
            claims.append(
                replace(
                    base,
                    content=content,
                    quote=quoted(text, content),
                    sources=sources,
                    cue=cue,
                    cue_quote=quoted(text, cue) if cue else "",
                    stance=chance.choice(("affirms", "denies")),
                    note=chance.choice(("", "sure?")),
                )
            )
        if len(claims) > 1:
            now = ANNA.now()
            ends = (claims[0].id, claims[1].id)
            arrows.append(Link(LinkId(ANNA.new_id()), "contradicts", Between.CLAIMS, *ends, ANNA.annotator, now, now))
        zones = []
        if chance.random() < 0.4:
            now = ANNA.now()
            place = a_span(chance, text)
            zones.append(Zone(ZoneId(ANNA.new_id()), article.id, "caption", place, ANNA.annotator, now, now))
        annotated.append(AnnotatedArticle(article, text, tuple(mentions), tuple(claims), (), tuple(zones)))
    people = (make_annotator(ANNA, "Anna"), make_annotator(BEN, "Ben"))
    return MemoryCorpus(make_project(), people, things, tuple(arrows), tuple(annotated))


READ_AGAIN = {reader.key: reader for reader in READERS}
BOTH = [writer for writer in WRITERS if writer.key in READ_AGAIN and writer.key != "refi-qdc"]
"""A codebook has no articles."""
BARE = {"conll2003", "conllu"}
"""They carry labels on words and little else."""


def different(writer_key: str, found: FoundArticle, annotated: AnnotatedArticle, corpus: MemoryCorpus) -> int:
    """How many records are not there as they were; none may be there that was not."""
    if writer_key in BARE:
        # Their tokens are parted by blanks of their own, and of several pieces they have the first.
        there = Counter((m.label, "".join(quoted(found.text, m.spans).split())) for m in found.mentions)
        wanted = Counter((m.label, "".join(m.spans[0].cut(annotated.text).split())) for m in annotated.mentions)
        assert not there - wanted, f"made up: {there - wanted}"
        return (wanted - there).total()
    here, before = seen_by(found), seen_in(annotated, corpus)
    for seen in (here, before):
        seen["links"] = [label for label, *_ in seen["links"]]  # their claims are compared as claims
    missing = 0
    for part in ("mentions", "claims", "zones", "links"):
        came, went = (Counter(repr(one) for one in seen[part]) for seen in (here, before))
        # Where spans have to fit tokens, a second piece may fit and stay where the first did not.
        is_more = len(here[part]) > len(before[part]) and writer_key != "docbin"
        assert not is_more, f"{part}: made up: {came - went}"
        missing += (went - came).total()
    return missing


def check_spans(found: FoundArticle) -> None:
    """Everything that is marked lies in the text and has a length."""
    marked = [mention.spans for mention in found.mentions] + [claim.content for claim in found.claims]
    marked += [source.spans for claim in found.claims for source in claim.sources] + [c.cue for c in found.claims]
    for spans in marked:
        for span in spans:
            assert 0 <= span.start < span.end <= len(found.text)


@pytest.mark.timeout(times(120, 2_400))
@pytest.mark.parametrize("writer", BOTH, ids=lambda writer: writer.key)
def test_what_goes_out_comes_back(quick_path: Path, writer: Any, reached: Reached) -> None:
    reader, until = READ_AGAIN[writer.key], time.monotonic() + SECONDS
    done = records = whole = 0
    for seed in (*FOUND_ONCE, *range(SHORT)):
        corpus, target = generated(seed), quick_path / f"out{writer.suffix}"
        losses = written(writer, corpus, target)
        articles, findings = read_all(reader, target)
        where = f"{writer.key}, project {seed}, {losses.counts}"
        assert findings.problems == [], where
        assert len(articles) == len(corpus.annotated), where
        missing = 0
        for found, annotated in zip(articles, corpus.annotated, strict=True):
            if writer.key != "conll2003":
                assert found.text == annotated.text, where
            check_spans(found)
            try:
                missing += different(writer.key, found, annotated, corpus)
            except AssertionError as error:
                raise AssertionError(f"{where}: {error}") from error
            records += len(annotated.mentions) + len(annotated.claims) + len(annotated.zones)
        lost = sum(losses.counts.values())
        assert missing <= lost, f"{where}: {missing} are not as they were, {lost} are said to be"
        whole += not missing
        done += 1
        shutil.rmtree(target) if target.is_dir() else target.unlink()
        if time.monotonic() > until:
            break
    told = f"{whole:,} came back whole, the others less what is told"
    reached(13, f"{writer.key}: {done:,} projects, {records:,} records; {told}")


def spans_with_quotes(node: Any) -> Iterator[tuple[list[list[int]], str]]:
    """Whatever has places and repeats its words, anywhere in what was exported."""
    if isinstance(node, dict):
        for places, words in (("spans", "quote"), ("content", "quote"), ("cue", "cue_quote")):
            if node.get(places) and isinstance(node.get(words), str):
                yield node[places], node[words]
        for value in node.values():
            yield from spans_with_quotes(value)
    elif isinstance(node, list):
        for value in node:
            yield from spans_with_quotes(value)


def test_words_repeated_in_the_whole_export_are_those_at_their_places(quick_path: Path, reached: Reached) -> None:
    total = 0
    for seed in range(times(40, 2_000)):
        corpus, target = generated(seed), quick_path / "out.jsonl"
        written(JsonlWriter(), corpus, target)
        texts = {one.article.id: one.text for one in corpus.annotated}
        for line in target.read_text(encoding="utf-8").split("\n"):
            for places, words in spans_with_quotes(json.loads(line)) if line else ():
                article = json.loads(line).get("article") or json.loads(line).get("data", {}).get("article")
                assert quoted(texts[article], tuple(Span(*place) for place in places)) == words
                total += 1
        target.unlink()
    assert total > 20
    reached(13, f"jsonl: {total:,} quotes are text[start:end]")


def test_quotes_hold_at_every_commit(quick_path: Path, reached: Reached) -> None:
    commits = 0
    for seed in range(times(3, 300)):
        workspace = new_project(quick_path / f"{seed}.annot", WHO)
        workspace.bring_in([NewArticle(TEXT, "Text")], "")
        workspace.backups = None
        records, hand = workspace.records, Hand(workspace, seed)
        for _ in range(80):
            with suppress(EditRefused):
                hand.gesture()
                commits += 1
            for id_ in records.queue(QueueFilter(), WHO.id):
                repeated(records.text(id_), records.mentions_in(id_), records.claims_in(id_))
        workspace.close()
        workspace.records.path.unlink()
    reached(13, f"text[start:end] is the quote after each of {commits:,} commits")
