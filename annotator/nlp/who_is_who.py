"""Which of an article's names stand for one person, body or place, by spelling and by which fuller name there is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from annotator.domain.names import fold
from annotator.domain.sameness import PERSON, PLACE
from annotator.domain.spans import Span
from annotator.nlp.name_parts import NameParts, taken_apart
from annotator.nlp.same_names import are_two, compare

_SAME = 0.75
"""Names at least so alike are one's; below that likeness is a reason to ask, not to join."""
_SAME_PLACE = 0.9
"""Two places of one article are one letter apart more often than one place is misspelt."""
_BARE = 0.3
"""A part of a name at least so like that of a fuller one may stand for its bearer."""
_MOST_FORMS = 400
"""Different names that are compared each with each; an article with more is a list, and only its same words are one."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in an article. group is a kind group of sameness; words may differ from the text, without an article."""

    span: Span
    words: str
    group: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a name stands for: number is the same for all names of one, name the fullest that the article has for it.

    may_be are the numbers of those that a shorter name may stand for, when it fits several: nobody is assumed then.
    """

    number: int
    name: str
    may_be: tuple[int, ...] = ()


@dataclass(slots=True)
class _Form:
    """A name as it is written, however often."""

    words: str
    group: str
    parts: NameParts
    count: int = 0
    likely: float = 0.0
    may_be: tuple[int, ...] = ()

    @property
    def names(self) -> int:
        """Of how many names it is: “Bin Laden” is one, as “Laden” is."""
        return len(self.parts.words) - bool(self.parts.surname)

    @property
    def is_bare(self) -> bool:
        """Whether it is a person's single name, which several may bear."""
        return self.group == PERSON and self.names == 1


@dataclass(slots=True)
class _Group:
    """Forms of one bearer so far."""

    forms: list[_Form] = field(default_factory=list)

    @property
    def fullest(self) -> str:
        """The form with most words, then the one that is used most, then the shortest."""
        best = max(self.forms, key=lambda form: (form.names, form.count, -len(form.words)))
        return best.words


def who_is_who(names: Sequence[Name]) -> list[Bearer]:
    """For each name of one article, in its order, whom it stands for.

    A surname, a first name, an acronym or the last word of a body's name stands for the one fuller name that it fits.
    """
    forms: dict[tuple[str, str], _Form] = {}
    for name in names:
        key = fold(name.words), name.group
        form = forms.get(key)
        if form is None:
            form = forms[key] = _Form(name.words, name.group, taken_apart(name.words, name.group))
        form.count += 1
    groups = _grouped(list(forms.values()))
    number = {id(form): place for place, group in enumerate(groups) for form in group.forms}
    fullest = [group.fullest for group in groups]
    return [_bearer(forms[fold(name.words), name.group], number, fullest) for name in names]


def _bearer(form: _Form, number: dict[int, int], fullest: Sequence[str]) -> Bearer:
    own = number[id(form)]
    return Bearer(own, form.words if form.may_be else fullest[own], form.may_be)


def _grouped(forms: list[_Form]) -> list[_Group]:
    groups: list[_Group] = []
    by_group: defaultdict[str, list[_Form]] = defaultdict(list)
    for form in forms:
        by_group[form.group].append(form)
    for group, its in by_group.items():
        first = len(groups)
        # The fullest names first: what is shorter is measured against them.
        for form in sorted(its, key=lambda one: -one.names):
            known = groups[first:] if len(its) <= _MOST_FORMS else []
            _place(form, known, groups, group, first)
    return groups


def _place(form: _Form, known: Sequence[_Group], groups: list[_Group], group: str, first: int) -> None:
    same, bare = _fitting(form, known, group)
    if len(same) == 1 or (same and not form.is_bare):
        known[same[0]].forms.append(form)
    elif len(bare) == 1 and not same:
        known[bare[0]].forms.append(form)
    else:
        form.may_be = tuple(first + place for place in (same or bare))
        groups.append(_Group([form]))


def _fitting(form: _Form, known: Iterable[_Group], group: str) -> tuple[list[int], list[int]]:
    """The groups that bear the same name, the most alike first, and those of which it may be a part."""
    same, bare = list[tuple[float, int]](), list[int]()
    enough = _SAME_PLACE if group == PLACE else _SAME
    for place, other in enumerate(known):
        if group == PERSON and any(are_two(form.parts, one.parts) for one in other.forms):
            continue
        found = [compare(form.parts, one.parts, group) for one in other.forms if not one.may_be]
        whole = max((likeness.score for likeness in found if not likeness.is_bare), default=0.0)
        part = max((likeness.score for likeness in found if likeness.is_bare), default=0.0)
        if whole >= enough:
            same.append((whole, place))
        elif part >= _BARE:
            bare.append(place)
    return [place for _, place in sorted(same, key=lambda one: (-one[0], one[1]))], bare
