"""Annotators: the people and machines that records are signed by."""

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.authors import Timestamp
from annotator.domain.ids import AnnotatorId, ProjectId, derived_id


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


AGREED = "Agreed result"
"""What the annotator is called that signs what reviewers agreed on."""


def consensus_id(project: ProjectId) -> AnnotatorId:
    """The id of the agreed result: every copy of a project has the same, so that results of two reviewers are one's."""
    return AnnotatorId(derived_id(f"agreed result of {project}"))
