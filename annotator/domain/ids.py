"""Typed ids. Every id is a UUIDv7 in its usual text form: made once, never reused, sortable by time of making."""

import os
import re
import time
from hashlib import sha256
from typing import NewType

ProjectId = NewType("ProjectId", str)
ArticleId = NewType("ArticleId", str)
AnnotatorId = NewType("AnnotatorId", str)
MentionId = NewType("MentionId", str)
EntityId = NewType("EntityId", str)
ClaimId = NewType("ClaimId", str)
AssignmentId = NewType("AssignmentId", str)
ZoneId = NewType("ZoneId", str)
LinkId = NewType("LinkId", str)
DecisionId = NewType("DecisionId", str)
CommentId = NewType("CommentId", str)
RejectionId = NewType("RejectionId", str)

FORM = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
"""Every id, as a regular expression."""
_FORM = re.compile(FORM)
_VERSION_7 = 7 << 76
_VARIANT = 2 << 62


def uuid7(milliseconds: int, random_bits: int) -> str:
    """The UUIDv7 of RFC 9562 for a Unix time in milliseconds and 74 random bits."""
    high, low = (random_bits >> 62) & 0xFFF, random_bits & ((1 << 62) - 1)
    digits = f"{(milliseconds << 80) | _VERSION_7 | (high << 64) | _VARIANT | low:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def derived_id(words: str) -> str:
    """An id that is the same wherever it is made of the same words: for what exists once in all copies of a project."""
    digest = int.from_bytes(sha256(words.encode()).digest()[:16])
    return uuid7(digest >> 80, digest & ((1 << 74) - 1))


def is_uuid(words: str) -> bool:
    """Whether the words are an id in the usual text form."""
    return _FORM.fullmatch(words) is not None


class IdSource:
    """Makes ids that rise strictly within one process, so that records made in one millisecond keep their order."""

    def __init__(self) -> None:
        self._last_milliseconds = 0
        self._counter = 0

    def __call__(self) -> str:
        """A new id; 12 bits count within the millisecond, 62 are random."""
        now = time.time_ns() // 1_000_000
        if now > self._last_milliseconds:
            self._last_milliseconds, self._counter = now, 0
        else:
            self._counter += 1
            if self._counter > 0xFFF:
                self._last_milliseconds, self._counter = self._last_milliseconds + 1, 0
        return uuid7(self._last_milliseconds, (self._counter << 62) | int.from_bytes(os.urandom(8)) >> 2)
