"""What may be the content, the source and the words of a cue: candidates from the parse, for a model to choose from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.domain.spans import Span
from annotator.nlp.attributing import without
from annotator.nlp.attributing_sources import bare_noun, cue_of, source_of, stretch
from annotator.nlp.learning_views import View

_NO_CONTENT = frozenset({"punct", "aux", "auxpass", "neg", "det"})
_OPENED = frozenset({"prep", "agent", "dative", "prt", "ccomp", "advcl", "acl", "xcomp"})
_INNER = frozenset({"ccomp", "pcomp", "acl", "relcl", "xcomp", "pobj", "dobj"})
_ENDING = frozenset({"conj", "advcl", "cc", "relcl", "prep", "acl", "appos", "punct"})
_JOINTS = frozenset({"CCONJ", "PUNCT", "SCONJ"})
_BESIDE = frozenset({"ccomp", "attr", "xcomp", "advcl", "acl", "nsubj", "dobj", "oprd", "relcl", "pobj"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_DOERS = frozenset({"nsubj", "nsubjpass", "poss", "agent", "csubj", "expl"})
_OBJECTS = frozenset({"prep", "agent", "dobj", "dative", "attr", "appos"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_NAME_PARTS = frozenset({"compound", "nmod", "poss", "amod"})
_FARTHEST_QUOTE = 40
"""Tokens between a cue and a quotation."""
_HIGHEST_CONTENT, _HIGHEST_SOURCE = 4, 6
"""How many words up the parse content and source are looked for."""
_MOST_RIGHT = 5
_LONGEST_CUE = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """Some words, the way in which they were found, and the token that they were found by, where there is one."""

    way: str
    spans: tuple[Span, ...]
    at: int | None = None


def cue_for(seen: View, cue: int) -> tuple[Span, ...]:
    """The words of a cue as the rules see them."""
    draft = seen.drafts.get(cue)
    return draft.cue if draft else cue_of(seen.parse, cue)


def contents(seen: View, cue: int) -> list[Candidate]:
    """What may be the content of a cue, each once; those that the rules would take come first."""
    draft = seen.drafts.get(cue)
    drafted = [Candidate("draft", draft.content)] if draft else []
    ways = (drafted, _hanging(seen, cue), _runs(seen, cue), _sentence(seen, cue), _above(seen, cue))
    words, found = cue_for(seen, cue), dict[tuple[Span, ...], Candidate]()
    for way in (*ways, _quoted(seen, cue), _following(seen, cue)):
        for one in way:
            bare = without(seen.parse.text, one.spans, words)
            if bare and bare not in found:
                found[bare] = Candidate(one.way, bare, one.at)
    return list(found.values())


def _hanging(seen: View, cue: int) -> Iterator[Candidate]:
    """What hangs on the cue, one by one, and parts of it."""
    parse, itself = seen.parse, [(cue, cue)]
    for child in parse.children[cue]:
        link, first, last = parse.links[child], parse.firsts[child], parse.lasts[child]
        if link in _NO_CONTENT:
            continue
        yield Candidate(f"child {link}", seen.pieces(first, last, itself), child)
        if child < cue:
            continue
        if last < parse.lasts[cue]:
            yield Candidate(f"from {link}", seen.pieces(first, parse.lasts[cue], itself), child)
        if link in _OPENED and child < last:
            yield Candidate(f"in {link}", seen.pieces(child + 1, last), child)
        for inner in parse.children[child]:
            if inner > child and parse.links[inner] in _INNER:
                way = f"inner {link} {parse.links[inner]}"
                yield Candidate(way, seen.pieces(parse.firsts[inner], parse.lasts[inner], itself), inner)
            if inner > child and parse.links[inner] in _ENDING and parse.firsts[inner] > first:
                end = parse.firsts[inner] - 1
                while end > child and parse.parts[end] in _JOINTS:
                    end -= 1
                yield Candidate(f"cut {link} {parse.links[inner]}", seen.pieces(first, end, itself), child)


def _runs(seen: View, cue: int) -> Iterator[Candidate]:
    """Several things in a row that hang on the cue."""
    parse = seen.parse
    right = [one for one in parse.children[cue] if one > cue and parse.links[one] not in {"punct", "cc", "aux", "neg"}]
    for place, child in enumerate(right[:_MOST_RIGHT]):
        for other in right[place + 1 : place + 4]:
            if parse.lasts[other] < parse.lasts[cue]:
                way = f"run {parse.links[child]} {parse.links[other]}"
                yield Candidate(way, seen.pieces(parse.firsts[child], parse.lasts[other]), child)


def _sentence(seen: View, cue: int) -> Iterator[Candidate]:
    """Parts of the cue's sentence on one side of it or on both."""
    parse = seen.parse
    first, last = seen.firsts[cue], seen.last_word(cue)
    low = high = cue
    subject = parse.child(cue, *_SUBJECTS)
    if subject is not None:
        low, high = min(cue, parse.firsts[subject]), parse.lasts[subject] if subject > cue else cue
    yield Candidate("rest", seen.pieces(cue + 1, last))
    yield Candidate("own rest", seen.pieces(cue + 1, parse.lasts[cue]))
    yield Candidate("sentence", seen.pieces(first, last, [(low, high)]))
    yield Candidate("before", seen.pieces(first, low - 1))
    yield Candidate("after", seen.pieces(high + 1, last))
    yield Candidate("sentence but clause", seen.pieces(first, last, [(parse.firsts[cue], parse.lasts[cue])]))


def _above(seen: View, cue: int) -> Iterator[Candidate]:
    """What the cue hangs on, and what hangs there beside it."""
    parse, at = seen.parse, cue
    own = (parse.firsts[cue], parse.lasts[cue])
    for height in range(1, _HIGHEST_CONTENT + 1):
        below, at = at, parse.heads[at]
        if at == below:
            return
        last = min(parse.lasts[at], seen.last_word(cue))
        yield Candidate(f"above{height}", seen.pieces(parse.firsts[at], last, [own]), at)
        yield Candidate(f"above{height} but cue", seen.pieces(parse.firsts[at], last, [(cue, cue)]), at)
        for child in parse.children[at]:
            if child != below and parse.links[child] in _BESIDE:
                way = f"beside{height} {parse.links[child]}"
                yield Candidate(way, seen.pieces(parse.firsts[child], parse.lasts[child], [(cue, cue)]), child)


def _quoted(seen: View, cue: int) -> Iterator[Candidate]:
    """The quotations nearest to the cue."""
    ends = [(number, *ends) for number, ends in enumerate(seen.quotes) if ends]
    before = [one for one in ends if one[2] < cue][-1:]
    after = [one for one in ends if one[1] > cue][:2]
    before = [one for one in before if cue - one[2] < _FARTHEST_QUOTE]
    after = [one for one in after if one[1] - cue < _FARTHEST_QUOTE]
    for number, _, last in before:
        yield Candidate("quotation before", (seen.spoken[number],), last)
    for number, first, _ in after[:1]:
        yield Candidate("quotation after", (seen.spoken[number],), first)
    if before and after:
        yield Candidate("quotations", (seen.spoken[before[0][0]], seen.spoken[after[0][0]]), before[0][2])
    if len(after) == 2 and after[1][1] - after[0][2] < 3:
        yield Candidate("quotations after", (seen.spoken[after[0][0]], seen.spoken[after[1][0]]), after[0][1])


def _following(seen: View, cue: int) -> Iterator[Candidate]:
    """The sentences around the cue's."""
    first, following = seen.firsts[cue], seen.lasts[cue] + 1
    if first > 0:
        yield Candidate("sentence before", seen.pieces(seen.firsts[first - 1], first - 1))
    if following == len(seen):
        return
    end = following
    while end + 1 < len(seen) and seen.paragraphs[end + 1] == seen.paragraphs[following]:
        end += 1
    yield Candidate("next sentence", seen.pieces(following, seen.lasts[following]))
    yield Candidate("next paragraph", seen.pieces(following, end))
    if seen.paragraphs[following] == seen.paragraphs[cue]:
        yield Candidate("rest of paragraph", seen.pieces(cue + 1, end))


def sources(seen: View, cue: int) -> list[Candidate]:
    """What may be the source of a cue, each once; the rules' choice comes first. The last one is that none is named."""
    draft = seen.drafts.get(cue)
    found = [Candidate("draft", draft.source)] if draft and draft.source else []
    found += [Candidate("rule", source_of(seen.parse, cue)), *_doers(seen, cue), *_near(seen, cue)]
    return [*_once(found), Candidate("none", ())]


def _once(found: Iterable[Candidate]) -> list[Candidate]:
    once: dict[tuple[Span, ...], Candidate] = {}
    for one in found:
        if one.spans:
            once.setdefault(one.spans, one)
    return list(once.values())


def _doers(seen: View, cue: int) -> Iterator[Candidate]:
    """Subjects, owners and agents of the cue and of what it hangs on."""
    parse, at = seen.parse, cue
    for height in range(_HIGHEST_SOURCE):
        for child in parse.children[at]:
            if child == cue:
                continue
            first, last, link = parse.firsts[child], parse.lasts[child], parse.links[child]
            if link in _DOERS:
                if first <= cue <= last:
                    first, last = (first, cue - 1) if child < cue else (cue + 1, last)
                yield Candidate(f"{height} {link}", stretch(parse, first, last), child)
            if height == 0 and link in _OBJECTS:
                inner = parse.child(child, "pobj")
                if inner is not None:
                    way = f"after {parse.words[child]}"
                    yield Candidate(way, stretch(parse, parse.firsts[inner], parse.lasts[inner]), inner)
                elif link != "prep":
                    yield Candidate(f"{height} {link}", stretch(parse, first, last), child)
        if at != cue and parse.parts[at] in _NOUNS and parse.firsts[at] <= cue:
            yield Candidate(f"{height} noun", bare_noun(parse, at), at)
        if parse.heads[at] == at:
            return
        at = parse.heads[at]


def _near(seen: View, cue: int) -> Iterator[Candidate]:
    """The nearest noun on each side."""
    parse = seen.parse
    sides = {"next": range(cue + 1, min(len(seen), cue + 6)), "last": range(cue - 1, max(-1, cue - 8), -1)}
    for side, places in sides.items():
        token = next((one for one in places if parse.parts[one] in _NOUNS and parse.heads[one] != cue), None)
        if token is None:
            continue
        while parse.heads[token] != token and parse.links[token] in _NAME_PARTS:
            if parse.parts[parse.heads[token]] not in _NOUNS:
                break
            token = parse.heads[token]
        if not parse.firsts[token] <= cue <= parse.lasts[token]:
            yield Candidate(f"{side} noun", stretch(parse, parse.firsts[token], parse.lasts[token]), token)


def cues(seen: View, cue: int) -> list[Candidate]:
    """Which words may make up a cue: as the rules see it, with more in front of it, with more after it."""
    parse = seen.parse
    first, last = seen.firsts[cue], seen.last_word(cue)
    starts, ends = {cue: "cue"}, {cue: "cue"}
    for token in range(max(first, cue - 4), cue):
        if parse.heads[token] == cue or parse.heads[token] == parse.heads[cue] or token == parse.heads[cue]:
            starts.setdefault(token, parse.links[token])
    for child in parse.children[cue]:
        if cue < child <= cue + _LONGEST_CUE:
            ends.setdefault(child, parse.links[child])
            ends.setdefault(min(parse.lasts[child], last), f"all {parse.links[child]}")
            if parse.firsts[child] - 1 > cue:
                ends.setdefault(parse.firsts[child] - 1, f"to {parse.links[child]}")
    found = [Candidate("rule", cue_for(seen, cue))]
    for start, before in starts.items():
        for end, after in ends.items():
            if end - start <= _LONGEST_CUE:
                found.append(Candidate(f"{before} {after}", stretch(parse, start, end), end))
    return _once(found)
