"""Sources in a parse: whose words a cue says these are, and the stretches of tokens that claims are made of."""

from dataclasses import dataclass
from functools import cache

from annotator.domain.spans import Span
from annotator.nlp.parsed import Parsed
from annotator.nlp.word_lists import word_list

_EDGES = frozenset({",", ";", ":", "-", "–", "—", "--", "(", ")", "...", "…"})
_JOINED = frozenset("conj xcomp advcl pcomp prep ccomp dep parataxis acomp attr".split())
_FARTHEST_ABOVE = 6
"""How many verbs up the parse the one with the subject may be."""
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim being made: spans of the text, and head, the token of the cue that the rest hangs on.

    score is about the share of such claims that people had too in news articles that they annotated.
    """

    head: int
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float


@cache
def cue_words(name: str) -> frozenset[str]:
    """One of the lists of cues."""
    return frozenset(word_list("cues")[name])


def stretch(parse: Parsed, first: int, last: int) -> tuple[Span, ...]:
    """The tokens from first to last without punctuation and blanks at the ends; nothing when no more is left."""
    while first <= last and (parse.words[first] in _EDGES or parse.parts[first] == "SPACE"):
        first += 1
    while first <= last and (parse.words[last] in _EDGES or parse.parts[last] == "SPACE"):
        last -= 1
    return (parse.span(first, last),) if first <= last else ()


def below(parse: Parsed, token: int) -> tuple[Span, ...]:
    """All that hangs on a token."""
    return stretch(parse, parse.firsts[token], parse.lasts[token])


def cue_of(parse: Parsed, verb: int, last: int | None = None) -> tuple[Span, ...]:
    """A verb with the auxiliaries, negation and adverbs in front of it and its particle."""
    first = verb
    while (
        first > 0 and parse.heads[first - 1] == verb and parse.links[first - 1] in {"aux", "auxpass", "neg", "advmod"}
    ):
        if parse.words[first - 1] in {"how", "why", "when", "where"}:
            break
        first -= 1
    end = verb if last is None else last
    particle = parse.child(verb, "prt")
    if particle is not None and verb < particle <= end + 1:
        end = max(end, particle)
    return (parse.span(first, end),)


def source_of(parse: Parsed, verb: int) -> tuple[Span, ...]:
    """Who does what a verb says: its subject, or that of the verb it is joined to; nothing when nobody is named."""
    at = _first_of_pair(parse, verb)
    for _ in range(_FARTHEST_ABOVE):
        if parse.child(at, "nsubjpass", "auxpass") is not None:
            return agent_of(parse, at)
        subject = parse.child(at, "nsubj")
        if subject is not None:
            return _subject(parse, at, subject, verb)
        link, above = parse.links[at], parse.heads[at]
        if link in {"acl", "relcl"} and parse.parts[above] in _NOUNS:
            return bare_noun(parse, above) if parse.tags[at] != "VBN" else ()
        if link not in _JOINED or (link == "ccomp" and not parse.words[at].endswith("ing")):
            break
        at = above
    return _behind_according_to(parse, verb)


def _behind_according_to(parse: Parsed, verb: int) -> tuple[Span, ...]:
    """The subject that the parser takes for an apposition: “according to the Post, a tweet claimed that …”."""
    opening = next((child for child in parse.children[verb] if parse.words[child] == "according"), verb)
    comma = next((token for token in range(opening, verb) if parse.words[token] == ","), None)
    return () if comma is None else stretch(parse, comma + 1, verb - 1)


def _first_of_pair(parse: Parsed, verb: int) -> int:
    """“said” for “added” in “he said it was closed and added that …”: parsers join the second to what was said."""
    above = parse.heads[verb]
    sayer = parse.heads[above]
    is_pair = parse.links[verb] == "conj" and parse.links[above] == "ccomp" and sayer < above
    if is_pair and parse.child(verb, "nsubj", "nsubjpass") is None and says_a_clause(parse, verb):
        return sayer if parse.lemmas[sayer] in cue_words("clause") else verb
    return verb


def agent_of(parse: Parsed, verb: int) -> tuple[Span, ...]:
    """Who does what a passive verb says: “by the police”."""
    agent = parse.child(verb, "agent")
    doer = parse.child(agent, "pobj") if agent is not None else None
    return below(parse, doer) if doer is not None else ()


def _subject(parse: Parsed, at: int, subject: int, verb: int) -> tuple[Span, ...]:
    if parse.tags[subject] in {"WP", "WDT"} and parse.links[at] == "relcl":
        return (parse.span(subject, subject),)
    found = _noun_phrase(parse, subject, verb)
    return found if any(map(str.isalnum, parse.words[subject])) else ()


def _noun_phrase(parse: Parsed, noun: int, verb: int) -> tuple[Span, ...]:
    """A noun with what hangs on it, cut before the verb where a relative clause holds it."""
    first, last = parse.firsts[noun], parse.lasts[noun]
    if first <= verb <= last:
        last = verb - 1 if noun < verb else last
        first = verb + 1 if noun > verb else first
    return stretch(parse, first, last)


def bare_noun(parse: Parsed, noun: int) -> tuple[Span, ...]:
    """A noun with what hangs on it, without clauses."""
    first, last = parse.firsts[noun], noun
    for child in parse.children[noun]:
        if child > noun and parse.links[child] in {"prep", "appos", "compound", "case", "nummod"}:
            if child - last > 2 and parse.links[child] == "appos":
                break
            last = parse.lasts[child]
        elif child > noun and parse.links[child] in {"acl", "relcl", "punct", "conj"}:
            break
    return stretch(parse, min(first, noun), last)


def says_a_clause(parse: Parsed, verb: int) -> bool:
    """Whether a verb is one of saying, with a clause of what is said."""
    return parse.lemmas[verb] in cue_words("clause") and parse.child(verb, "ccomp") is not None
