"""An article's parse in plain lists: what the rules look at, whichever pipeline made it and in how many pieces."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from annotator.domain.spans import Span


@dataclass(slots=True)
class Parsed:
    """The tokens of a text, one place in each list for one token; starts and ends are code points of the text.

    heads, firsts and lasts are places of tokens: what a token hangs on (itself for a root), and the first and the
    last one that hang on it. sentences holds the number of each token's sentence. is_parsed is False when a piece
    came without a dependency parse.
    """

    text: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    children: list[list[int]] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    lasts: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    is_parsed: bool = True

    def span(self, first: int, last: int) -> Span:
        """From the first token to the last one, both counted in."""
        return Span(self.starts[first], self.ends[last])

    def child(self, token: int, *links: str) -> int | None:
        """The first token that hangs on a token by one of these links."""
        return next((child for child in self.children[token] if self.links[child] in links), None)


def parsed(text: str, pieces: Iterable[tuple[int, Any]]) -> Parsed:
    """The lists for a text that was parsed in pieces: spaCy documents, each with the code point where it begins."""
    result, sentence = Parsed(text), -1
    for offset, document in pieces:
        base = len(result.starts)
        if not document.has_annotation("DEP"):
            result.is_parsed = False
            continue
        for token in document:
            word = token.text
            start = offset + token.idx
            result.starts.append(start)
            result.ends.append(start + len(word))
            result.words.append(word.lower())
            result.lemmas.append(token.lemma_.lower() or word.lower())
            result.parts.append(token.pos_)
            result.tags.append(token.tag_)
            result.links.append(token.dep_)
            head = token.head.i + base
            result.heads.append(head)
            result.firsts.append(token.left_edge.i + base)
            result.lasts.append(token.right_edge.i + base)
            sentence += bool(token.is_sent_start) or not token.i
            result.sentences.append(sentence)
            result.children.append([])
        for place in range(base, len(result.starts)):
            if result.heads[place] != place:
                result.children[result.heads[place]].append(place)
    return result
