"""Signs for choosing: which words are the content of a cue, which its source, and how far the cue itself reaches."""

from collections.abc import Iterator, Sequence

from annotator.nlp.learning_candidates import Candidate
from annotator.nlp.learning_signs import about, lists_of
from annotator.nlp.learning_views import View, tokens

_OPENERS = frozenset({"that", "to", "whether", "if"})
_VERBS = frozenset({"VERB", "AUX"})
_SURE = 0.8
_FARTHEST = 25


def content_signs(seen: View, cue: int, candidate: Candidate, ways: frozenset[str]) -> list[str]:
    """What speaks for and against a candidate for a cue's content; ways are those of all its candidates."""
    held = tokens(seen.parse, candidate.spans)
    if not held:
        return ["empty"]
    signs = [*_way(seen, cue, candidate, ways), *_words(seen, cue, held, len(candidate.spans))]
    signs += _speech(seen, cue, held, candidate.way)
    signs += _drafted(seen, cue, held, candidate.way)
    if held[0] > cue:
        signs += _ends(seen, cue, held)
    return signs


def overlap(some: frozenset[int], others: frozenset[int]) -> float:
    """What two have in common, from 0 to 1."""
    return len(some & others) / len(some | others) if some or others else 0.0


def _way(seen: View, cue: int, candidate: Candidate, ways: frozenset[str]) -> Iterator[str]:
    parse, way = seen.parse, candidate.way
    lemma, sort = parse.lemmas[cue], way.partition(" ")[0]
    yield from (f"way={way}", f"sort={sort}", f"way,lemma={way} {lemma}", f"sort,lemma={sort} {lemma}")
    yield f"way,part={way} {parse.parts[cue]}"
    for name in lists_of(lemma):
        yield f"way,in={way} {name}"
    if candidate.at is not None:
        at = candidate.at
        yield from (f"at={parse.links[at]} {parse.parts[at]}", f"at lemma={parse.lemmas[at]}")
        yield f"at,lemma={parse.links[at]} {lemma}"
    for other in ways:
        if other.startswith(("child", "quotation")):
            yield f"other={other} {sort}"
            yield f"other,way={other} {way}"


def _words(seen: View, cue: int, held: list[int], pieces: int) -> Iterator[str]:
    parse, first, last = seen.parse, held[0], held[-1]
    lemma = parse.lemmas[cue]
    side = "both" if first < cue < last else ">" if first > cue else "<"
    gap = first - cue if first > cue else max(0, cue - last)
    yield from (f"length={about(len(held))}", f"pieces={pieces}", f"side={side} {parse.parts[cue]}")
    yield from (f"gap={min(gap, 10)}", f"first={parse.words[first]}", f"first,lemma={parse.words[first]} {lemma}")
    yield from (f"last={parse.words[last]}", f"first part={parse.parts[first]}", f"last part={parse.parts[last]}")
    yield f"next={parse.words[last + 1] if last + 1 < len(seen) else ''}"
    yield f"before={parse.words[first - 1] if first else ''}"
    yield f"ends a sentence={last >= seen.lasts[last] - 1}"
    yield f"starts a sentence={first == seen.firsts[first]}"
    yield f"opener={parse.words[first] if parse.words[first] in _OPENERS else ''}"
    yield f"other sentence={seen.firsts[first] != seen.firsts[cue] or seen.firsts[last] != seen.firsts[cue]}"
    yield f"other paragraph={seen.paragraphs[last] != seen.paragraphs[cue]}"


def _speech(seen: View, cue: int, held: list[int], way: str) -> Iterator[str]:
    """How much of it is quoted, whether it cuts a quotation or leaves one of the sentence."""
    inside, numbers = set(held), {seen.quoted[token] for token in held} - {-1}
    quoted = 4 * sum(seen.quoted[token] >= 0 for token in held) // len(held)
    has_verb = any(seen.parse.parts[token] in _VERBS for token in held)
    beside = {seen.quoted[token] for token in range(seen.firsts[cue], seen.lasts[cue] + 1)} - {-1}
    yield from (f"quoted={quoted}", f"quoted,sort={quoted} {way.partition(' ')[0]}")
    yield from (f"quotations={min(3, len(numbers))}", f"leaves quotation={not beside <= numbers}")
    yield f"cuts quotation={any(not inside.issuperset(_core(seen, number)) for number in numbers)}"
    yield from (f"verb={has_verb}", f"verb,way={has_verb} {way}")


def _core(seen: View, number: int) -> range:
    ends = seen.quotes[number]
    return range(ends[0] + 1, ends[1]) if ends else range(0)


def _drafted(seen: View, cue: int, held: list[int], way: str) -> Iterator[str]:
    """How near it comes to what the rules take, and whether it holds cues that they are sure of."""
    draft = seen.drafts.get(cue)
    if draft:
        near = int(5 * overlap(frozenset(held), seen.drafted[cue]))
        yield from (f"near={near}", f"near,rules={near} {draft.score}", f"near,lemma={near} {seen.parse.lemmas[cue]}")
    else:
        yield f"no rules,way={way}"
    holds = sum(1 for token in held if token in seen.drafts and seen.drafts[token].score >= _SURE)
    yield f"holds={min(2, holds)}"


def _ends(seen: View, cue: int, held: list[int]) -> Iterator[str]:
    """Of what hangs on the cue, what it takes in and what not, and how it is cut off."""
    parse, first, last, lemma = seen.parse, held[0], held[-1], seen.parse.lemmas[cue]
    for child in parse.children[cue]:
        link = parse.links[child]
        if child <= cue or link == "punct":
            continue
        begin, end = parse.firsts[child], parse.lasts[child]
        if begin >= first - 1 and end <= last + 1:
            how = "in"
        else:
            how = "out" if begin > last else "passed" if end < first else "part"
        yield from (f"{how}={link}", f"{how},word={link} {parse.words[begin]}", f"{how},lemma={link} {lemma}")
        if begin > cue + 1:
            yield f"{how},before={link} {parse.words[begin - 1]}"
    following, inside = last + 1, set(held)
    yield f"commas={min(3, sum(parse.words[token] == ',' for token in held))}"
    if following == len(seen) or seen.firsts[following] != seen.firsts[cue]:
        return
    yield f"next link={parse.links[following]} {parse.heads[following] in inside}"
    yield f"next,link={parse.words[following]} {parse.links[following]}"
    stop = min(seen.lasts[cue] + 1, following + _FARTHEST)
    left = next((token for token in range(following, stop) if parse.heads[token] in inside), None)
    if left is not None:
        yield from (f"leaves={parse.links[left]}", f"leaves,word={parse.links[left]} {parse.words[parse.firsts[left]]}")
        yield f"leaves,comma={parse.links[left]} {parse.words[following] == ','}"


def source_signs(seen: View, cue: int, candidates: Sequence[Candidate], content: frozenset[int]) -> list[list[str]]:
    """What speaks for and against each candidate for a cue's source."""
    has_rule = candidates[0].way in {"draft", "rule"}
    return [_source(seen, cue, one, place, content, has_rule=has_rule) for place, one in enumerate(candidates)]


def _source(
    seen: View, cue: int, candidate: Candidate, place: int, content: frozenset[int], *, has_rule: bool
) -> list[str]:
    parse, way, held = seen.parse, candidate.way, tokens(seen.parse, candidate.spans)
    kinds = (parse.lemmas[cue], parse.parts[cue], parse.tags[cue], parse.links[cue])
    signs = [f"way={way}", *(f"way,{number}={way} {kind}" for number, kind in enumerate(kinds))]
    signs += [f"way,rules={way} {has_rule}"]
    if not held:
        return [*signs, f"nobody of={min(3, place)}"]
    is_in, first = not content.isdisjoint(held), held[0]
    signs += [f"length={min(9, len(held))}", f"first part={parse.parts[first]}", f"first={parse.words[first]}"]
    signs += [f"in content={is_in}", f"in content,way={is_in} {way}", f"place={place}"]
    signs += [f"quoted={seen.quoted[first] >= 0} {seen.quoted[cue] >= 0}", f"before={first < cue}"]
    signs += [f"same sentence={seen.firsts[first] == seen.firsts[cue]}", f"gap={min(12, abs(first - cue))}"]
    signs += [f"rule={way in {'draft', 'rule'}}"]
    if candidate.at is not None:
        at = candidate.at
        signs += [f"at={parse.parts[at]} {parse.tags[at]}", f"at word={parse.lemmas[at]}"]
        signs += [f"is a name={parse.text[parse.starts[at]].isupper()}"]
    return signs


def extent_signs(seen: View, cue: int, candidate: Candidate, taken: frozenset[int]) -> list[str]:
    """What speaks for and against a candidate for the words of a cue; taken are those of content and source."""
    parse, held, way = seen.parse, tokens(seen.parse, candidate.spans), candidate.way
    if not held:
        return ["empty"]
    lemma, part, first, last = parse.lemmas[cue], parse.parts[cue], held[0], held[-1]
    following = last + 1
    is_next = following in taken
    signs = [f"way={way}", f"way,lemma={way} {lemma}", f"way,part={way} {part}", f"length={min(9, len(held))}"]
    signs += [f"length,way={len(held)} {way}", f"first={parse.words[first]}", f"last={parse.words[last]}"]
    signs += [f"last,lemma={parse.words[last]} {lemma}", f"before={cue - first}", f"after={last - cue}"]
    signs += [f"touches={is_next}", f"touches,way={is_next} {way}", f"takes={min(3, len(taken.intersection(held)))}"]
    signs += [f"last part={parse.parts[last]}", f"last,touches={parse.parts[last]} {is_next}"]
    signs += [f"first part={parse.parts[first]} {parse.tags[first]}"]
    if following < len(seen):
        signs += [f"next={parse.words[following]}", f"next part={parse.parts[following]}"]
        signs += [
            f"next,touches={parse.words[following]} {is_next}",
            f"next,last={parse.words[following]} {last - cue}",
        ]
    if first:
        signs += [f"left={parse.words[first - 1]}", f"left link={parse.links[first - 1]}"]
    return signs
