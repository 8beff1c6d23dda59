"""Claims over the whole project: sorted lists, accounts that differ, what is wrong; and claims with their chain."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from pathlib import Path

from annotator.domain.accounts import Account, Cluster, account_of, components, outer_claims
from annotator.domain.claim_lists import ClaimFilter, ClaimOrder, Found
from annotator.domain.claims import Claim
from annotator.domain.ids import ClaimId
from annotator.domain.links import CONTRADICTS, DIFFERENT, SAME_EVENT, Link
from annotator.domain.schemas import Schema
from annotator.errors import EditRefused
from annotator.services.workspace import Workspace
from annotator.storage.claim_listing import ClaimReader, claim_of


@dataclass(frozen=True, slots=True)
class ClaimList:
    """The claims that were wanted, in order; bands says where a group of linked claims begins (by event only)."""

    claims: tuple[ClaimId, ...]
    bands: frozenset[int] = frozenset()


def list_claims(project: Path, order: ClaimOrder, wanted: ClaimFilter) -> Iterator[tuple[int, int, ClaimList | None]]:
    """Reads the project's claims in the background; the last step brings the list."""
    reader = ClaimReader(project)
    try:
        total, runs = max(1, reader.count()), list[list[str]]()
        for done, found in reader.keys(order, wanted):
            found.sort()
            runs.append(found)
            yield min(done, total), total, None
        # Merged and not sorted as a whole: one long sort holds the interpreter, and the window would stand still.
        claims = [claim_of(key) for key in merge(*runs)]
        if order is not ClaimOrder.EVENT:
            yield total, total, ClaimList(tuple(claims))
            return
        yield total, total, _by_event(claims, reader.links())
    finally:
        reader.close()


def _by_event(claims: Sequence[ClaimId], links: Sequence[Link]) -> ClaimList:
    """Linked claims beside each other, each group where its first claim stands; single ones after all groups."""
    wanted = set(claims)
    place = {claim: number for number, claim in enumerate(claims)}
    pairs = ((link.origin, link.target) for link in links if link.origin in wanted and link.target in wanted)
    groups = [sorted((ClaimId(id_) for id_ in group), key=place.__getitem__) for group in components(pairs)]
    groups.sort(key=lambda group: place[group[0]])
    grouped = {claim for group in groups for claim in group}
    ordered: list[ClaimId] = []
    bands = set()
    for group in groups:
        bands.add(len(ordered))
        ordered += group
    if groups:
        bands.add(len(ordered))
    ordered += [claim for claim in claims if claim not in grouped]
    return ClaimList(tuple(ordered), frozenset(bands))


def find_clusters(project: Path) -> Iterator[tuple[int, int, tuple[tuple[tuple[ClaimId, ...], tuple[Link, ...]], ...]]]:
    """The groups of claims that are one event or contradict each other, with the links that say so."""
    reader = ClaimReader(project)
    try:
        links = [link for link in reader.links() if link.label in {CONTRADICTS, SAME_EVENT}]
    finally:
        reader.close()
    of: dict[str, list[Link]] = {}
    for link in links:
        of.setdefault(link.origin, []).append(link)
    groups = components((link.origin, link.target) for link in links)
    yield (
        1,
        1,
        tuple(
            (tuple(map(ClaimId, group)), tuple(link for claim in group for link in of.get(claim, ())))
            for group in groups
        ),
    )


def find_problems(project: Path, schema: Schema) -> Iterator[tuple[int, int, tuple[Found, ...]]]:
    """What is wrong with the project's claims and the links between them, by its schema."""
    labels = frozenset({link.key for link in schema.links} | {DIFFERENT})
    required = [attribute for attribute in schema.claim_attributes if attribute.is_on and attribute.required]
    needs_event = schema.event is not None and schema.event.is_on and schema.event.is_required
    reader = ClaimReader(project)
    try:
        total = max(1, reader.count())
        yield 0, total, tuple(reader.broken_links(labels))
        for done, found in reader.problems(required, needs_event=needs_event):
            yield min(done, total), total, tuple(found)
    finally:
        reader.close()


def account(workspace: Workspace, claim: Claim) -> Account:
    """A claim with its article, its chain of speakers, and the entities it names."""
    records = workspace.records
    outers = outer_claims(claim, records.claim)
    named = claim.entities | {source.entity for outer in outers for source in outer.sources if source.entity}
    return account_of(claim, outers, records.article(claim.article), {one: records.entity(one) for one in named})


def read_accounts(workspace: Workspace, claims: Sequence[ClaimId]) -> tuple[Account, ...]:
    """The accounts of these claims; one that is gone meanwhile is left out."""
    found = []
    for claim in claims:
        try:
            found.append(account(workspace, workspace.records.claim(claim)))
        except EditRefused:
            continue
    return tuple(found)


def read_cluster(workspace: Workspace, claims: Sequence[ClaimId], links: tuple[Link, ...]) -> Cluster:
    """The accounts of one group, in the order of their articles' dates."""
    accounts = read_accounts(workspace, claims)
    return Cluster(tuple(sorted(accounts, key=lambda one: (one.article.published, one.claim.id))), links)
