"""Signs that a token is a cue: what a learned model may know of it, as short strings."""

import math
from collections.abc import Iterator

from annotator.nlp.attributing_sources import cue_words
from annotator.nlp.learning_views import LISTS, View

_FARTHEST_QUOTE = 15
_DEEPEST, _NEAR = 10, 40
_BOUND = frozenset({"prep", "prt", "neg", "aux", "agent", "mark"})
_THINGS = frozenset({"dobj", "attr", "acomp", "pobj"})
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl"})
_HELPING = frozenset({"aux", "auxpass", "neg"})
_SMALL = frozenset('that to of for against about whether if as on with by : , “ "'.split())
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def cue_signs(seen: View, token: int) -> list[str]:
    """What speaks for and against a token's being a cue."""
    lists = lists_of(seen.parse.lemmas[token])
    return [
        "any",
        *_own(seen, token, lists),
        *_hanging(seen, token, lists),
        *_around(seen, token),
        *_quotations(seen, token, lists),
        *_rules(seen, token),
        *_form(seen, token, lists),
        *_place(seen, token),
    ]


def lists_of(lemma: str) -> list[str]:
    """The lists of cues that a lemma stands in."""
    return [name for name in LISTS if lemma in cue_words(name)]


def _own(seen: View, token: int, lists: list[str]) -> Iterator[str]:
    parse = seen.parse
    lemma, part, link = parse.lemmas[token], parse.parts[token], parse.links[token]
    above = parse.heads[token]
    yield from (f"lemma={lemma}", f"part={part}", f"tag={parse.tags[token]}", f"link={link}")
    yield from (f"word={parse.words[token]}", f"lemma,part={lemma} {part}", f"ending={parse.words[token][-3:]}")
    yield from (f"above={parse.lemmas[above]}", f"above part={parse.parts[above]}")
    yield from (f"link,above part={link} {parse.parts[above]}", f"link,above={link} {parse.lemmas[above]}")
    for name in lists:
        yield f"in={name}"
        yield f"in,part={name} {part}"
    root, depth = token, 0
    while parse.heads[root] != root and depth < _DEEPEST:
        root, depth = parse.heads[root], depth + 1
    yield from (f"depth={depth}", f"root={parse.lemmas[root]}")
    yield f"place={min(5, (token - seen.firsts[token]) // 4)}"
    yield f"headline={parse.sentences[token] < 2}"


def _hanging(seen: View, token: int, lists: list[str]) -> Iterator[str]:
    parse, lemma = seen.parse, seen.parse.lemmas[token]
    sides: list[str] = []
    for child in parse.children[token]:
        link, word = parse.links[child], parse.words[child]
        side = ">" if child > token else "<"
        if link == "punct":
            yield f"mark={side}{word}"
            continue
        sides.append(side + link)
        yield f"child={side}{link}"
        yield f"child,lemma={side}{link} {lemma}"
        yield f"child part={side}{link} {parse.parts[child]}"
        for name in lists:
            yield f"child,in={side}{link} {name}"
        if link in _BOUND:
            yield f"child word={side}{link} {word}"
            yield f"child word,lemma={link} {word} {lemma}"
        if link in _THINGS:
            yield f"thing={link} {parse.lemmas[child]}"
        yield from _subject(seen, token, child)
        if link in _CLAUSES:
            yield f"clause tag={link} {parse.tags[child]}"
            for inner in parse.children[child]:
                if parse.links[inner] in {"mark", "aux"}:
                    yield f"clause mark={side}{link} {parse.links[inner]} {parse.words[inner]}"
                    yield f"clause mark,lemma={link} {parse.words[inner]} {lemma}"
    shape = " ".join(sorted(sides))
    yield f"shape={shape}"
    yield f"shape,lemma={shape} {lemma}"


def _subject(seen: View, token: int, child: int) -> Iterator[str]:
    parse = seen.parse
    if parse.links[child] in _SUBJECTS:
        yield f"subject={parse.lemmas[child]}"
        yield f"subject tag={parse.parts[child]} {parse.tags[child]}"
        yield f"subject part,lemma={parse.parts[child]} {parse.lemmas[token]}"
        yield f"subject is a name={parse.text[parse.starts[child]].isupper()}"


def _around(seen: View, token: int) -> Iterator[str]:
    parse, lemma = seen.parse, seen.parse.lemmas[token]
    for step in (-3, -2, -1, 1, 2, 3):
        other = token + step
        if 0 <= other < len(seen):
            yield f"word{step}={parse.words[other]}"
            yield f"part{step}={parse.parts[other]}"
            if abs(step) == 1:
                yield f"word{step},lemma={parse.words[other]} {lemma}"
                yield f"part{step},lemma={parse.parts[other]} {lemma}"


def _quotations(seen: View, token: int, lists: list[str]) -> Iterator[str]:
    lemma, quoted = seen.parse.lemmas[token], seen.quoted
    is_quoted = quoted[token] >= 0
    beside = {quoted[other] for other in range(seen.firsts[token], seen.lasts[token] + 1)} - {-1}
    yield from (f"quoted={is_quoted}", f"quoted,lemma={is_quoted} {lemma}")
    yield from (f"quotations={min(3, len(beside))}", f"quotations,lemma={bool(beside)} {lemma}")
    for name in lists:
        yield f"quoted,in={is_quoted} {name}"
        yield f"quotations,in={bool(beside)} {name}"
    steps = range(1, _FARTHEST_QUOTE)
    before = next((step for step in steps if token >= step and quoted[token - step] >= 0), 0)
    after = next((step for step in steps if token + step < len(seen) and quoted[token + step] >= 0), 0)
    yield from (f"quotation before={min(before, 8)}", f"quotation after={min(after, 8)}")


def _rules(seen: View, token: int) -> Iterator[str]:
    """What the rules make of the token, and whether it stands in what they take for somebody's words."""
    parse, lemma = seen.parse, seen.parse.lemmas[token]
    draft = seen.drafts.get(token)
    score = draft.score if draft else 0.0
    yield from (f"rules={score}", f"rules,lemma={score} {lemma}")
    if draft:
        yield from (f"rules,part={score} {parse.parts[token]}", f"rules source={bool(draft.source)}")
        yield f"rules length={about(len(seen.drafted[token]))}"
    holding = seen.around.get(token, [])
    yield f"inside={min(2, len(holding))}"
    if holding:
        yield f"inside of={max(seen.drafts[one].score for one in holding)}"
        yield f"inside,lemma={lemma}"
        yield f"inside of,lemma={lemma} {parse.lemmas[holding[0]]}"
    else:
        yield f"outside,lemma={lemma}"


def _form(seen: View, token: int, lists: list[str]) -> Iterator[str]:
    """How the word is used: its auxiliaries, what it hangs on, and the small words that follow."""
    parse, lemma, link, tag = seen.parse, seen.parse.lemmas[token], seen.parse.links[token], seen.parse.tags[token]
    above = parse.heads[token]
    helping = " ".join(parse.words[child] for child in parse.children[token] if parse.links[child] in _HELPING)
    yield from (
        f"helped={helping}",
        f"helped,tag={helping} {tag}",
        f"tag,lemma={tag} {lemma}",
        f"link,lemma={link} {lemma}",
    )
    yield f"path={link} {parse.links[above]} {parse.parts[parse.heads[above]]}"
    for name in lists:
        yield from (f"helped,in={helping} {name}", f"link,in={link} {name}", f"tag,in={tag} {name}")
    for name in lists_of(parse.lemmas[above]):
        yield from (f"above in={name}", f"above in,link={name} {link}")
    following = {parse.words[other] for other in range(token + 1, min(seen.lasts[token] + 1, token + 8))}
    for word in sorted(following & _SMALL):
        yield from (f"soon={word}", f"soon,lemma={word} {lemma}")
    yield f"last word={parse.words[seen.lasts[token]]}"


def _place(seen: View, token: int) -> Iterator[str]:
    """Where in the article it is, and which other cues the rules see in its sentence."""
    first, last = seen.firsts[token], seen.lasts[token]
    others = [other for other in range(first, last + 1) if other in seen.drafts and other != token]
    yield f"others={min(3, len(others))}"
    for other in others[:3]:
        score = seen.drafts[other].score
        yield f"other={'<' if other < token else '>'}{score}"
        yield f"other holds={token in seen.drafted[other]} {score}"
    if others and token in seen.drafts:
        yield f"best={seen.drafts[token].score > max(seen.drafts[other].score for other in others)}"
    yield f"paragraph={min(3, seen.paragraphs[token])}"
    near = seen.speech[min(len(seen), token + _NEAR)] - seen.speech[max(0, token - _NEAR)]
    yield f"speech near={near // 10}"


def about(length: int) -> int:
    """A length on a scale on which each step is about half as much again."""
    return int(math.log2(length + 1) * 1.5)
