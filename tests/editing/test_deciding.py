"""Decisions make agreed records and leave those of the annotators as they are."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.annotators import AnnotatorKind, consensus_id
from annotator.domain.assignments import State
from annotator.domain.authors import Author
from annotator.domain.claims import Claim
from annotator.domain.comments import Mark
from annotator.domain.decisions import Verdict
from annotator.domain.ids import ClaimId, MentionId
from annotator.domain.links import Between
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span
from annotator.editing import claiming, commenting, connecting, deciding, describing, tagging, zoning
from annotator.editing.deciding import Word
from annotator.errors import EditRefused
from annotator.services.workspace import Workspace
from tests.building import (
    ANNA,
    BEN,
    TEXT,
    a_project,
    add_article,
    find,
    made,
    make_assignment,
    make_claim,
    make_mention,
)


class Table:
    """A project that Anna and Ben annotated, in which Ben reviews."""

    def __init__(self, folder: Path) -> None:
        self.file = a_project(folder, with_ben=True)
        self.work = Workspace(self.file, BEN)
        self.article = add_article(self.file)
        self.anna = make_mention(self.article, TEXT, "Ana Ruiz")
        self.ben = make_mention(self.article, TEXT, "Ruiz", author=BEN)
        self.outer = make_claim(self.article, TEXT, "Ana Ruiz said the bridge was safe")
        self.inner = make_claim(self.article, TEXT, "the bridge was safe", by="Ana Ruiz", within=self.outer.id)
        self.file.apply(made(self.anna, self.outer, self.inner), ANNA)
        self.file.apply(made(self.ben), BEN)
        self.consensus = consensus_id(self.file.project().id)

    def agreed(self) -> list[Mention | Claim]:
        """What is agreed, in the order of making."""
        everything: tuple[Mention | Claim, ...] = (
            *self.file.mentions_in(self.article.id),
            *self.file.claims_in(self.article.id),
        )
        return [record for record in everything if record.author == self.consensus]

    def state(self) -> State | None:
        """How far the review of the article is."""
        assignment = self.file.assignment(self.article.id, self.consensus)
        return assignment.state if assignment else None


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    table = Table(tmp_path)
    yield table
    table.file.close()


def test_taking_a_record_makes_an_agreed_one_and_leaves_both_annotators_theirs(table: Table) -> None:
    table.work.do(deciding.decide, table.article.id, Word((table.anna, table.ben), table.anna, reason="boundary"))
    (agreed,) = table.agreed()
    assert isinstance(agreed, Mention)
    assert (agreed.quote, agreed.derived_from) == ("Ana Ruiz", table.anna.id)
    (decision,) = table.file.decisions_in(table.article.id)
    assert (decision.verdict, decision.reason, decision.author) == (Verdict.ACCEPT, "boundary", BEN.annotator)
    assert decision.about == (table.anna.id, table.ben.id)
    assert (decision.taken, decision.result) == (table.anna.id, agreed.id)
    assert table.file.mention(table.anna.id) == table.anna
    assert table.file.mention(table.ben.id) == table.ben
    assert table.state() is State.IN_REVIEW
    (consensus,) = [one for one in table.file.annotators() if one.kind is AnnotatorKind.CONSENSUS]
    assert consensus.id == table.consensus


def test_taking_none_rejects_and_makes_nothing(table: Table) -> None:
    table.work.do(deciding.decide, table.article.id, Word((table.anna, table.ben), note="not a name"))
    assert table.agreed() == []
    (decision,) = table.file.decisions_on(table.ben.id)
    assert (decision.verdict, decision.note) == (Verdict.REJECT, "not a name")


def test_deciding_again_replaces_what_was_decided(table: Table) -> None:
    table.work.do(deciding.decide, table.article.id, Word((table.anna, table.ben), table.anna))
    table.work.do(deciding.decide, table.article.id, Word((table.anna, table.ben), table.ben))
    (agreed,) = table.agreed()
    assert isinstance(agreed, Mention)
    assert agreed.derived_from == table.ben.id
    assert len(table.file.decisions_in(table.article.id)) == 1
    table.work.undo()
    (agreed,) = table.agreed()
    assert isinstance(agreed, Mention)
    assert agreed.derived_from == table.anna.id


def test_an_agreed_claim_is_quoted_in_the_agreed_outer_one_in_any_order(table: Table) -> None:
    words = (Word((table.inner,), table.inner), Word((table.outer,), table.outer))
    table.work.do(deciding.decide, table.article.id, *words)
    claims = {one.derived_from: one for one in table.agreed() if isinstance(one, Claim)}
    assert claims[table.inner.id].within == claims[table.outer.id].id
    assert claims[table.outer.id].within is None


def test_an_agreed_claim_stays_when_the_outer_one_is_reopened(table: Table) -> None:
    table.work.do(deciding.decide, table.article.id, Word((table.outer,), table.outer))
    table.work.do(deciding.decide, table.article.id, Word((table.inner,), table.inner))
    (on_outer,) = table.file.decisions_on(table.outer.id)
    table.work.do(deciding.reopen, on_outer.id)
    (left,) = table.agreed()
    assert isinstance(left, Claim)
    assert (left.derived_from, left.within) == (table.inner.id, None)


@pytest.mark.parametrize("inner_by", [ANNA, BEN])
@pytest.mark.parametrize("order", [("inner", "outer"), ("outer", "inner"), ("both",)])
def test_an_agreed_claim_is_quoted_in_the_agreed_one_whoevers_was_taken_and_when(
    table: Table, inner_by: Author, order: tuple[str, ...]
) -> None:
    outer = make_claim(table.article, TEXT, "Ana Ruiz said the bridge was safe", author=BEN)
    inner = make_claim(table.article, TEXT, "the bridge was safe", author=BEN, within=outer.id)
    table.file.apply(made(outer, inner), BEN)
    taken = inner if inner_by is BEN else table.inner
    words = {"outer": Word((table.outer, outer), table.outer), "inner": Word((table.inner, inner), taken)}
    for step in order:
        table.work.do(deciding.decide, table.article.id, *(words.values() if step == "both" else (words[step],)))
    claims = {one.derived_from: one for one in table.agreed() if isinstance(one, Claim)}
    assert claims[taken.id].within == claims[table.outer.id].id
    assert claims[table.outer.id].within is None


def test_two_claims_that_people_quote_in_each_other_are_agreed_on_without_a_circle(table: Table) -> None:
    outer = make_claim(table.article, TEXT, "Ana Ruiz said the bridge was safe", author=BEN)
    inner = make_claim(table.article, TEXT, "the bridge was safe", author=BEN)
    table.file.apply(made(inner, replace(outer, within=inner.id)), BEN)
    for word in (
        Word((table.inner, inner), table.inner),
        Word((table.outer, outer), replace(outer, within=inner.id)),
    ):
        table.work.do(deciding.decide, table.article.id, word)
    claims = {one.derived_from: one for one in table.agreed() if isinstance(one, Claim)}
    assert claims[table.inner.id].within is None
    assert claims[outer.id].within == claims[table.inner.id].id


def test_an_agreed_outer_claim_that_was_deleted_holds_nothing(table: Table) -> None:
    table.work.do(deciding.decide, table.article.id, Word((table.outer,), table.outer))
    (agreed,) = table.agreed()
    table.work.do(claiming.delete_claim, ClaimId(agreed.id))
    table.work.do(deciding.decide, table.article.id, Word((table.inner,), table.inner))
    (left,) = table.agreed()
    assert isinstance(left, Claim)
    assert (left.derived_from, left.within) == (table.inner.id, None)


def test_there_is_nothing_to_decide_without_records_and_on_what_is_agreed(table: Table) -> None:
    for words in ((), (Word(()),), (Word((table.anna,)), Word(()))):
        with pytest.raises(EditRefused, match="nothing to decide"):
            table.work.do(deciding.decide, table.article.id, *words)
    table.work.do(deciding.decide, table.article.id, Word((table.anna,), table.anna))
    (agreed,) = table.agreed()
    for word in (Word((agreed,)), Word((table.ben, agreed)), Word((table.ben,), agreed)):
        with pytest.raises(EditRefused, match="agreed version already"):
            table.work.do(deciding.decide, table.article.id, word)


def test_what_is_gone_is_neither_reopened_nor_explained(table: Table) -> None:
    table.work.do(deciding.decide, table.article.id, Word((table.anna,), table.anna))
    (decision,) = table.file.decisions_in(table.article.id)
    table.work.do(deciding.reopen, decision.id)
    for gesture in (deciding.reopen, deciding.explain):
        with pytest.raises(EditRefused, match="not in the project any more"):
            table.work.do(gesture, decision.id)


def test_links_of_an_agreed_claim_go_when_its_decision_is_taken_back(table: Table) -> None:
    words = Word((table.outer,), table.outer), Word((table.inner,), table.inner)
    table.work.do(deciding.decide, table.article.id, *words)
    one, other = (ClaimId(claim.id) for claim in table.agreed())
    table.work.do(connecting.connect, "contradicts", Between.CLAIMS, one, other)
    (decision,) = table.file.decisions_on(table.inner.id)
    table.work.do(deciding.reopen, decision.id)
    (left,) = table.agreed()
    assert table.file.links_of(ClaimId(left.id)) == ()


def test_a_decision_is_taken_back_also_where_its_result_was_deleted(table: Table) -> None:
    table.work.do(deciding.decide, table.article.id, Word((table.anna,), table.anna))
    (agreed,) = table.agreed()
    table.work.do(tagging.untag, MentionId(agreed.id))
    (decision,) = table.file.decisions_in(table.article.id)
    table.work.do(deciding.reopen, decision.id)
    assert table.file.decisions_in(table.article.id) == ()


def test_the_review_of_an_article_is_finished_and_goes_on(table: Table) -> None:
    for is_settled, state in ((True, State.REVIEWED), (False, State.IN_REVIEW)):
        edit = table.work.do(deciding.settle_article, table.article.id, is_settled=is_settled)
        assert table.state() is state
        assert edit.subject == (table.article.title, state)
        with pytest.raises(EditRefused, match=f"{state} already"):
            table.work.do(deciding.settle_article, table.article.id, is_settled=is_settled)


def test_what_was_decided_together_may_be_decided_apart_in_one_step(table: Table) -> None:
    table.work.do(deciding.decide, table.article.id, Word((table.anna, table.ben), table.anna))
    edit = table.work.do(
        deciding.decide, table.article.id, Word((table.anna,), table.anna), Word((table.ben,), table.ben)
    )
    assert edit.subject == ("2", "Ana Ruiz")
    assert [one.derived_from for one in table.agreed()] == [table.anna.id, table.ben.id]
    assert [one.about for one in table.file.decisions_in(table.article.id)] == [(table.anna.id,), (table.ben.id,)]


def test_the_agreed_version_can_be_edited_and_nobody_elses(table: Table) -> None:
    table.work.do(deciding.decide, table.article.id, Word((table.inner,), table.inner, Verdict.CHANGE))
    (agreed,) = table.agreed()
    assert isinstance(agreed, Claim)
    table.work.do(lambda records, by: describing.describe_claim(records, by, agreed.id, stance="denies"))
    table.work.do(claiming.add_source, agreed.id, find(TEXT, "the Daily Post"))
    assert table.file.claim(agreed.id).stance == "denies"
    (tagged,) = [one for one in table.agreed() if isinstance(one, Mention)]
    assert tagged.quote == "the Daily Post"
    with pytest.raises(EditRefused, match="by Anna"):
        table.work.do(lambda records, by: describing.describe_claim(records, by, table.inner.id, stance="denies"))
    with pytest.raises(EditRefused, match="by Anna"):
        table.work.do(tagging.untag, table.anna.id)
    assert table.file.claim(table.inner.id) == table.inner


def test_one_may_tag_what_another_has_tagged(table: Table) -> None:
    table.work.do(tagging.tag, table.article.id, find(TEXT, "Ana Ruiz"), "actor")
    with pytest.raises(EditRefused, match="already"):
        table.work.do(tagging.tag, table.article.id, find(TEXT, "Ana Ruiz"), "actor")


def test_a_reviewed_article_is_in_review_again_after_reopening(table: Table) -> None:
    table.work.do(deciding.decide, table.article.id, Word((table.anna,), table.anna))
    table.work.do(deciding.settle_article, table.article.id)
    assert table.state() is State.REVIEWED
    with pytest.raises(EditRefused):
        table.work.do(deciding.settle_article, table.article.id)
    (decision,) = table.file.decisions_in(table.article.id)
    table.work.do(deciding.reopen, decision.id)
    assert table.state() is State.IN_REVIEW
    assert table.agreed() == []


def test_the_review_of_an_article_that_nobody_touched_can_be_finished(table: Table) -> None:
    bare = add_article(table.file, "Nothing here.")
    table.file.apply(made(make_assignment(bare, State.DONE)), ANNA)
    table.work.do(deciding.settle_article, bare.id)
    assignment = table.file.assignment(bare.id, table.consensus)
    assert assignment is not None
    assert assignment.state is State.REVIEWED


def test_a_thread_is_answered_resolved_and_opened_again(table: Table) -> None:
    table.work.do(commenting.comment, table.article.id, "Really an actor? @Anna", table.anna.id)
    (first,) = table.file.comments_on(table.anna.id)
    table.work.do(commenting.reply, first.id, "Yes.")
    table.work.do(commenting.reply, first.id, "", Mark.RESOLVES)
    assert commenting.is_resolved(table.file, first)
    with pytest.raises(EditRefused, match="resolved already"):
        table.work.do(commenting.reply, first.id, "", Mark.RESOLVES)
    table.work.do(commenting.reply, first.id, "Not so fast.", Mark.REOPENS)
    assert not commenting.is_resolved(table.file, first)
    assert [one.text for one in table.file.comments_on(table.anna.id)][1:] == ["Yes.", "", "Not so fast."]


def test_only_who_said_it_changes_or_deletes_a_comment_and_only_unanswered(table: Table) -> None:
    table.work.do(commenting.comment, table.article.id, "Look", "", find(TEXT, "the bridge"))
    (first,) = table.file.comments_in(table.article.id)
    assert first.quote == "the bridge"
    other = Workspace(table.file, ANNA)
    with pytest.raises(EditRefused, match="somebody else"):
        other.do(commenting.change_comment, first.id, "No")
    table.work.do(commenting.change_comment, first.id, "Look here")
    other.do(commenting.reply, first.id, "I do")
    with pytest.raises(EditRefused, match="answered"):
        table.work.do(commenting.delete_comment, first.id)
    with pytest.raises(EditRefused, match="write"):
        table.work.do(commenting.comment, table.article.id, "  ")


def test_a_decision_is_explained_afterwards_and_keeps_its_result(table: Table) -> None:
    table.work.do(deciding.decide, table.article.id, Word((table.anna, table.ben), table.anna))
    (before,) = table.file.decisions_in(table.article.id)
    table.work.do(deciding.explain, before.id, reason="boundary", note="The whole name.", verdict=Verdict.CHANGE)
    (after,) = table.file.decisions_in(table.article.id)
    assert (after.reason, after.note, after.verdict) == ("boundary", "The whole name.", Verdict.CHANGE)
    assert (after.result, after.created) == (before.result, before.created)
    with pytest.raises(EditRefused, match="so already"):
        table.work.do(deciding.explain, before.id, reason="boundary")
    table.work.undo()
    table.work.undo()
    with pytest.raises(EditRefused, match="not in the project"):
        table.work.do(deciding.explain, before.id, reason="label")


def test_zones_are_each_person_s_own(table: Table) -> None:
    Workspace(table.file, ANNA).do(zoning.mark_zone, table.article.id, Span(0, 20), "caption")
    table.work.do(zoning.mark_zone, table.article.id, Span(0, 10), "credit")
    zones = {(zone.author, zone.kind): len(zone.span) for zone in table.file.zones_in(table.article.id)}
    assert zones == {(ANNA.annotator, "caption"): 20, (BEN.annotator, "credit"): 10}
