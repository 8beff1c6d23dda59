"""Claims over the whole project: orders, filters, problems, and steps that read each claim once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.attributes import CLAIM_FIELDS, Attribute, AttributeType, Tier
from annotator.domain.claim_lists import ClaimFilter, ClaimOrder, ProblemKind
from annotator.domain.claims import Claim, Source
from annotator.domain.edits import Change, Edit, EditKind, Record
from annotator.domain.entities import Basis, Place, PlaceLevel
from annotator.domain.events import Event, Quantity, When
from annotator.domain.ids import ClaimId, LinkId
from annotator.domain.links import CONTRADICTS, SAME_EVENT, Between, Link
from annotator.domain.queue import QueueFilter
from annotator.domain.schemas import LinkLabel, Schema
from annotator.domain.spans import Span
from annotator.domain.values import Value
from annotator.editing.importing import NewArticle
from annotator.services.accounts import find_clusters, find_problems, list_claims
from annotator.services.projects import Person, new_project
from annotator.services.workspace import Workspace
from annotator.storage.claim_listing import ClaimReader, claim_of
from tests.building import ANNA, make_entity

LETTERS = "abcdefghijklmnopqrstuvwxyz"
KNOWN = frozenset({CONTRADICTS, SAME_EVENT, "repeats", "supports", "updates"})


class Listed:
    """A project of one article of letters; a claim's words are one letter."""

    def __init__(self, folder: Path) -> None:
        self.workspace: Workspace = new_project(folder / "listed.annot", Person(ANNA.annotator, "Anna"))
        self.workspace.bring_in([NewArticle(" ".join(LETTERS), "Letters"), NewArticle("Other words.", "Other")], "")
        self.article, self.other = self.workspace.records.queue(QueueFilter(), ANNA.annotator)
        self.ids: dict[str, ClaimId] = {}

    def save(self, *records: Record) -> None:
        """Saves new records."""
        edit = Edit(EditKind.NEW_CLAIM, tuple(Change(None, record) for record in records), ("made",))
        self.workspace.records.apply(edit, self.workspace.author)

    def claim(self, letter: str, *, is_blank: bool = False, **fields: Any) -> Claim:
        """A claim of one letter, or of the blank after it, saved."""
        place, now = 2 * LETTERS.index(letter), ANNA.now()
        id_ = ClaimId(ANNA.new_id())
        if is_blank:
            place, letter = place + 1, " "
        made = Claim(id_, self.article, (Span(place, place + 1),), letter, ANNA.annotator, now, now, **fields)
        self.save(made)
        self.ids[letter] = id_
        return made

    def link(self, one: str, other: str, label: str = CONTRADICTS) -> None:
        """Links two claims by their letters."""
        now = ANNA.now()
        ends = self.ids[one], self.ids[other]
        self.save(Link(LinkId(ANNA.new_id()), label, Between.CLAIMS, *ends, ANNA.annotator, now, now))

    def listed(self, order: ClaimOrder = ClaimOrder.ARTICLE, **wanted: Any) -> str:
        """The letters of the claims in order, a bar where a group of linked ones begins."""
        letter = {id_: letter for letter, id_ in self.ids.items()}
        steps = list(list_claims(self.workspace.records.path, order, ClaimFilter(**wanted)))
        found = steps[-1][2]
        assert found is not None
        return "".join(("|" if n in found.bands else "") + letter[id_] for n, id_ in enumerate(found.claims))

    def problems(self, labels: frozenset[str] = KNOWN) -> dict[ProblemKind, str]:
        """The letters of the claims with each problem."""
        found: dict[ProblemKind, str] = {}
        schema = self.workspace.records.schema
        mocks = LinkLabel("mocks", "mocks", "", "claim")
        schema = replace(schema, links=tuple(link for link in (*schema.links, mocks) if link.key in labels))
        for _, _, step in find_problems(self.workspace.records.path, schema):
            for problem in step:
                found[problem.kind] = found.get(problem.kind, "") + problem.words
                assert problem.title == "Letters"
        return found


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Listed]:
    listed = Listed(tmp_path)
    yield listed
    listed.workspace.close()


def day(earliest: str, latest: str = "") -> Event:
    """An event with days."""
    return Event(date=When("then", earliest, latest))


def test_every_order_puts_what_is_missing_last_and_equal_ones_by_id(made: Listed) -> None:
    ana, ben, kabul = make_entity("ana"), make_entity("Ben"), make_entity("Kabul", "place")
    made.save(ana, ben, kabul)
    made.claim("c", sources=(Source((), "Ben", ben.id),), stance="denies", wording="zeta")
    event = Event(place=kabul.id, date=When("", "2021-08-20", "2021-08-20"), quantities=(Quantity("killed", best=15),))
    made.claim("b", sources=(Source((), "ana", ana.id), Source((), "Ben", ben.id)), event=event)
    high = Event(date=When("", "", "2021-08-18"), quantities=(Quantity("killed", low=40), Quantity("injured", best=99)))
    made.claim("a", event=high)
    made.claim("d", event=Event(quantities=(Quantity("killed", best=0),)), sources=(Source((), "ana", ana.id),))
    assert {order.value: made.listed(order) for order in ClaimOrder} == {
        "article": "abcd",
        "source": "abdc",
        "content": "abdc",
        "stance": "badc",
        "place": "bcad",
        "date": "abcd",
        "number": "abdc",
        "event": "abcd",
    }


def test_by_event_linked_claims_stand_together_and_single_ones_last(made: Listed) -> None:
    for letter in "abcdef":
        made.claim(letter, wording=f"claim {letter}{letter}")
    made.link("b", "e")
    made.link("d", "f", SAME_EVENT)
    assert made.listed(ClaimOrder.EVENT) == "|be|df|ac"
    assert made.listed(ClaimOrder.EVENT, words="ee") == "e", "its partner is not wanted"


def test_filters_by_words_stance_number_entity_and_links(made: Listed) -> None:
    ana, kabul = make_entity("Ana Ruiz"), make_entity("Kabul", "place")
    made.save(ana, kabul)
    made.claim("a", sources=(Source((), "Ana Ruiz", ana.id),), wording="The bridge is safe")
    made.claim("b", stance="denies", event=Event(place=kabul.id))
    made.claim("c", event=Event(quantities=(Quantity("killed", best=3), Quantity("injured", low=10, high=40))))
    made.link("a", "b")
    assert made.listed(words="RUIZ bridge") == "a"
    assert made.listed(words="kab") == "b"
    assert made.listed(words="letters") == "abc", "the title counts"
    assert made.listed(words="bridge kabul") == ""
    assert made.listed(stance="denies") == "b"
    assert made.listed(at_least=40) == "c"
    assert made.listed(at_least=41) == ""
    assert made.listed(entity=ana.id) == "a"
    assert made.listed(entity=kabul.id) == "b"
    assert made.listed(is_linked=True) == "ab"
    assert made.listed(is_linked=True, stance="affirms") == "a"


def test_a_claim_passes_when_its_event_may_lie_between_the_days(made: Listed) -> None:
    made.claim("a", event=day("2021-08-18", "2021-08-20"))
    made.claim("b", event=day("2021-08-25"))
    made.claim("c", event=day("", "2021-08-10"))
    made.claim("d")
    assert made.listed(since="2021-08-20") == "ab", "an open end reaches any later day"
    assert made.listed(since="2021-08-21") == "b"
    assert made.listed(since="2022") == "b"
    assert made.listed(until="2021-08-17") == "c"
    assert made.listed(until="2020") == "c", "an open beginning reaches any earlier day"
    assert made.listed(until="2021-08-18") == "ac"
    assert made.listed(since="2021-08", until="2021-08") == "abc", "of the month, and maybe of it"
    assert made.listed(since="2021-08-11", until="2021-08-24") == "a"


def test_each_kind_of_problem_is_found_and_gone_when_mended(made: Listed) -> None:
    nowhere = make_entity("Nowhere", "place")
    made.save(nowhere, make_entity("Ana"))
    by: dict[str, Any] = {"sources": (Source((), "Nowhere", nowhere.id),)}
    made.claim("a")
    made.claim("b", sources=(Source((Span(0, 1),), "a"),))
    outer = made.claim("c", **by)
    inner = made.claim("d", within=outer.id, **by)
    made.claim("e", event=Event(place=nowhere.id), **by)
    made.claim("f", event=day(""), **by)
    made.claim("g", event=Event(quantities=(Quantity("killed", "dozens"),)), **by)
    made.claim("h", source_type="article")
    made.claim("i", said_on=When("Friday"), **by)
    made.claim("j", is_blank=True, **by)
    made.link("h", "i", "mocks")
    assert made.problems() == {
        ProblemKind.NO_SOURCE: "a",
        ProblemKind.UNKNOWN_SOURCE: "b",
        ProblemKind.NO_CONTENT: " ",
        ProblemKind.OUTSIDE: "d",
        ProblemKind.NO_POINT: "e",
        ProblemKind.NO_DAYS: "fi",
        ProblemKind.NO_NUMBER: "g",
        ProblemKind.BROKEN_LINK: "h",
    }
    unknown = replace(nowhere, place=Place(PlaceLevel.SITE, basis=Basis.UNKNOWN))
    mended = (Change(nowhere, unknown), Change(inner, replace(inner, within=None)))
    made.workspace.records.apply(Edit(EditKind.SET_WITHIN, mended, ("x",)), made.workspace.author)
    left = made.problems(KNOWN | {"mocks"})
    assert not {ProblemKind.NO_POINT, ProblemKind.OUTSIDE, ProblemKind.BROKEN_LINK} & left.keys()


REQUIRED: dict[str, tuple[dict[str, Any], ...]] = {
    "medium": ({"medium": "tweet"},),
    "author_stance": ({"author_stance": "doubts"},),
    "wording": ({"wording": "Said otherwise."},),
    "about": ({"about": ()},),  # somebody, see below
    "said_on": (
        {"said_on": When("Friday")},
        {"said_on": When("", "2021-08-20")},
        {"said_on": When("", "", "2021-08-20")},
    ),
    "remark": ({"attributes": (Value("other", ("x",)), Value("remark", ("heard twice",)))},),
    'it’s "so\\" . $': ({"attributes": (Value('it’s "so\\" . $', ("x",)),)},),
}


def test_a_field_that_the_schema_requires_is_asked_for_until_it_is_filled(made: Listed) -> None:
    nowhere = make_entity("Nowhere", "place")
    made.save(nowhere)
    made.claim("z", attributes=(Value("another", ("x",)),))
    letters, filled = iter(LETTERS), dict[str, set[ClaimId]]()
    for key, ways in REQUIRED.items():
        for fields in ways:
            one = made.claim(next(letters), **({"about": (nowhere.id,)} if key == "about" else fields))
            filled.setdefault(key, set()).add(one.id)
    schema = made.workspace.records.schema

    def missing(*attributes: Attribute, of: Schema = schema) -> set[ClaimId]:
        steps = find_problems(made.workspace.records.path, replace(of, claim_attributes=attributes))
        found = [one.claim for _, _, step in steps for one in step if one.kind is ProblemKind.MISSING]
        assert len(found) == len(set(found)), "a claim is told once, whatever it lacks"
        return set(found)

    everything = set(made.ids.values())
    wanted = {
        key: Attribute(key, key, AttributeType.TEXT, required=True, is_field=key in CLAIM_FIELDS) for key in REQUIRED
    }
    assert {key: missing(field) for key, field in wanted.items()} == {key: everything - filled[key] for key in wanted}
    assert missing(*wanted.values()) == everything
    for field in wanted.values():
        assert missing(replace(field, required=False)) == missing(replace(field, tier=Tier.OFF)) == set()
    assert schema.event is not None
    assert missing(of=replace(schema, event=replace(schema.event, is_required=True, tier=Tier.CORE))) == everything


def test_clusters_are_joined_by_same_event_and_contradicts_only(made: Listed) -> None:
    for letter in "abcdef":
        made.claim(letter)
    made.link("a", "b")
    made.link("b", "c", SAME_EVENT)
    made.link("d", "e", "repeats")
    ((_, _, groups),) = find_clusters(made.workspace.records.path)
    assert [list(claims) for claims, _ in groups] == [[made.ids[letter] for letter in "abc"]]
    assert [link.label for link in groups[0][1]] == [CONTRADICTS, SAME_EVENT]


def test_steps_read_each_claim_once_and_say_how_far_they_are(made: Listed) -> None:
    for letter in LETTERS:
        made.claim(letter)
    reader = ClaimReader(made.workspace.records.path)
    try:
        assert reader.count() == len(LETTERS)
        steps = list(reader.keys(ClaimOrder.CONTENT, ClaimFilter()))
    finally:
        reader.close()
    assert steps[-1][0] == len(LETTERS)
    assert sorted(claim_of(key) for _, found in steps for key in found) == sorted(made.ids.values())
