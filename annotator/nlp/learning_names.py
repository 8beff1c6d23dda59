"""Names by a model that goes on from the installed pipeline's: trained on a project's mentions under its labels."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.domain.proposals import ProposedMention
from annotator.domain.spans import Span
from annotator.nlp.naming import propose_names
from annotator.nlp.pipelines import pieces

_WORDS_TO_SEE, _FEWEST_PASSES, _MOST_PASSES = 400_000, 2, 15
"""How many words are gone through in all, and how often at least and at most."""
_LARGEST_BATCH, _STEPS_A_PASS, _DROPPED = 24, 8, 0.25
"""Paragraphs that are learned from at once; fewer where there are few, so that there are steps enough."""

Marked = tuple[str, tuple[tuple[Span, str], ...]]
"""A text and what is marked in it: spans in code points with their labels."""


@dataclass(frozen=True, slots=True)
class NameModel:
    """A trained component of a spaCy pipeline, and how often what it proposes was right, by label."""

    component: Any
    scores: Mapping[str, float] = field(default_factory=dict)

    def propose(self, text: str, offset: int, document: Any, proposer: str) -> Iterator[ProposedMention]:
        """The names in a document that begins at a code point of the text. The document's own names are replaced."""
        document.set_ents([], default="missing")
        labels = {label: label for label in self.component.labels}
        yield from propose_names(text, ((offset, self.component(document)),), labels, proposer, scores=self.scores)

    def save(self, folder: Path) -> None:
        """Writes the component's weights into a folder of its own."""
        self.component.to_disk(folder)


def untrained(pipeline: Any, labels: Sequence[str]) -> Any:
    """A component for these labels; it knows words as that of the pipeline does, where that can be taken over."""
    component = pipeline.create_pipe("ner", config=settings_of(pipeline))
    for label in sorted(labels):
        component.add_label(label)
    return component


def settings_of(pipeline: Any) -> dict[str, Any]:
    """How a component has to be made that knows words as the pipeline's own does, where that can be taken over."""
    if "ner" in pipeline.pipe_names:
        found = dict(pipeline.get_pipe_config("ner"))
        # A component that listens to the pipeline's own would have to be trained with it.
        if "Listener" not in str(found["model"]["tok2vec"]):
            return {"model": found["model"]}
    return {}


def learn_names(pipeline: Any, lessons: Sequence[Marked], seed: int) -> Iterator[NameModel | None]:
    """Trains a model, with a None after each pass over the lessons so that it can be given up; the model comes last."""
    # Not at the start: both come with spaCy.
    from thinc.api import fix_random_seed

    fix_random_seed(seed)
    examples = _examples(pipeline, lessons)
    labels = sorted({entity.label_ for example in examples for entity in example.reference.ents})
    component = untrained(pipeline, labels)
    component.initialize(lambda: iter(examples), nlp=pipeline)
    _start_from(component, pipeline)
    optimizer = component.create_optimizer()
    words = sum(len(example.reference) for example in examples)
    shuffled, order = list(examples), random.Random(seed)
    size = max(1, min(_LARGEST_BATCH, len(shuffled) // _STEPS_A_PASS))
    for _ in range(passes(words)):
        order.shuffle(shuffled)
        for start in range(0, len(shuffled), size):
            component.update(shuffled[start : start + size], drop=_DROPPED, sgd=optimizer)
        yield None
    yield NameModel(component)


def passes(words: int) -> int:
    """How often lessons of so many words are gone through."""
    return max(_FEWEST_PASSES, min(_MOST_PASSES, _WORDS_TO_SEE // max(1, words)))


def _start_from(component: Any, pipeline: Any) -> None:
    if "ner" not in pipeline.pipe_names:
        return
    theirs = pipeline.get_pipe("ner").model
    try:
        component.model.get_ref("tok2vec").from_bytes(theirs.get_ref("tok2vec").to_bytes())
    except (KeyError, ValueError):  # a component of another build: the training starts from nothing
        return


def _examples(pipeline: Any, lessons: Sequence[Marked]) -> list[Any]:
    from spacy.training import Example
    from spacy.util import filter_spans

    found = []
    for text, marked in lessons:
        for offset, words in pieces(text):
            predicted, reference = pipeline.make_doc(words), pipeline.make_doc(words)
            end = offset + len(words)
            inside = [(span, label) for span, label in marked if offset <= span.start and span.end <= end]
            spans = (
                reference.char_span(span.start - offset, span.end - offset, label, alignment_mode="expand")
                for span, label in inside
            )
            reference.set_ents(filter_spans([span for span in spans if span is not None]))
            found.append(Example(predicted, reference))
    return found


def load_names(pipeline: Any, folder: Path, labels: Sequence[str], scores: Mapping[str, float]) -> NameModel:
    """What save wrote. Raises OSError, ValueError or KeyError where it is not whole or not made for the pipeline."""
    component = untrained(pipeline, labels)
    component.from_disk(folder)
    return NameModel(component, scores)
