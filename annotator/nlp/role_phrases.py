"""Words that stand for somebody named elsewhere in the article: “the former mayor”, “the union”, and who “she” is."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.sameness import PERSON, PLACE
from annotator.domain.spans import Span
from annotator.nlp.name_parts import TITLES_OF
from annotator.nlp.parsed import Parsed
from annotator.nlp.who_is_who import Bearer, Name
from annotator.nlp.word_lists import word_list

_DEFINITE = frozenset({"the", "this", "that"})
_BODY_PRONOUNS, _PERSON_PRONOUNS = frozenset({"it"}), frozenset({"he", "she"})
_MODIFIERS = frozenset({"compound", "amod", "nmod", "npadvmod"})
_PAST = frozenset({"former", "ex", "late", "outgoing"})
_HYPHENS = frozenset("-\u2010\u2011\u2013")
_MARKS = frozenset('"“”„«»')


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words for somebody, in code points of the text. bearers are those that they may stand for; one when it is clear.

    is_beside is set where the name stands beside them: “the mayor, Ana Ruiz”.
    """

    span: Span
    bearers: tuple[int, ...]
    is_beside: bool


@dataclass(frozen=True, slots=True)
class _Role:
    head: str
    modifiers: frozenset[str]
    is_past: bool

    def is_meant_by(self, phrase: "_Role") -> bool:
        """Whether a phrase says nothing that does not hold for who has the role: it may well leave something out."""
        return self.head == phrase.head and phrase.modifiers <= self.modifiers and self.is_past >= phrase.is_past


def role_phrases(parse: Parsed, names: Sequence[Name], bearers: Sequence[Bearer]) -> Iterator[Phrase]:
    """The phrases of a text in its order; bearers are those of the names, by who_is_who."""
    work = _Phrases(parse, names, bearers)
    for head in range(len(parse.starts)):
        found = work.at(head)
        if found is not None:
            yield found


class _Phrases:
    def __init__(self, parse: Parsed, names: Sequence[Name], bearers: Sequence[Bearer]) -> None:
        self._parse = parse
        self._named: dict[int, int] = {}
        """The bearer of each token that is in a name."""
        self._roots: dict[int, int] = {}
        self._roles: defaultdict[str, list[tuple[_Role, int]]] = defaultdict(list)
        self._beside: dict[int, int] = {}
        self._bodies: defaultdict[str, set[int]] = defaultdict(set)
        for name, bearer in zip(names, bearers, strict=True):
            if name.group == PLACE or bearer.may_be:
                continue
            its = _tokens(parse, name.span)
            self._named.update(dict.fromkeys(its, bearer.number))
            if not its:
                continue
            if name.group == PERSON:
                self._learn(its, bearer.number)
            elif len(words := name.words.split()) > 1:
                self._bodies[words[-1].casefold()].add(bearer.number)

    def _learn(self, its: Sequence[int], bearer: int) -> None:
        """What a person is called where the name stands beside it, and the titles in front of the name."""
        parse = self._parse
        root = next((token for token in its if parse.heads[token] not in its), its[0])
        beside = [child for child in parse.children[root] if parse.links[child] == "appos"]
        if parse.links[root] == "appos":
            head = parse.heads[root]
            while parse.links[head] in {"pobj", "prep"}:  # “the mayor of Orsava, Ana Ruiz”: she is no part of Orsava
                head = parse.heads[head]
            beside.append(head)
        beside += self._after(its[-1] + 1)
        for head in beside:
            if self._is_person(head) and head not in its:
                self._beside[head] = bearer
                self._roles[parse.words[head]].append((self._role(head), bearer))
        if parse.links[root] == "nsubj":  # “Ruiz is the mayor”
            said = (c for c in parse.children[parse.heads[root]] if parse.links[c] == "attr" and self._is_person(c))
            for head in said if parse.lemmas[parse.heads[root]] == "be" else ():
                self._roles[parse.words[head]].append((self._role(head), bearer))
        titles = list[str]()
        at = its[0]
        while at and parse.words[at - 1].strip(".") in word_list("names")["titles"] and at - 1 not in self._named:
            at -= 1
            titles.insert(0, parse.words[at].strip("."))
        if titles and titles[-1] in word_list("names")["person_nouns"]:
            self._roles[titles[-1]].append((_role(titles[-1], titles[:-1]), bearer))

    def _after(self, token: int) -> list[int]:
        """The noun of “, the mayor” after a name, with or without something in brackets between: parsers lose those."""
        words = self._parse.words
        if words[token : token + 1] == ["("]:
            close = next((t for t in range(token, min(token + 6, len(words))) if words[t] == ")"), token)
            token = close + 1
        if words[token : token + 1] == [","] and words[token + 1 : token + 2] in (["the"], ["a"], ["an"]):
            return [self._parse.heads[token + 1]]
        return []

    def at(self, head: int) -> Phrase | None:
        """The phrase whose head is this token."""
        parse = self._parse
        if head in self._named or parse.parts[head] != "NOUN":
            return None
        if head in self._beside:
            return self._phrase(head, (self._beside[head],), is_beside=True)
        if not any(parse.words[child] in _DEFINITE for child in parse.children[head]):
            return None
        role = self._role(head)
        bearers = {bearer for other, bearer in self._roles.get(role.head, ()) if other.is_meant_by(role)}
        if not bearers and not role.modifiers and parse.words[head] == parse.lemmas[head]:
            bearers = self._bodies.get(role.head, set())
        return self._phrase(head, tuple(sorted(bearers)), is_beside=False) if bearers else None

    def _phrase(self, head: int, bearers: tuple[int, ...], *, is_beside: bool) -> Phrase | None:
        parse = self._parse
        first, last = parse.firsts[head], head
        while first < head and (parse.words[first] in _MARKS or parse.links[first] in {"punct", "cc"}):
            first += 1
        if first > 1 and parse.words[first - 1] in _HYPHENS:  # “vice-president” is three tokens to some pipelines
            first -= 2
        for child in parse.children[head]:
            if child == last + 1 and parse.links[child] == "prep" and parse.words[child] == "of":
                last = parse.lasts[child]
        inner = range(first, last + 1)
        stop = next(
            (t for t in inner if t > head and (parse.links[t] == "relcl" or parse.words[t] in {",", "("})), None
        )
        last = stop - 1 if stop is not None else last
        if any(token in self._named for token in range(first, head + 1)):
            return None  # “the Front’s leader” is told apart by hand
        return Phrase(parse.span(first, last), bearers, is_beside)

    def _is_person(self, token: int) -> bool:
        return self._parse.parts[token] == "NOUN" and self._parse.lemmas[token] in word_list("names")["person_nouns"]

    def _role(self, head: int) -> _Role:
        parse = self._parse
        before = [child for child in parse.children[head] if child < head and parse.links[child] in _MODIFIERS]
        if head > 1 and parse.words[head - 1] in _HYPHENS:
            before.append(head - 2)
        return _role(parse.words[head], [parse.words[child] for child in before])


def _role(head: str, words: Sequence[str]) -> _Role:
    """A role with the words that tell it apart, and whether somebody has it no more."""
    times = word_list("names")["times"]
    telling = frozenset(word for word in words if word.isalpha() and word not in times)
    return _Role(head, telling, not _PAST.isdisjoint(words))


def pronoun_bearer(parse: Parsed, span: Span, names: Sequence[Name], bearers: Sequence[Bearer]) -> int | None:
    """Whom a pronoun stands for: the last person, for “it” the last body, before it; a subject before others.

    None where the words are no pronoun, where nobody fits, and where the nearest name is one that fits several.
    """
    word = span.cut(parse.text).casefold()
    group = {PERSON: _PERSON_PRONOUNS, "body": _BODY_PRONOUNS}
    wanted = next((key for key, pronouns in group.items() if word in pronouns), None)
    if wanted is None:
        return None
    own = parse.sentences[at] if (at := bisect_left(parse.starts, span.start)) < len(parse.starts) else -1
    latest: tuple[tuple[int, bool, int], Bearer] | None = None
    for place in range(bisect_right(names, span.start, key=lambda name: name.span.end) - 1, -1, -1):
        name, bearer, its = names[place], bearers[place], _tokens(parse, names[place].span)
        if its and own - parse.sentences[its[0]] > 3:
            break
        if not its or name.group != wanted or _is_other(parse, name, word):
            continue
        is_subject = any(parse.links[token] in {"nsubj", "nsubjpass"} for token in its)
        rank = parse.sentences[its[0]], is_subject, name.span.start
        if latest is None or rank > latest[0]:
            latest = rank, bearer
    return latest[1].number if latest and not latest[1].may_be else None


def _is_other(parse: Parsed, name: Name, pronoun: str) -> bool:
    """Whether a title in front of the name speaks against the pronoun: “Ms Hollis … he”."""
    before = parse.text[max(0, name.span.start - 12) : name.span.start].replace(".", " ").split()
    titles = {*before[-1:], *name.words.split()[:1]}
    return any(title.casefold() in its for key, its in TITLES_OF.items() if key != pronoun for title in titles)


def _tokens(parse: Parsed, span: Span) -> range:
    return range(bisect_left(parse.starts, span.start), bisect_left(parse.starts, span.end))


def numbered(bearers: Sequence[Bearer]) -> Mapping[int, Bearer]:
    """One bearer of each number, one that is sure if there is one."""
    return {bearer.number: bearer for bearer in sorted(bearers, key=lambda one: not one.may_be)}
