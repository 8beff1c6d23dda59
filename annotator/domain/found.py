"""What a reader finds in a file of another program: articles with annotations, in words of that file.

Nothing here belongs to a project yet: labels are the file's own, records refer to each other by keys that mean
something within one article only (entities: within the whole file). Offsets are code points into the article's text.
"""

from dataclasses import dataclass, field

from annotator.domain.identifiers import Identifier
from annotator.domain.spans import Span
from annotator.domain.values import Value


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """Somebody or something that mentions name. kind is one of the schema's, or empty for the label's first."""

    key: str
    name: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    ids: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundMention:
    """Words under a label of the file. entity is a FoundEntity's key, empty when the file says nothing.

    quote is what the file says stands there, empty when it does not say; attributes have the file's own names.
    """

    label: str
    spans: tuple[Span, ...]
    key: str = ""
    entity: str = ""
    quote: str = ""
    level: str = ""
    note: str = ""
    unsure: bool = False
    annotator: str = ""
    attributes: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundSource:
    """Who says it: words, a mention's key whose entity is meant, or both."""

    spans: tuple[Span, ...] = ()
    mention: str = ""


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """Somebody says something. within is the key of the claim it is quoted in; choices are fields by their names."""

    content: tuple[Span, ...]
    key: str = ""
    sources: tuple[FoundSource, ...] = ()
    cue: tuple[Span, ...] = ()
    within: str = ""
    note: str = ""
    annotator: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    attributes: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundLink:
    """An arrow between two claims of one article, by their keys."""

    label: str
    origin: str
    target: str
    annotator: str = ""


@dataclass(frozen=True, slots=True)
class FoundZone:
    """A stretch that is not plain body."""

    kind: str
    span: Span
    annotator: str = ""


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """One text with all that the file says of it. source names the file, for reports and for imported_from.

    encoding is the one that the file was read in, where that was a choice.
    """

    text: str
    title: str
    source: str
    publisher: str = ""
    byline: str = ""
    url: str = ""
    published: str = ""
    language: str = ""
    entities: tuple[FoundEntity, ...] = ()
    mentions: tuple[FoundMention, ...] = ()
    claims: tuple[FoundClaim, ...] = ()
    links: tuple[FoundLink, ...] = ()
    zones: tuple[FoundZone, ...] = ()
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a file, in a sentence; line counts from 1, 0 when the whole file is meant."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"


_LONGEST_TOLD = 1_000


@dataclass(slots=True)
class Findings:
    """What a reader tells beside the articles: problems, and what the file has that no project keeps, with counts.

    labels are those that a codebook defines, whether anything is marked with them or not. notes are about what
    did come in, and should be looked at.
    """

    problems: list[Problem] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def problem(self, file: str, reason: str, line: int = 0) -> None:
        """Notes a problem; what is concerned is left out, the rest comes in."""
        self.problems.append(Problem(_tellable(file), line, _tellable(reason)))

    def note(self, file: str, reason: str, line: int = 0) -> None:
        """Notes that something came in, but not quite as the file has it."""
        self.notes.append(Problem(_tellable(file), line, _tellable(reason)))

    def leave_out(self, what: str, count: int = 1) -> None:
        """Notes that something was not taken, such as "relations between other things than claims"."""
        what = _tellable(what)
        self.left_out[what] = self.left_out.get(what, 0) + count

    def handed_over(self) -> "Findings":
        """What was found since this was asked last, to be added to others."""
        news = Findings(self.problems, self.left_out, list(self.labels), self.notes)
        self.problems, self.left_out, self.notes = [], {}, []
        return news

    def add(self, news: "Findings") -> None:
        """Takes in what was found elsewhere."""
        self.problems += news.problems
        self.notes += news.notes
        self.labels += [label for label in news.labels if label not in self.labels]
        for what, count in news.left_out.items():
            self.leave_out(what, count)


def _tellable(words: str) -> str:
    """Words with parts of a file in them, not too long, and without halves of letters, which nothing could show."""
    words = words if len(words) <= _LONGEST_TOLD else f"{words[:_LONGEST_TOLD]}…"
    return words if words.isascii() else words.encode("utf-8", "replace").decode("utf-8")


@dataclass(slots=True)
class Losses:
    """What a writer could not carry, in words with counts: "discontiguous mentions", "claims"."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, what: str, count: int = 1) -> None:
        """Counts something that was left out or changed."""
        if count:
            self.counts[what] = self.counts.get(what, 0) + count

    @property
    def sentences(self) -> tuple[str, ...]:
        """One line for each kind of loss."""
        return tuple(f"{count:,} {what}" for what, count in sorted(self.counts.items()))
