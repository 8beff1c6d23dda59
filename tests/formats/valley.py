"""A small corpus with all that is hard: nested, crossing, discontiguous and sub-token mentions, emoji, CRLF, Arabic,
words like formulas, a chain of claims, accounts of one event that differ, a denial, places with and without a point.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.domain.claims import Claim, Source
from annotator.domain.comments import Comment, Mark
from annotator.domain.decisions import Decision, Verdict
from annotator.domain.entities import Alias, AliasKind, Basis, Entity, Place, PlaceLevel
from annotator.domain.events import Event, Quantity, When
from annotator.domain.identifiers import Identifier
from annotator.domain.ids import CommentId, DecisionId, LinkId, ZoneId
from annotator.domain.links import SAME_EVENT, Between, Link
from annotator.domain.mentions import Mention
from annotator.domain.values import Value
from annotator.domain.zones import Zone
from annotator.storage.project_file import ProjectFile
from annotator.storage.snapshots import SnapshotCorpus
from tests.building import (
    ANNA,
    BEN,
    a_project,
    add_article,
    find,
    made,
    make_assignment,
    make_claim,
    make_entity,
    make_mention,
    new_id,
    new_time,
)

FIRST = (
    "Battle at the bridge 🙂\r\n\r\n"
    "Ana Ruiz of the Valley Front said Red Banner lost 12 men near Orsa on Friday.\r\n"
    "Reports, she added, speak of dozens of dead elsewhere. =SUM(A1) في السوق\x0b<b>&amp; ends.\r\n"
)
SECOND = "Valley Front: 20 men of Red Banner fell near Orsa. Red Banner denies that 500 fell; no one fled."


@dataclass(frozen=True, slots=True)
class Valley:
    """What is in the corpus."""

    ruiz: Entity
    front: Entity
    banner: Entity
    orsa: Entity
    elsewhere: Entity
    battle: Claim
    reports: Claim
    twenty: Claim
    denial: Claim
    lone_denial: Claim
    mentions: tuple[Mention, ...]


def when(text: str, words: str, earliest: str, latest: str) -> When:
    """A date with its words."""
    return When(words, earliest, latest, find(text, words))


def fill(project: ProjectFile) -> Valley:
    """Puts the valley into a project."""
    orsa_place = Place(PlaceLevel.POPULATED_PLACE, 35.5, -69.25, Basis.GAZETTEER, "Upper Orsava", "Orsa District")
    ruiz = make_entity(
        "Ana Ruiz", aliases=(Alias("A. Ruiz"), Alias("=Lion|ess", AliasKind.NICKNAME)), role="spokeswoman"
    )
    front = make_entity("Valley Front", "armed group", country="AFG", sectors=("REB", "OPP"))
    ids = (Identifier("wikidata", "Q42"),)
    banner = make_entity("Red Banner", "armed group", country="AFG", sectors=("MIL",), ids=ids)
    orsa = make_entity(
        "Orsa", "place", place=orsa_place, country="AFG", ids=(Identifier("geonames", "123"), Identifier("own", "x"))
    )
    elsewhere = make_entity("Upper Valley", "place", place=Place(PlaceLevel.FUZZY_REGION))
    project.apply(made(ruiz, front, banner, orsa, elsewhere, make_entity("Nowhere", "place")), ANNA)
    first = add_article(
        project,
        FIRST,
        title="=Battle\x01 “at” <Orsa>",
        publisher="Tidewire",
        published="2026-05-16",
        language="en",
    )
    second = add_article(project, SECOND, title="Twenty", publisher="Coast Journal", published="2026-05-17T08:00")
    add_article(project, "Nothing here.", published="2026-05")
    mentions = (
        make_mention(first, FIRST, "Ana Ruiz of the Valley Front", note="outer"),
        make_mention(first, FIRST, "Ana Ruiz", entity=ruiz),
        make_mention(first, FIRST, "Valley Front", entity=front, unsure=True),
        make_mention(first, FIRST, "Front said Red", label="other"),
        make_mention(first, FIRST, "Red Banner", entity=banner, attributes=(Value("gone", ("x",)),)),
        make_mention(first, FIRST, "12", "dead", label="quantity"),
        make_mention(first, FIRST, "Orsa", label="location", entity=orsa, used_as="place"),
        make_mention(first, FIRST, "🙂", label="other"),
        make_mention(first, FIRST, "ridge", label="other"),
        make_mention(first, FIRST, "في السوق", label="location", level="nominal"),
        make_mention(first, FIRST, "=SUM(A1)", label="other"),
        make_mention(second, SECOND, "Orsa", label="location", entity=orsa, author=BEN),
    )
    event = Event(
        "ASSAULT",
        "",
        (front.id,),
        (banner.id,),
        orsa.id,
        "near",
        when(FIRST, "Friday", "2026-05-15", "2026-05-15"),
        (Quantity("killed", "12 men", find(FIRST, "12 men"), banner.id, 12, 12, 12),),
    )
    battle = make_claim(
        first, FIRST, "Red Banner lost 12 men near Orsa on Friday", by="Ana Ruiz", cue="said", event=event
    )
    battle = replace(battle, sources=(Source(battle.sources[0].spans, "Ana Ruiz", ruiz.id),), about=(banner.id,))
    vague = Event(
        "ASSAULT", place=elsewhere.id, date=When(earliest="2026-05"), quantities=(Quantity("killed", "dozens"),)
    )
    reports = make_claim(
        first,
        FIRST,
        "dozens of dead elsewhere",
        by="Reports",
        cue="speak",
        event=vague,
        within=battle.id,
        wording="=1+1",
    )
    twenty_event = replace(
        event,
        date=When("", "2026-05-14", "2026-05-15"),
        quantities=(
            Quantity("killed", "20 men", find(SECOND, "20 men"), banner.id, None, 20, None),
            Quantity("injured", whom=banner.id, low=3),
            Quantity("injured", whom=front.id, low=1, high=2),
        ),
    )
    twenty = make_claim(
        second, SECOND, "20 men of Red Banner fell near Orsa", by="Valley Front", entity=front, event=twenty_event
    )
    denied = Event("ASSAULT", quantities=(Quantity("killed", "500", low=500, best=500, high=500),))
    denial = make_claim(second, SECOND, "500 fell", by="Red Banner", entity=banner, stance="denies", event=denied)
    lone = make_claim(second, SECOND, "one fled", stance="denies", event=Event("RETREAT"), author=BEN)
    now = new_time()
    headline = Zone(
        ZoneId(new_id()), first.id, "headline", find(FIRST, "Battle at the bridge 🙂")[0], ANNA.annotator, now, now
    )
    project.apply(made(*mentions, battle, reports, twenty, denial, lone, headline, make_assignment(first)), ANNA)
    links = [
        Link(LinkId(new_id()), SAME_EVENT, Between.CLAIMS, one.id, other.id, ANNA.annotator, now, now)
        for one, other in ((battle, twenty), (denial, twenty))
    ]
    leads = Link(LinkId(new_id()), "leads", Between.ENTITIES, ruiz.id, front.id, ANNA.annotator, now, now, since="2020")
    project.apply(made(*links, leads), ANNA)
    word = Decision(
        DecisionId(new_id()), second.id, Verdict.REJECT, (lone.id,), BEN.annotator, now, now, reason="not a claim"
    )
    asked = Comment(CommentId(new_id()), first.id, "=why?", BEN.annotator, now, now, about=battle.id)
    settled = Comment(
        CommentId(new_id()), first.id, "", ANNA.annotator, now, now, reply_to=asked.id, mark=Mark.RESOLVES
    )
    on_her = Comment(CommentId(new_id()), None, "Who is she?", BEN.annotator, now, now, about=ruiz.id)
    project.apply(made(word, asked, settled, on_her), BEN)
    return Valley(ruiz, front, banner, orsa, elsewhere, battle, reports, twenty, denial, lone, mentions)


@contextmanager
def valley_corpus(folder: Path) -> Iterator[tuple[SnapshotCorpus, Valley]]:
    """The valley as a corpus, in a new project in folder."""
    project = a_project(folder, with_ben=True)
    valley = fill(project)
    project.close()
    corpus = SnapshotCorpus(project.path)
    try:
        yield corpus, valley
    finally:
        corpus.close()
