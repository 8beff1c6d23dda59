"""Cues in a parse, with what hangs on them: verbs, nouns, adjectives, adverbs and “according to”."""

from collections.abc import Iterator
from functools import cache

from annotator.domain.spans import Span
from annotator.nlp.attributing_sources import (
    Draft,
    agent_of,
    below,
    cue_of,
    cue_words,
    says_a_clause,
    source_of,
    stretch,
)
from annotator.nlp.parsed import Parsed
from annotator.nlp.word_lists import word_list

_DASHES = frozenset({",", "—", "–", "--", "-"})
_OTHER_MARKS = frozenset(
    {"and", "but", "or", "if", "because", "while", "when", "who", "which", "that", "although", "though"}
)
_STOPS = frozenset(".!?;")
_COUNTED_UP = frozenset({"PROPN", "NOUN", "ADJ", "DET", "NUM", "CCONJ", "PUNCT", "ADP"})
_FARTHEST_SUBJECT = 25
"""Tokens that a subject may have before its verb of saying."""


@cache
def _prepositions() -> dict[str, frozenset[str]]:
    return {word: frozenset(verbs) for word, verbs in word_list("cues")["preposition"].items()}


def drafts(parse: Parsed) -> Iterator[Draft]:
    """What each cue of the text makes, in the order of the cues."""
    nouns, adjectives, adverbs = cue_words("noun"), cue_words("adjective"), cue_words("adverb")
    for token, part in enumerate(parse.parts):
        found: Draft | None = None
        if parse.words[token] in _according_to():
            found = _according(parse, token)
        elif part == "VERB":
            found = _verb(parse, token)
        elif part == "NOUN" and parse.lemmas[token] in nouns:
            found = _noun(parse, token)
        elif part == "ADJ" and parse.lemmas[token] in adjectives:
            found = _adjective(parse, token)
        elif part == "ADV" and parse.words[token] in adverbs:
            found = _adverb(parse, token)
        if found is not None:
            yield found


def _without_aside(parse: Parsed, first: int, last: int) -> int:
    """Where a clause ends before a last “, which …” of the writer's own."""
    for token in range(first + 3, last - 1):
        if parse.words[token] in {"which", "who", "whose"} and parse.words[token - 1] == ",":
            head = token
            while parse.heads[head] != head and parse.links[head] != "relcl":
                head = parse.heads[head]
            if parse.links[head] == "relcl" and parse.lasts[head] >= last - 1:
                return token - 2
    return last


def _verb(parse: Parsed, verb: int) -> Draft | None:
    lemma = parse.lemmas[verb]
    if _remains_to_be_seen(parse, verb):
        return None
    if parse.child(verb, "nsubjpass", "auxpass") is not None and lemma in cue_words("expected"):
        return _passive(parse, verb)
    clause = parse.child(verb, "ccomp")
    # What stands in front of “he decided” is another sentence, of “he said” it is what he said.
    is_placed = clause is not None and (clause > verb or lemma not in cue_words("silent"))
    if clause is not None and is_placed and _is_cue(parse, clause, lemma):
        content = _clause(parse, clause, verb)
        if content:
            return Draft(verb, cue_of(parse, verb), source_of(parse, verb), content, 0.8)
    clause = parse.child(verb, "xcomp")
    if clause is not None and clause > verb:
        has_to = _has_to(parse, clause) and lemma in cue_words("infinitive")
        if has_to or (parse.tags[clause] == "VBG" and lemma in cue_words("clause")):
            return Draft(verb, cue_of(parse, verb), source_of(parse, verb), below(parse, clause), 0.6)
    if lemma in cue_words("clause") and (found := _parenthesis(parse, verb)) is not None:
        return found
    return _verb_of_attitude(parse, verb, lemma)


def _remains_to_be_seen(parse: Parsed, verb: int) -> bool:
    """“It remains to be seen whether …” is said by nobody but the writer."""
    above = parse.heads[verb]
    subject = parse.child(above, "nsubj", "expl")
    return parse.lemmas[above] == "remain" and subject is not None and parse.words[subject] == "it"


def _is_cue(parse: Parsed, clause: int, lemma: str) -> bool:
    if lemma in cue_words("clause"):
        return True
    mark = parse.child(clause, "mark")
    has_that = mark is not None and parse.words[mark] == "that"
    return has_that and lemma not in cue_words("not_with_clause")


def _parenthesis(parse: Parsed, verb: int) -> Draft | None:
    """“The firm, the paper reported, was sold.” The parser hangs the verb of saying on the clause it is about."""
    above = parse.heads[verb]
    subject = parse.child(verb, "nsubj")
    if above == verb or subject is None or parse.links[verb] not in {"parataxis", "ccomp", "advcl", "conj", "dep"}:
        return None
    first, last = parse.firsts[verb], parse.lasts[verb]
    first += parse.words[first] in _DASHES
    last -= parse.words[last] in _DASHES
    before = first - 1
    if before < 0 or parse.words[before] not in _DASHES or parse.words[first] in _OTHER_MARKS:
        return None
    if parse.child(verb, "dobj") is not None or verb - first > _FARTHEST_SUBJECT:
        return None
    begin, end = parse.firsts[above], parse.lasts[above]
    content = stretch(parse, begin, before) if begin <= before else ()
    if last < end and parse.words[last + 1] in _DASHES:
        end -= parse.words[end] in {".", "!", "?"}
        content = (*content, *stretch(parse, last + 1, end))
    return Draft(verb, cue_of(parse, verb), source_of(parse, verb), content, 0.8) if content else None


def _clause(parse: Parsed, clause: int, verb: int) -> tuple[Span, ...]:
    """A clause, in two parts where the cue stands in it; without a clause joined to it that has a cue of its own."""
    first, last = parse.firsts[clause], parse.lasts[clause]
    for child in parse.children[clause]:
        if child > max(clause, verb) and parse.links[child] in {"conj", "advcl"} and says_a_clause(parse, child):
            last = parse.firsts[child] - 1
            if parse.parts[last] == "CCONJ" or (parse.words[last] == "," and parse.parts[last - 1] == "CCONJ"):
                last -= 1
            break
    if first > verb:
        last = _without_aside(parse, first, last)
    if not first <= verb <= last:
        return stretch(parse, first, _end_of_list(parse, last))
    return (*stretch(parse, first, verb - 1), *stretch(parse, verb + 1, last))


def _end_of_list(parse: Parsed, last: int) -> int:
    """Where what is counted up behind a clause ends: “said that three towns were hit: Arga, Belmar and Dolmar”."""
    colon = last if parse.words[last] == ":" else last + 1
    if colon + 1 >= len(parse.words) or parse.words[colon] != ":":
        return last
    end = colon
    while end + 1 < len(parse.words) and parse.parts[end + 1] in _COUNTED_UP and parse.words[end + 1] not in _STOPS:
        end += 1
    is_whole = end + 1 == len(parse.words) or parse.words[end + 1] in _STOPS
    return end if is_whole and end > colon else last


def _has_to(parse: Parsed, clause: int) -> bool:
    mark = parse.child(clause, "aux", "mark")
    return mark is not None and parse.words[mark] == "to"


def _verb_of_attitude(parse: Parsed, verb: int, lemma: str) -> Draft | None:
    source = source_of(parse, verb)
    if not source:
        return None
    for child in parse.children[verb]:
        if child > verb and parse.links[child] == "prep" and lemma in _prepositions().get(parse.words[child], ()):
            inner = parse.child(child, "pobj", "pcomp")
            if inner is not None and child - verb <= 4:
                cue = (
                    cue_of(parse, verb, child)
                    if child == verb + 1
                    else (*cue_of(parse, verb), parse.span(child, child))
                )
                return Draft(verb, cue, source, stretch(parse, child + 1, parse.lasts[child]), 0.45)
    thing = parse.child(verb, "dobj")
    if thing is not None and thing > verb and lemma in cue_words("object") and parse.tags[thing] not in {"WP", "WDT"}:
        last = _end_of_object(parse, verb, thing)
        if parse.firsts[thing] > verb:
            return Draft(verb, cue_of(parse, verb), source, stretch(parse, parse.firsts[thing], last), 0.4)
    return None


def _end_of_object(parse: Parsed, verb: int, thing: int) -> int:
    """Where an object ends with what is said of it: “blamed the police for it”, “called him a liar”."""
    last = parse.lasts[thing]
    for child in parse.children[verb]:
        is_next = parse.firsts[child] == last + 1
        if is_next and (parse.links[child] in {"oprd", "dobj"} or parse.words[child] in {"as", "for", "of"}):
            last = parse.lasts[child]
    return last


def _passive(parse: Parsed, verb: int) -> Draft | None:
    """“He is expected to win”, “it was reported that he won”."""
    subject = parse.child(verb, "nsubjpass")
    clause = parse.child(verb, "ccomp", "xcomp", "oprd", "advcl")
    if clause is None:
        return None
    content = below(parse, clause)
    if subject is not None and parse.words[subject] != "it" and parse.links[clause] in {"xcomp", "oprd"}:
        content = (*below(parse, subject), *content)
    return Draft(verb, cue_of(parse, verb), agent_of(parse, verb), content, 0.5)


def _noun(parse: Parsed, noun: int) -> Draft | None:
    owner = parse.child(noun, "poss")
    by = next((c for c in parse.children[noun] if parse.words[c] in {"by", "from"} and parse.links[c] == "prep"), None)
    source: tuple[Span, ...] = ()
    if owner is not None:
        source = below(parse, owner)
    elif by is not None and (doer := parse.child(by, "pobj")) is not None:
        source = below(parse, doer)
    for child in parse.children[noun]:
        if child <= noun or child == by:
            continue
        link = parse.links[child]
        if link in {"acl", "ccomp"} and parse.tags[child] != "VBN" and (source or link == "acl"):
            mark = parse.child(child, "mark", "aux")
            if mark is not None and parse.words[mark] in {"that", "to", "whether"}:
                return Draft(noun, (parse.span(noun, noun),), source, below(parse, child), 0.5 if source else 0.3)
        if source and link == "prep" and parse.words[child] in cue_words("noun_preposition") and child == noun + 1:
            content = stretch(parse, child + 1, parse.lasts[child])
            if content:
                return Draft(noun, (parse.span(noun, child),), source, content, 0.4)
    return None


def _adjective(parse: Parsed, adjective: int) -> Draft | None:
    source = source_of(parse, adjective)
    if not source and parse.links[adjective] in {"acomp", "attr"}:
        source = source_of(parse, parse.heads[adjective])
    if not source:
        return None
    above = parse.heads[adjective]
    first = above if parse.links[adjective] == "acomp" and 0 < adjective - above <= 3 else adjective
    for child in parse.children[adjective]:
        if child < adjective:
            continue
        if parse.links[child] in {"ccomp", "xcomp"}:
            return Draft(adjective, (parse.span(first, adjective),), source, below(parse, child), 0.45)
        if parse.links[child] == "prep" and child == adjective + 1 and parse.child(child, "pobj", "pcomp") is not None:
            content = stretch(parse, child + 1, parse.lasts[child])
            if content:
                return Draft(adjective, (parse.span(first, child),), source, content, 0.4)
    return None


def _adverb(parse: Parsed, adverb: int) -> Draft | None:
    verb = parse.heads[adverb]
    if verb == adverb:
        return None
    last = parse.lasts[verb]
    content = stretch(parse, parse.firsts[verb], last - 1 if parse.words[last] in {".", "!", "?"} else last)
    return Draft(adverb, (parse.span(adverb, adverb),), (), content, 0.4) if content else None


def _according(parse: Parsed, token: int) -> Draft | None:
    """“according to X”, “in the words of X”: the source is X, the content the rest of the sentence."""
    of = next((token + n - 1 for n in _according_to()[parse.words[token]] if _is_according(parse, token, n)), None)
    inner = parse.child(of, "pobj") or parse.child(token, "pobj") if of is not None else None
    if of is None or inner is None or inner <= of:
        return None
    first, last = _sentence(parse, token)
    end = _end_of_source(parse, of + 1, parse.lasts[inner], last)
    source = stretch(parse, of + 1, end)
    before = stretch(parse, first, token - 1) if first < token else ()
    after: tuple[Span, ...] = ()
    if end < last and (not before or parse.words[end + 1] == ","):
        after = stretch(parse, end + 1, last - 1 if parse.words[last] in {".", "!", "?"} else last)
    content = (*before, *after)
    return Draft(token, (parse.span(token, of),), source, content, 0.82) if content and source else None


def _end_of_source(parse: Parsed, first: int, end: int, last: int) -> int:
    """Without what the parser took for an apposition: in “according to X, Y left” Y does what follows."""
    commas = [token for token in range(first, end) if parse.words[token] == ","]
    is_followed = end < last and parse.parts[end + 1] in {"VERB", "AUX"}
    return commas[0] - 1 if commas and is_followed and commas[0] > first else end


@cache
def _according_to() -> dict[str, tuple[int, ...]]:
    """How many words the phrases have, by their first one."""
    phrases = [phrase.split() for phrase in cue_words("according")]
    return {words[0]: tuple(sorted({len(other) for other in phrases if other[0] == words[0]})) for words in phrases}


def _is_according(parse: Parsed, token: int, length: int) -> bool:
    return " ".join(parse.words[token : token + length]) in cue_words("according")


def _sentence(parse: Parsed, token: int) -> tuple[int, int]:
    """The first and the last token of a token's sentence."""
    first = last = token
    number = parse.sentences[token]
    while first > 0 and parse.sentences[first - 1] == number:
        first -= 1
    while last + 1 < len(parse.sentences) and parse.sentences[last + 1] == number:
        last += 1
    return first, last
