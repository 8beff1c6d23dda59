"""Annotators: the people and machines that records are signed by."""

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.authors import Timestamp
from annotator.domain.ids import AnnotatorId


class AnnotatorKind(StrEnum):
    """What kind of hand made a record."""

    PERSON = "person"
    MACHINE = "machine"
    CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True)
class Annotator:
    """A person, a pipeline, or the agreed result. Two people of one name stay two: the id tells them apart."""

    id: AnnotatorId
    name: str
    kind: AnnotatorKind
    created: Timestamp
    changed: Timestamp
