"""A hand that does any gestures by chance; the same seed does the same."""

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotator.domain.assignments import WORK
from annotator.domain.comments import Mark
from annotator.domain.entities import AliasKind, Basis, Place
from annotator.domain.events import Quantity, When
from annotator.domain.identifiers import Identifier
from annotator.domain.ids import AnnotatorId
from annotator.domain.links import Between
from annotator.domain.queue import QueueFilter
from annotator.domain.schemas import LabelKind
from annotator.domain.spans import Span
from annotator.domain.suggestions import Suggestion, SuggestionKind, suggestion_id
from annotator.editing import (
    choosing,
    claiming,
    commenting,
    connecting,
    deciding,
    describing,
    designing,
    labelling,
    linking,
    queueing,
    recounting,
    repeating,
    suggesting,
    tagging,
    uniting,
    zoning,
)
from annotator.editing.schema_json import Section
from annotator.errors import EditRefused
from annotator.paths import resource
from annotator.services.projects import Person
from annotator.services.workspace import Workspace

TEXT = (
    "Ana Ruiz and Ruiz met “Taliban” men 🙂 in Kabul. He said that 15 died, the Post said.\r\n"
    "Officials denied it in Kabul."
)
WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000005"), "Ana")
TABLES = (
    *("project", "article", "mention", "entity", "alias", "entity_key", "claim", "claim_source", "claim_about"),
    *("claim_party", "claim_quantity", "external_id", "link", "assignment", "zone"),
    *("decision", "decision_about", "comment", "rejection"),
)
LABELS = ("actor", "location", "date", "quantity", "other")
NEW_LABEL = {"key": "x", "name": "X", "hotkey": "X", "light": "#101010", "dark": "#F0F0F0", "links_to": "date"}
OTHER_SCHEMAS = [resource(f"schemas/{name}.json").read_text(encoding="utf-8") for name in ("news_claims", "blank")]


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, read by another connection."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return {table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in TABLES}
    finally:
        connection.close()


class Hand:
    """Does gestures by chance; the same seed does the same."""

    def __init__(self, workspace: Workspace, seed: int) -> None:
        self.workspace, self.random = workspace, random.Random(seed)
        self.article = workspace.records.queue(QueueFilter(), WHO.id)[0]

    def span(self) -> Span:
        start = self.random.randrange(len(TEXT) - 1)
        return Span(start, self.random.randint(start + 1, min(len(TEXT), start + 20)))

    def one_of(self, records: tuple[Any, ...]) -> Any:
        return self.record(records).id

    def record(self, records: tuple[Any, ...]) -> Any:
        if not records:
            raise EditRefused("there is none")
        return self.random.choice(records)

    def suggestion(self, kind: SuggestionKind, label: str) -> Suggestion:
        """Something that a machine might propose."""
        spans, entities = (self.span(),), self.workspace.records.all_entities(100, 0)
        known = self.random.choice(entities).id if entities else None
        parts = ((self.span(),),) if kind is SuggestionKind.CLAIM else ()
        id_ = suggestion_id(self.article, kind, label, spans)
        return Suggestion(
            id_, self.article, "chance", kind, label, spans, 0.5, "", known, parts, parts[0] if parts else ()
        )

    def gesture(self) -> None:
        records, pick = self.workspace.records, self.random.choice
        do: Callable[..., object] = self.workspace.do
        mentions, claims = records.mentions_in(self.article), records.claims_in(self.article)
        entities = records.all_entities(100, 0)
        gestures = (
            lambda: do(tagging.tag, self.article, (self.span(),), pick(LABELS)),
            lambda: do(tagging.tag, self.article, (self.span(),), pick(LABELS[:2])),
            lambda: do(tagging.retag, self.one_of(mentions), pick(LABELS)),
            lambda: do(tagging.resize, self.one_of(mentions), (self.span(), self.span())),
            lambda: do(tagging.add_piece, self.one_of(mentions), self.span()),
            lambda: do(repeating.tag_all, [repeating.Place(self.article, self.span()) for _ in range(4)], pick(LABELS)),
            lambda: do(tagging.untag, self.one_of(mentions)),
            lambda: do(suggesting.accept, self.suggestion(SuggestionKind.MENTION, pick(LABELS))),
            lambda: do(suggesting.accept, self.suggestion(SuggestionKind.CLAIM, "")),
            lambda: do(suggesting.accept_all, [self.suggestion(SuggestionKind.MENTION, "actor") for _ in range(3)]),
            lambda: do(suggesting.reject, self.suggestion(SuggestionKind.MENTION, pick(LABELS))),
            lambda: do(linking.link, self.one_of(mentions), self.one_of(entities)),
            lambda: do(linking.link_to_new, self.one_of(mentions), pick(("person", "place")), "Somebody"),
            lambda: do(linking.unlink, self.one_of(mentions)),
            lambda: do(uniting.merge, self.one_of(entities), self.one_of(entities)),
            lambda: do(uniting.delete_entity, self.one_of(entities)),
            lambda: do(linking.rename_entity, self.one_of(entities), pick(("New", "Ana Ruiz"))),
            lambda: do(linking.add_alias, self.one_of(entities), pick(("A", "B")), AliasKind.NICKNAME),
            lambda: do(linking.set_kind, self.one_of(entities), pick(("crowd", "place"))),
            lambda: do(claiming.claim, self.article, (self.span(),)),
            lambda: do(claiming.add_content, self.one_of(claims), (self.span(),)),
            lambda: do(claiming.add_source, self.one_of(claims), (self.span(),)),
            lambda: do(claiming.remove_source, self.one_of(claims), 0),
            lambda: do(claiming.set_cue, self.one_of(claims), (self.span(),)),
            lambda: do(claiming.set_within, self.one_of(claims), self.one_of(claims)),
            lambda: do(claiming.delete_claim, self.one_of(claims)),
            lambda: do(describing.describe_claim, self.one_of(claims), about=(self.one_of(entities),), stance="denies"),
            lambda: do(describing.describe_mention, self.one_of(mentions), unsure=True, note="?"),
            lambda: do(uniting.split, tuple(m.id for m in mentions if m.entity)[: self.random.randint(1, 2)]),
            lambda: do(deciding.decide, self.article, deciding.Word((self.record(mentions),), self.record(mentions))),
            lambda: do(deciding.decide, self.article, deciding.Word((self.record(claims),), self.record(claims))),
            lambda: do(deciding.decide, self.article, deciding.Word(mentions[:2])),
            lambda: do(deciding.reopen, self.one_of(records.decisions_in(self.article))),
            lambda: do(deciding.settle_article, self.article),
            lambda: do(commenting.comment, self.article, "why?", self.one_of(mentions)),
            lambda: do(commenting.comment, self.article, "here", "", (self.span(),)),
            lambda: do(commenting.reply, self.one_of(records.comments_in(self.article)), "so", pick(tuple(Mark))),
            lambda: do(commenting.delete_comment, self.one_of(records.comments_in(self.article))),
            lambda: do(uniting.keep_apart, self.one_of(entities), self.one_of(entities)),
            lambda: do(uniting.merge_all, self.one_of(entities), (self.one_of(entities), self.one_of(entities))),
            lambda: do(
                connecting.connect,
                pick(("leads", "opposes")),
                Between.ENTITIES,
                self.one_of(entities),
                self.one_of(entities),
            ),
            lambda: do(
                connecting.connect,
                pick(("contradicts", "same event")),
                Between.CLAIMS,
                self.one_of(claims),
                self.one_of(claims),
            ),
            lambda: do(connecting.describe_link, self.one_of(records.links_in(self.article)), since="2021", note="?"),
            lambda: do(connecting.disconnect, self.one_of(records.links_in(self.article))),
            lambda: do(linking.set_place, self.one_of(entities), Place(lat=34.5, lon=69.2, basis=Basis.ESTIMATED)),
            lambda: do(linking.describe_entity, self.one_of(entities), sectors=("GOV",), ids=(Identifier("own", "1"),)),
            lambda: do(describing.set_value, self.record((*mentions, *entities, *claims)), "colour", ("red", "blue")),
            lambda: do(claiming.add_entity_as_source, self.one_of(claims), self.one_of(entities)),
            lambda: do(recounting.set_addressee, self.one_of(claims), (self.span(),)),
            lambda: do(recounting.set_medium_words, self.one_of(claims), (self.span(),)),
            lambda: do(recounting.set_said_on, self.one_of(claims), When("Friday", "2021-08-20", "2021-08-20")),
            lambda: do(recounting.set_event_date, self.one_of(claims), When("in May", "2021-05-01", "2021-05-31")),
            lambda: do(recounting.add_party, self.one_of(claims), "actors", self.one_of(entities)),
            lambda: do(recounting.describe_event, self.one_of(claims), type="ASSAULT", place=self.one_of(entities)),
            lambda: do(recounting.add_quantity, self.one_of(claims), Quantity("killed", whom=self.one_of(entities))),
            lambda: do(recounting.change_quantity, self.one_of(claims), 0, low=self.random.randint(0, 9), best=5),
            lambda: do(recounting.remove_quantity, self.one_of(claims), 0),
            lambda: do(zoning.mark_zone, self.article, self.span(), pick(("caption", "credit"))),
            lambda: do(zoning.mark_body, self.article, self.span()),
            lambda: do(
                labelling.describe_label, pick(LABELS), hotkey=pick("ALDQOY"), light=pick(("#112233", "#445566"))
            ),
            lambda: do(designing.remove, Section.LABELS, pick(LABELS), pick(LABELS)),
            lambda: do(designing.remove, Section.LABELS, pick(LABELS), with_records=True),
            lambda: do(designing.add, Section.LABELS, NEW_LABEL, 0),
            lambda: do(designing.move, Section.LABELS, pick(LABELS), pick((0, 2))),
            lambda: do(designing.set_kind, pick(LABELS), pick(tuple(LabelKind))),
            lambda: do(designing.change, Section.LABELS, pick(LABELS), {"guidelines": pick(("Ask.", None))}),
            lambda: do(designing.set_guidelines, pick(("1.0", "2.1", ""))),
            lambda: do(designing.remove, Section.KINDS, pick(("person", "crowd")), pick(("crowd", "place"))),
            lambda: do(designing.remove, Section.LINKS, pick(("leads", "same event")), pick(("opposes", "updates"))),
            lambda: do(designing.remove, Section.ZONES, "caption", pick(("credit", "summary"))),
            lambda: do(designing.add, Section.MENTION_ATTRIBUTES, {"key": "colour", "type": "text"}),
            lambda: do(designing.remove, Section.MENTION_ATTRIBUTES, "colour", with_records=True),
            lambda: do(choosing.rename_choice, Section.CLAIM_ATTRIBUTES, "stance", "affirms", "asserts"),
            lambda: do(choosing.remove_choice, Section.CLAIM_ATTRIBUTES, "stance", "denies", "doubts"),
            lambda: do(choosing.rename_choice, choosing.LIST, "sectors", "GOV", "STATE"),
            lambda: do(choosing.remove_choice, choosing.QUANTITIES, "", "killed", with_values=True),
            lambda: do(choosing.move_choice, choosing.LIST, "event types", "ASSAULT", 0),
            lambda: do(designing.replace_schema, pick(OTHER_SCHEMAS)),
            lambda: do(queueing.set_state, self.article, pick(WORK)),
        )
        pick(gestures)()
