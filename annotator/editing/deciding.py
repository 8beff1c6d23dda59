"""Deciding what is agreed: of the records of several annotators, or of one, agreed ones are made; theirs stay."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from annotator.domain.annotators import AGREED, Annotator, AnnotatorKind, consensus_id
from annotator.domain.assignments import Assignment, State
from annotator.domain.authors import Author
from annotator.domain.claims import Claim
from annotator.domain.decisions import Decision, Verdict
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.ids import AnnotatorId, ArticleId, ClaimId, DecisionId, MentionId, ZoneId
from annotator.domain.mentions import Mention
from annotator.domain.records import Records
from annotator.domain.zones import Zone
from annotator.editing.describing import changed
from annotator.editing.queueing import assignment_id
from annotator.errors import EditRefused

Reviewed = Mention | Claim | Zone


@dataclass(frozen=True, slots=True)
class Word:
    """A reviewer's word on one thing: the records about it, and the one that is taken, or none."""

    about: tuple[Reviewed, ...]
    taken: Reviewed | None = None
    verdict: Verdict = Verdict.ACCEPT
    reason: str = ""
    note: str = ""


def decide(records: Records, by: Author, article: ArticleId, *words: Word) -> Edit:
    """Writes decisions and makes agreed records, of one thing or of many at once.

    What was decided on the same records before gives way, with the agreed record that was made of it.
    """
    _check(records, words)
    changes = [*_consensus(records, by), *_in_review(records, by, article, State.IN_REVIEW)]
    agreed: dict[str, str] = {}
    replaced = {decision.id for word in words for decision in _standing(records, word)}
    gone: set[str] = set()
    for word in sorted(words, key=_outer_first):
        before = [decision for decision in _standing(records, word) if decision.id not in gone]
        gone |= {decision.id for decision in before}
        changes += [change for decision in before for change in _taken_back(records, by, decision)]
        made = _agreed(records, by, word.taken, agreed) if word.taken is not None else None
        if made is not None and word.taken is not None:
            agreed |= dict.fromkeys((word.taken.id, *(record.id for record in word.about)), made.id)
            changes.append(Change(None, made))
            if isinstance(made, Claim):
                changes += _quoted_in(records, by, word, made, replaced)
        changes.append(Change(None, _decision(by, article, word, made.id if made else "")))
    return Edit(EditKind.DECIDE, tuple(changes), (str(len(words)), _quote(words[0])))


def reopen(records: Records, by: Author, decision: DecisionId) -> Edit:
    """Takes a decision back, whoever made it, with the agreed record that was made of it."""
    found = records.find(Decision, decision)
    if found is None:
        raise EditRefused("This decision is not in the project any more.")
    opened = _in_review(records, by, found.article, State.IN_REVIEW)
    return Edit(EditKind.REOPEN, (*_taken_back(records, by, found), *opened), ())


def explain(records: Records, by: Author, decision: DecisionId, /, **fields: str | Verdict) -> Edit:
    """Gives a decision another reason or note, or says that its result is changed by hand from now on."""
    before = records.find(Decision, decision)
    if before is None:
        raise EditRefused("This decision is not in the project any more.")
    after = changed(by, before, **fields)
    return Edit(EditKind.DECIDE, (Change(before, after),), ("1", _told(records, before)))


def settle_article(records: Records, by: Author, article: ArticleId, *, is_settled: bool = True) -> Edit:
    """Says that the review of an article is finished, or that it goes on."""
    state = State.REVIEWED if is_settled else State.IN_REVIEW
    changes = _in_review(records, by, article, state)
    if not changes:
        raise EditRefused(f"The article is {state.value} already.")
    return Edit(EditKind.SETTLE_ARTICLE, (*_consensus(records, by), *changes), (records.article(article).title, state))


def _check(records: Records, words: tuple[Word, ...]) -> None:
    consensus = consensus_id(records.project().id)
    if not words or not all(word.about for word in words):
        raise EditRefused("There is nothing to decide here.")
    if any(record.author == consensus for word in words for record in (*word.about, word.taken) if record):
        raise EditRefused("This is the agreed version already; change it, or reopen the decision.")


def _consensus(records: Records, by: Author) -> list[Change]:
    id_ = consensus_id(records.project().id)
    if records.find(Annotator, id_) is not None:
        return []
    now = by.now()
    return [Change(None, Annotator(id_, AGREED, AnnotatorKind.CONSENSUS, now, now))]


def _in_review(records: Records, by: Author, article: ArticleId, state: State) -> list[Change]:
    """The state of the agreed result in an article."""
    consensus, now = consensus_id(records.project().id), by.now()
    before = records.assignment(article, consensus)
    if before is None:
        return [Change(None, Assignment(assignment_id(article, consensus), article, consensus, state, now, now))]
    if before.state is state:
        return []
    return [Change(before, replace(before, state=state, changed=now))]


def _standing(records: Records, word: Word) -> list[Decision]:
    """The decisions made on any of these records before."""
    found = {decision.id: decision for record in word.about for decision in records.decisions_on(record.id)}
    return list(found.values())


def _taken_back(records: Records, by: Author, decision: Decision) -> Iterable[Change]:
    result = _result(records, decision)
    if isinstance(result, Claim):
        for inner in records.claims_within(result.id):
            yield Change(inner, replace(inner, within=None, changed=by.now()))
    links = records.links_of(result.id) if isinstance(result, Claim) else ()
    yield from (Change(link, None) for link in links)
    if result is not None:
        yield Change(result, None)
    yield Change(decision, None)


def _result(records: Records, decision: Decision) -> Reviewed | None:
    if not decision.result:
        return None
    kinds: tuple[type[Mention] | type[Claim] | type[Zone], ...] = (Mention, Claim, Zone)
    found = (records.find(kind, decision.result) for kind in kinds)
    return next((record for record in found if record is not None), None)


def _agreed(records: Records, by: Author, taken: Reviewed, agreed: dict[str, str]) -> Reviewed:
    """An agreed record that says what the taken one says."""
    consensus: AnnotatorId = consensus_id(records.project().id)
    now, id_ = by.now(), by.new_id()
    if isinstance(taken, Mention):
        return replace(taken, id=MentionId(id_), author=consensus, created=now, changed=now, derived_from=taken.id)
    if isinstance(taken, Zone):
        return replace(taken, id=ZoneId(id_), author=consensus, created=now, changed=now)
    within = _agreed_outer(records, taken, agreed)
    return replace(
        taken, id=ClaimId(id_), author=consensus, created=now, changed=now, derived_from=taken.id, within=within
    )


def _agreed_outer(records: Records, taken: Claim, agreed: dict[str, str]) -> ClaimId | None:
    """The agreed claim that stands for the one this is quoted in; none while that one is not settled."""
    if taken.within is None:
        return None
    if taken.within in agreed:
        return ClaimId(agreed[taken.within])
    results = [_result(records, decision) for decision in records.decisions_on(taken.within)]
    return next((result.id for result in reversed(results) if isinstance(result, Claim)), None)


def _quoted_in(records: Records, by: Author, word: Word, outer: Claim, replaced: set[DecisionId]) -> Iterator[Change]:
    """Agreed claims that were settled before this one, in which they are quoted."""
    around, step = set[ClaimId](), outer.within
    while step is not None and (found := records.find(Claim, step)) is not None:
        around.add(step)
        step = found.within
    for inner in {one.id: one for record in word.about for one in records.claims_within(ClaimId(record.id))}.values():
        for decision in records.decisions_on(inner.id):
            result = _result(records, decision)
            if decision.id in replaced or not isinstance(result, Claim) or result.derived_from != inner.id:
                continue
            if result.within is None and result.id not in around:
                yield Change(result, replace(result, within=outer.id, changed=by.now()))


def _outer_first(word: Word) -> tuple[int, int]:
    if not isinstance(word.taken, Claim):
        return (0, 0)
    return (1, -sum(map(len, word.taken.content)))


def _decision(by: Author, article: ArticleId, word: Word, result: str) -> Decision:
    now = by.now()
    return Decision(
        id=DecisionId(by.new_id()),
        article=article,
        verdict=word.verdict if word.taken is not None else Verdict.REJECT,
        about=tuple(record.id for record in word.about),
        author=by.annotator,
        created=now,
        changed=now,
        taken=word.taken.id if word.taken is not None else "",
        result=result,
        reason=word.reason,
        note=word.note.strip(),
    )


def _told(records: Records, decision: Decision) -> str:
    """The words of what was decided on."""
    result = _result(records, decision)
    found = (records.find(kind, id_) for id_ in decision.about for kind in (Mention, Claim))
    record = result or next((one for one in found if one is not None), None)
    return record.quote if isinstance(record, Mention | Claim) else "a record"


def _quote(word: Word) -> str:
    record = word.taken or word.about[0]
    return record.kind if isinstance(record, Zone) else record.quote
