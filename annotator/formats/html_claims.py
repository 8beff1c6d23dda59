"""The claims of an article in HTML: each with its chain, its choices and what is said to have happened."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.accounts import Account, account_of, outer_claims
from annotator.domain.claims import Claim
from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.entities import Entity
from annotator.domain.events import Event, Quantity, When
from annotator.domain.ids import ClaimId, EntityId
from annotator.domain.intervals import Interval
from annotator.domain.links import Link
from annotator.formats.html_words import name, words

_USUAL = frozenset({"", "states", "affirms", "certain", "indirect", "named", "article", "neutral"})
"""Choices that are not worth saying."""
_STRONG = frozenset({"denies", "doubts"})


@dataclass(frozen=True, slots=True)
class Numbered:
    """A claim with its number in the article and how deep it is quoted."""

    claim: Claim
    number: int
    depth: int


def numbered(claims: Sequence[Claim]) -> tuple[Numbered, ...]:
    """The claims in reading order, each followed by those that are quoted in it."""
    known = {claim.id for claim in claims}
    inner: dict[ClaimId | None, list[Claim]] = {}
    for claim in claims:
        inner.setdefault(claim.within if claim.within in known else None, []).append(claim)
    found: list[Numbered] = []
    waiting = [(claim, 0) for claim in reversed(inner.get(None, []))]
    while waiting:
        claim, depth = waiting.pop()
        found.append(Numbered(claim, len(found) + 1, depth))
        waiting += [(one, depth + 1) for one in reversed(inner.get(claim.id, []))]
    # Claims that are quoted in each other in a circle hang on nothing.
    shown = {one.claim.id for one in found}
    for claim in claims:
        if claim.id not in shown:
            found.append(Numbered(claim, len(found) + 1, 0))
    return tuple(found)


def claim_list(
    annotated: AnnotatedArticle,
    claims: Sequence[Numbered],
    entities: Mapping[EntityId, Entity],
    links: Mapping[str, Sequence[Link]],
    symmetric: frozenset[str],
) -> Iterator[str]:
    """The section of claims; nothing where there are none. symmetric are the labels of links without a direction."""
    if not claims:
        return
    by_id = {one.claim.id: one.claim for one in claims}
    numbers: dict[str, int] = {one.claim.id: one.number for one in claims}
    yield '<section class="claims"><h2>Who says what</h2><ol>\n'
    for one in claims:
        account = account_of(one.claim, outer_claims(one.claim, by_id.get), annotated.article, entities)
        yield f'<li class="claim c-content" id="c-{words(one.claim.id)}" style="--d:{min(one.depth, 6)}">'
        yield _head(one, account)
        yield f'<blockquote dir="auto">{words(one.claim.quote)}</blockquote>'
        if one.claim.wording:
            yield f'<p class="wording" dir="auto">{words(one.claim.wording)}</p>'
        facts = facts_of(account, links.get(one.claim.id, ()), numbers, symmetric)
        if facts:
            yield "<dl>" + "".join(f"<dt>{words(term)}</dt><dd>{value}</dd>" for term, value in facts) + "</dl>"
        yield "</li>\n"
    yield "</ol></section>\n"


def facts_of(
    account: Account, links: Sequence[Link], numbers: Mapping[str, int], symmetric: frozenset[str]
) -> list[tuple[str, str]]:
    """What is known of a claim beside its words: a term, and what it says as HTML."""
    return [*_said(account), *_happened(account), *_linked(account.claim, links, numbers, symmetric)]


def speakers_of(account: Account) -> tuple[str, ...]:
    """Who passes the claim on and, last, who makes it."""
    return account.path or ("nobody named",)


def choices_of(claim: Claim) -> list[str]:
    """The claim's choices that are worth saying."""
    choices = [claim.stance, claim.act, claim.certainty, claim.manner, claim.medium]
    if claim.source_type not in _USUAL:
        choices.append(f"{claim.source_type} source")
    if claim.author_stance not in _USUAL:
        choices.append(f"article {claim.author_stance}")
    choices.append("unsure" if claim.unsure else "")
    return [choice for choice in choices if choice not in _USUAL]


def _head(one: Numbered, account: Account) -> str:
    *passing, speaker = speakers_of(account)
    steps = "".join(f'<span class="step">{name(step)}</span>' for step in passing)
    steps += f'<span class="step speaker">{name(speaker)}</span>'
    tags = "".join(
        f'<span class="tag{" strong" if choice in _STRONG else ""}">{words(choice)}</span>'
        for choice in choices_of(one.claim)
    )
    return (
        f'<div class="who"><i class="k c-content open" data-k="{one.number}" aria-hidden="true"></i>{steps}{tags}</div>'
    )


def _said(account: Account) -> Iterator[tuple[str, str]]:
    claim = account.claim
    if claim.cue_quote:
        yield "Cue", words(claim.cue_quote)
    if claim.addressee:
        yield "To", name(account.name(claim.addressee.entity) or claim.addressee.quote)
    if claim.said_on:
        yield "Said on", _date(claim.said_on)
    if claim.about:
        yield "About", _names(account, claim.about)
    if claim.note:
        yield "Note", words(claim.note)


def _happened(account: Account) -> Iterator[tuple[str, str]]:
    event: Event = account.claim.event
    kind = " · ".join(words(part) for part in (event.type, event.mode) if part)
    who = _names(account, event.actors)
    to = _names(account, event.recipients)
    if kind or who or to:
        parties = f"{who or '–'} → {to}" if to else who
        yield "Event", ", ".join(part for part in (kind, parties) if part)
    if event.place:
        relation = f"{words(event.relation)} " if event.relation else ""
        yield "Where", f"{relation}{name(account.name(event.place))}"
    if event.date:
        yield "When", _date(event.date)
    for quantity in event.quantities:
        yield quantity.what.capitalize(), _quantity(account, quantity)


def _names(account: Account, entities: Sequence[EntityId]) -> str:
    return ", ".join(name(account.name(entity)) for entity in entities)


def _date(when: When) -> str:
    try:
        days = Interval.spanning(when.earliest, when.latest).words()
    except ValueError:
        days = f"{when.earliest} to {when.latest}"
    quoted = f"“{words(when.words)}”" if when.words else ""
    return " = ".join(part for part in (quoted, words(days)) if part)


def _quantity(account: Account, quantity: Quantity) -> str:
    """The figures first, then the words; words without figures stay words."""
    figures = quantity.figures
    whom = account.name(quantity.whom)
    quoted = f"“{words(quantity.words)}”" if quantity.words else ""
    parts = (f"<b>{figures}</b>" if figures else "", f"of {name(whom)}" if whom else "", quoted)
    return " ".join(part for part in parts if part)


def _linked(
    claim: Claim, links: Sequence[Link], numbers: Mapping[str, int], symmetric: frozenset[str]
) -> Iterator[tuple[str, str]]:
    for link in links:
        other = link.other(claim.id)
        shown = f"claim {numbers[other]}" if other in numbers else "a claim of another article"
        is_from = link.origin != claim.id and link.label not in symmetric
        yield link.label.capitalize(), f'<a href="#c-{words(other)}">{shown}</a>{" → this one" if is_from else ""}'
