"""Copies that the program makes by itself: why it made them, and which of them stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

ALL_OF = timedelta(days=2)
DAYS, WEEKS, MONTHS = 12, 10, 9
"""How many days, then weeks, then months have a backup that stays."""
MIGRATIONS_FOR = timedelta(days=30)


class Why(StrEnum):
    """What a backup was made before, or after. An arrival is a file from elsewhere as it came, byte by byte."""

    EDITS = "edits"
    CLOSING = "closing"
    MIGRATION = "migration"
    BRING_IN = "bring-in"
    IMPORT = "import"
    BULK = "bulk"
    ARRIVAL = "arrival"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup under its final name: it was read back and compared before it got it.

    made is in UTC. head is the beginning of the hash of the last row of history; origin stands for the place of the
    file that it was made of, so that copies of one project on one machine are told apart.
    """

    path: Path
    made: datetime
    why: Why
    origin: str
    articles: int
    mentions: int
    claims: int
    head: str
    size: int


@dataclass(frozen=True, slots=True)
class Moment:
    """What rotation looks at: when a backup was made (in UTC), and whether before a migration."""

    made: datetime
    is_migration: bool = False


def kept(backups: Sequence[Moment], now: datetime) -> frozenset[int]:
    """Which backups stay, by their places: all of the last two days; of what is older the last one of each of 12 days,
    then of 10 weeks, then of 9 months; and in any case the newest, and those before a migration of the last 30 days.

    Days, weeks and months without a backup do not count: after a year's pause nothing more is gone than before it.
    """
    newest_first = sorted(range(len(backups)), key=lambda place: backups[place].made, reverse=True)
    stay = set(newest_first[:1])
    stay |= {n for n, one in enumerate(backups) if one.is_migration and now - one.made <= MIGRATIONS_FOR}
    stay |= {n for n, one in enumerate(backups) if now - one.made <= ALL_OF}
    left = [place for place in newest_first if now - backups[place].made > ALL_OF]
    # Weeks begin where days end, so that a day that is let go is a candidate for its week.
    for period, most in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        last_of: dict[tuple[int, int], int] = {}
        for place in left:
            if len(last_of) < most:
                last_of.setdefault(period(backups[place].made), place)
        stay |= set(last_of.values())
        left = [place for place in left if period(backups[place].made) not in last_of]
    return frozenset(stay)


def _day(moment: datetime) -> tuple[int, int]:
    return moment.year, moment.timetuple().tm_yday


def _week(moment: datetime) -> tuple[int, int]:
    year, week, _ = moment.isocalendar()
    return year, week


def _month(moment: datetime) -> tuple[int, int]:
    return moment.year, moment.month
