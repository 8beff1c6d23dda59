"""Finding the entities a name may be confused with, without comparing all: by keys that likely pairs share."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from annotator.domain.ids import EntityId
from annotator.domain.sameness import PERSON, Named, Pair, kind_group
from annotator.nlp.name_parts import NameParts, names_in, roles_in, taken_apart
from annotator.nlp.same_names import NOT, Likeness, compare, initials_of, without_ignorable
from annotator.nlp.sounds import skeleton, sound

_MOST_ALIKE = 64
"""Entities under one key that are looked at; more share only a name that is too common to mean anything."""
_MOST_BEARERS = 20
"""More who bear a bare surname make it say nothing."""
_MOST_NAMES = 12
_ROLE = 0.45


@dataclass(frozen=True, slots=True)
class _Prepared:
    named: Named
    group: str
    names: tuple[NameParts, ...]
    roles: frozenset[str]
    is_described: bool
    """Whether it has no name, only a description."""


class NameIndex:
    """Entities by what likely duplicates share. Finding takes the same short time however many there are."""

    def __init__(self) -> None:
        self._prepared: dict[EntityId, _Prepared] = {}
        self._blocks: defaultdict[str, list[EntityId]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._prepared)

    def add(self, named: Named) -> None:
        """Takes an entity in; unnamed sources are left out, and so is one that is in already."""
        prepared = _prepare(named)
        if prepared is None or named.id in self._prepared:
            return
        self._prepared[named.id] = prepared
        for key in dict.fromkeys(_keys(prepared, is_probe=False)):
            self._blocks[key].append(named.id)

    def find(self, named: Named, *, only_later: bool = False) -> list[Pair]:
        """The entities that may be this one, likeliest first. Itself is not among them.

        only_later: those of greater ids, so that going through all entities gives each pair once.
        """
        prepared = self._prepared.get(named.id) or _prepare(named)
        if prepared is None:
            return []
        candidates = self._candidates(prepared)
        if only_later and not _is_single(prepared):  # a single name counts all who bear it
            candidates = [other for other in candidates if other > named.id]
        found = [
            (other, likeness) for other in candidates if (likeness := _likeness(prepared, self._prepared[other])).score
        ]
        bare = sum(likeness.is_bare for _, likeness in found)
        shared = [(other, self._shared(prepared, other, likeness, bare)) for other, likeness in found]
        pairs = [_pair(prepared.named.id, other, likeness) for other, likeness in shared if likeness.score]
        if only_later:
            pairs = [pair for pair in pairs if pair.first == named.id]
        return sorted(pairs, key=lambda pair: (-pair.score, pair.first, pair.second))

    def _candidates(self, prepared: _Prepared) -> list[EntityId]:
        own = prepared.named.id
        keys = dict.fromkeys(_keys(prepared, is_probe=True))
        return list(dict.fromkeys(id_ for key in keys for id_ in self._blocks.get(key, ())[:_MOST_ALIKE] if id_ != own))

    def _shared(self, prepared: _Prepared, other: EntityId, likeness: Likeness, bare: int) -> Likeness:
        """A bare surname that several bear says so, whichever of them is asked about."""
        if not likeness.is_bare:
            return likeness
        bearer = prepared if _is_single(prepared) else self._prepared[other]
        count = bare if bearer is prepared else self._bearers(bearer)
        if count < 2:
            return likeness
        if count > _MOST_BEARERS:
            return NOT
        words = f"{count} entities bear “{bearer.names[0].name}”"
        return Likeness(round(min(likeness.score, 0.4), 3), (*likeness.why, words), is_bare=True)

    def _bearers(self, bearer: _Prepared) -> int:
        others = self._candidates(bearer)
        return sum(_likeness(bearer, self._prepared[other]).is_bare for other in others)


def _pair(one: EntityId, other: EntityId, likeness: Likeness) -> Pair:
    first, second = sorted((one, other))
    return Pair(first, second, likeness.score, likeness.why)


def _is_single(prepared: _Prepared) -> bool:
    return all(len(parts.words) == 1 for parts in prepared.names if parts.words)


def _prepare(named: Named) -> _Prepared | None:
    group = kind_group(named.kind)
    if group is None:
        return None
    bare = [part for name in named.names[:_MOST_NAMES] for part in names_in(name)]
    names = [taken_apart(name, group) for name in dict.fromkeys(bare)]
    # A surname alone among fuller names would make father and son one.
    full = [parts for parts in names if len(parts.words) > 1 or parts.role]
    if group == PERSON and any(len(parts.words) > 1 for parts in full):
        names = full
    roles = {parts.role for parts in names if parts.role}
    roles |= {role for context in named.contexts for role in roles_in(context)} if group == PERSON else set()
    is_described = bool(roles) and not any(parts.words for parts in names)
    return _Prepared(named, group, tuple(names), frozenset(roles), is_described)


def _likeness(one: _Prepared, other: _Prepared) -> Likeness:
    best = NOT
    for a in one.names:
        for b in other.names:
            likeness = compare(a, b, one.group)
            best = likeness if likeness.score > best.score else best
    return best if best.score or not (one.is_described or other.is_described) else _by_role(one, other)


def _by_role(one: _Prepared, other: _Prepared) -> Likeness:
    """An entity that is only described, and one near whose name the same description stands."""
    for described, called in ((one, other), (other, one)):
        shared = described.is_described and {parts.role for parts in described.names} & called.roles
        if shared:
            return Likeness(_ROLE, (f"“{min(shared)}” stands near the other name",))
    return NOT


def _keys(prepared: _Prepared, *, is_probe: bool) -> Iterator[str]:
    """What an entity is kept under, or looked up by. The two differ where a short name looks for longer ones."""
    group = prepared.group
    for parts in prepared.names:
        yield from (f"{group}\t{key}" for key in _name_keys(parts, group, is_probe=is_probe))
    yield from (f"{group}\trole {role}" for role in prepared.roles)


def _name_keys(parts: NameParts, group: str, *, is_probe: bool) -> Iterator[str]:
    bones = [skeleton(word) for word in parts.words]
    if not bones:
        return
    yield from _whole_keys("".join(bones), bones)
    yield f"one word {sound(''.join(parts.words))}"
    single, several = ("S", "B") if is_probe else ("B", "S")
    if len(bones) == 1:
        yield f"{single} {bones[0]}"
        yield f"B {bones[0]}"
        if parts.letters:
            yield f"{'letters of' if is_probe else 'letters'} {parts.letters}"
        return
    yield from (f"{several} {bone}" for bone in dict.fromkeys(bones if group == PERSON else bones[-1:]))
    if parts.surname and group == PERSON:
        yield from (f"{key} {bones[-1]}" for key in (single, "B"))
    if group == PERSON:
        yield from _person_keys(parts, bones, is_probe=is_probe)
        return
    bare = without_ignorable(parts.words)
    if bare != parts.words:
        yield from _whole_keys("".join(map(skeleton, bare)), bones)
        yield f"{'S' if is_probe else 'B'} {skeleton(bare[0])}"
    if len(bones) > 1:
        yield "all " + " ".join(sorted(bones))
        yield from (f"{'letters' if is_probe else 'letters of'} {letters}" for letters in initials_of(parts))


def _whole_keys(whole: str, bones: list[str]) -> Iterable[str]:
    """The whole name's consonants, and with each left out in turn: two that differ by one share one of them."""
    yield f"W {whole}"
    if len(whole) >= 4:
        yield from dict.fromkeys(f"W {whole[:i]}{whole[i + 1 :]}" for i in range(min(len(whole), 24)))
    elif len(bones) == 1 and len(whole) == 3:
        yield from (f"w {whole[:i]}{whole[i + 1 :]}" for i in range(3))


def _person_keys(parts: NameParts, bones: list[str], *, is_probe: bool) -> Iterator[str]:
    initial, last = sound(parts.words[0])[:1], bones[-1]
    if parts.has_initial:
        yield f"{'I' if is_probe else 'J'} {initial} {last}"
        yield f"J {initial} {last}"
    else:
        yield f"{'J' if is_probe else 'I'} {initial} {last}"
        yield from (f"P {min(a, b)} {max(a, b)}" for a, b in combinations(bones[:4] + bones[4:][-1:], 2))
