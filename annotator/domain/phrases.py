"""Names and phrases by their letters alone: what a selection can grow to, and which names are not tagged yet."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from annotator.domain.spans import Span

# Words written small inside names, and the words of titles that only join.
_JOINING = "of|de|da|del|dos|du|la|le|van|von|der|den|al|el|bin|ibn|ben|abu|ul|ur|e|i|y|and the|of the|for|&"
_TITLES = "Gen|Col|Lt|Maj|Capt|Sgt|Cpl|Brig|Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Hon|Rev|Amb|Pres"
_OPENING = {"“": "”", "„": "“”", "«": "»", "‹": "›", "「": "」", "『": "』", "(": ")", "[": "]", '"': '"'}
_MARKS = " \u00a0\"'“”„«»‹›‘’"
_CLAUSE = re.compile(r"[,;:—–…!?]|\.(?=\s|$)|\s-\s")
# Words that begin sentences and name nobody.
_COMMON = frozenset(
    "a about above according after again against all almost along already also although among an and another any as at "
    "because been before being below besides between both but by can could despite did do does during each earlier "
    "either even every few first for former from further had has have he hence her here his how however i if in indeed "
    "inside instead into is it its just last late later least less like many may meanwhile more moreover most much "
    "must my near neither never nevertheless next no nobody none nor not nothing now of off officials on once one only "
    "or other others otherwise our out over people perhaps police rather residents said same several she should since "
    "so some sources still such than that the their them then there therefore these they this those though through "
    "thus to today together tomorrow too two under until up upon us very was we were what when where whereas whether "
    "which while who whose why will with within without would yesterday yet you your".split()
)
_NAMES_LIKE_COMMON = frozenset({"US", "WHO"})


@cache
def _name() -> re.Pattern[str]:
    # A capital letter or a digit with letters begins a word of a name; compiled at first use, for it is large.
    upper = "".join(chr(c) for c in range(0x250) if chr(c).isupper())
    upper += "Ѐ-ЯΑ-ΩԱ-Ֆ"
    # “Russia's Vladimir Putin” is two names; “O'Neill”, “F-16” and “AT&T” are one.
    plain = rf"[{upper}](?:[^\W_]|[\u0300-\u036f]|[’'](?![sS]\b)(?=[^\W_\d])|[-&](?=[{upper}\d]))*"
    # Only these keep a full stop inside a name: “Gen. Karimi”, “the U.S. Embassy”, “J. R. Dunn”.
    word = rf"(?:(?:{_TITLES})\.|(?:[{upper}]\.)+|{plain})"
    return re.compile(rf"(?<![^\W_])(?!(?<=[’'])S\b){word}(?:(?:[ \u00a0]|[ \u00a0](?:{_JOINING})[ \u00a0]){word})*")


def names_in(text: str, start: int, end: int) -> Iterator[Span]:
    """Runs of capitalised words between two places, with small joining words inside them, in reading order.

    A word that only begins its sentence and names nobody is no name and not the beginning of one.
    """
    for match in _name().finditer(text, start, end):
        span = _trimmed(text, Span(match.start(), match.end()))
        if span is not None:
            yield span


def name_at(text: str, start: int, end: int, place: Span) -> Span | None:
    """The name between start and end that holds a place."""
    return next((name for name in names_in(text, start, end) if name.contains(place)), None)


def next_name(text: str, offset: int, is_taken: Callable[[Span], bool]) -> Span | None:
    """The first name at or after an offset that is not taken."""
    return next((name for name in names_in(text, offset, len(text)) if not is_taken(name)), None)


def _trimmed(text: str, span: Span) -> Span | None:
    words = span.cut(text)
    first, blank, rest = words.partition(" ")
    if (
        first.casefold() in _COMMON
        and first not in _NAMES_LIKE_COMMON
        and (not rest or _begins_sentence(text, span.start))
    ):
        shift = len(first) + len(blank)
        while rest and not rest[0].isupper():  # “In the Panjshir” loses “the” as well
            small, blank, rest = rest.partition(" ")
            shift += len(small) + len(blank)
        return Span(span.start + shift, span.start + len(words)) if rest else None
    return span


def _begins_sentence(text: str, offset: int) -> bool:
    before = text[max(0, offset - 4) : offset].rstrip(" \"'“”‘’«»(\u00a0")
    return not before or before[-1] in ".!?:;\n\r…\t"


def clause_at(text: str, start: int, end: int, place: Span) -> Span | None:
    """What stands between the punctuation marks around a place, inside start to end."""
    left, right = start, end
    for match in _CLAUSE.finditer(text, start, end):
        if match.end() <= place.start:
            left = match.end()
        elif match.start() >= place.end:
            right = match.start()
            break
    while left < right and text[left] in _MARKS:
        left += 1
    while left < right and text[right - 1] in _MARKS:
        right -= 1
    clause = Span(left, right) if left < right else None
    return clause if clause is not None and clause.contains(place) else None


def quoted_at(text: str, start: int, end: int, place: Span) -> Span | None:
    """The words between the closest quote marks or brackets around a place, without the marks."""
    best: Span | None = None
    for opening in range(start, place.start):
        closings = _OPENING.get(text[opening])
        if not closings:
            continue
        if text[opening] == '"' and text.count('"', start, opening) % 2:
            continue  # it closes
        closing = min((p for c in closings if (p := text.find(c, opening + 1, end)) >= 0), default=-1)
        if closing >= place.end and closing > opening + 1 and opening + 1 <= place.start:
            best = Span(opening + 1, closing)
    return best
