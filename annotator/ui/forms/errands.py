"""What the inspector's forms ask the window to do; apart from the forms, which are imported when first shown."""

from collections.abc import Callable
from dataclasses import dataclass

from annotator.domain.ids import ArticleId, EntityId
from annotator.domain.links import Link
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span


@dataclass(frozen=True, slots=True)
class MentionErrands:
    """What a mention's form asks the window to do: find opens the finder for its entity."""

    find: Callable[[], None]
    take_out: Callable[[], None]
    remove: Callable[[], None]
    entity: Callable[[str, Callable[[EntityId], None]], None]
    where: Callable[[EntityId], str]
    look_up: Callable[[EntityId], None]


@dataclass(frozen=True, slots=True)
class EntityErrands:
    """What an entity's form asks the window to do."""

    go: Callable[[Mention], None]
    go_to_article: Callable[[ArticleId, Span], None]
    merge: Callable[[EntityId], None]
    split: Callable[[EntityId], None]
    delete: Callable[[EntityId], None]
    link: Callable[[EntityId], None]
    follow: Callable[[Link, str], None]
    look_up: Callable[[EntityId], None]
    point: Callable[[EntityId], None]
    entity: Callable[[str, Callable[[EntityId], None]], None]


@dataclass(frozen=True, slots=True)
class ClaimErrands:
    """What a claim's form asks the window to do."""

    go: Callable[[Span], None]
    around: Callable[[], None]
    add_source: Callable[[], None]
    about: Callable[[], None]
    party: Callable[[str], None]
    place: Callable[[], None]
    link: Callable[[], None]
    follow: Callable[[Link, str], None]
    entity: Callable[[str, Callable[[EntityId], None]], None]
    remove: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Errands:
    """What all forms ask."""

    mention: MentionErrands
    entity: EntityErrands
    claim: ClaimErrands
    leave: Callable[[], None]
