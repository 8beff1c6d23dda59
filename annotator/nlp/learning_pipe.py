"""What was learned as a spaCy pipeline: names in doc.ents, and the parts of claims in doc.spans.

spaCy finds the component by the package's entry point: spacy.load opens what save_pipeline wrote wherever this program
is installed, without importing it first.
"""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from annotator.domain.spans import Span
from annotator.nlp.learning_claims import ClaimModel, chosen, load_claims
from annotator.nlp.learning_names import NameModel, settings_of
from annotator.nlp.parsed import parsed

FACTORY = "annotator_claims"
GROUPS = ("content", "cue", "source")
"""The span groups; spans of one claim bear its number as their id."""
_NAMES = "annotator_names"
_FILE = "claims.npz"


class ClaimComponent:
    """A component of a spaCy pipeline after its parser: finds claims in a document and puts them in its span groups."""

    def __init__(self, name: str, least: float, *, nested: bool) -> None:
        self.name = name
        self.model: ClaimModel | None = None
        self._least, self._nested = least, nested

    def __call__(self, doc: Doc) -> Doc:
        """The document with the span groups content, cue and source."""
        groups: dict[str, list[Any]] = {group: [] for group in GROUPS}
        if self.model is not None:
            parse = parsed(doc.text, [(0, doc)])
            found = chosen(parse, self.model.weighed(parse, self._least), self._least, nested=self._nested)
            for number, claim in enumerate(found):
                sources = (piece for source in claim.sources for piece in source)
                for group, pieces in zip(GROUPS, (claim.content, claim.cue, sources), strict=True):
                    groups[group] += _spans(doc, pieces, group, number)
        for group, spans in groups.items():
            doc.spans[group] = spans
        return doc

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Writes the weights into a folder of its own, for Language.to_disk."""
        del exclude
        path.mkdir(parents=True, exist_ok=True)
        if self.model is not None:
            self.model.save(path / _FILE)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> "ClaimComponent":
        """Reads what to_disk wrote, for Language.from_disk. Raises OSError or ValueError where it is not whole."""
        del exclude
        self.model = load_claims(path / _FILE)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The same as bytes: so the component goes to spaCy's other processes."""
        del exclude
        written = BytesIO()
        if self.model is not None:
            self.model.save(written)
        return written.getvalue()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "ClaimComponent":
        """Reads what to_bytes made. Raises ValueError where it is not whole."""
        del exclude
        self.model = load_claims(BytesIO(data)) if data else None
        return self


def _spans(doc: Doc, pieces: Iterable[Span], group: str, number: int) -> list[Any]:
    found = (
        doc.char_span(piece.start, piece.end, group, alignment_mode="expand", span_id=str(number)) for piece in pieces
    )
    return [span for span in found if span is not None]


@Language.factory(
    FACTORY, default_config={"least": 0.5, "nested": False}, requires=["token.dep"], assigns=["doc.spans"]
)
def make(nlp: Language, name: str, least: float, nested: bool) -> ClaimComponent:  # noqa: FBT001  # as spaCy calls it
    """The component for a pipeline; least the score that a claim must have, nested whether claims in claims count."""
    del nlp
    return ClaimComponent(name, least, nested=nested)


def save_pipeline(
    pipeline: Any, folder: Path, claims: ClaimModel | None, least: float, names: NameModel | None, *, nested: bool
) -> None:
    """Adds what was learned to a pipeline and writes all of it; learned names take the place of the pipeline's own.

    Raises OSError.
    """
    if names is not None:
        settings = settings_of(pipeline)
        if "ner" in pipeline.pipe_names:
            pipeline.remove_pipe("ner")
        made = pipeline.add_pipe("ner", name=_NAMES, config=settings)
        for label in sorted(names.component.labels):
            made.add_label(label)
        with TemporaryDirectory(prefix="annotator-") as place:  # its bytes cannot be read into a new one
            names.save(Path(place))
            made.from_disk(Path(place))
    if claims is not None:
        pipeline.add_pipe(FACTORY, config={"least": least, "nested": nested}).model = claims
    pipeline.meta["name"] = f"{pipeline.meta['name']}_learned"
    pipeline.to_disk(folder)
