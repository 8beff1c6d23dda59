"""How likely two names stand for one thing, and why. Persons, bodies and places are compared each in their way."""

from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from annotator.domain.sameness import PERSON, PLACE
from annotator.nlp.name_parts import NameParts
from annotator.nlp.sounds import has_vowels_left_out, skeleton, sound
from annotator.nlp.word_lists import word_list

MAY_BE_FAMILY = "may be family"
_FAMILY = 0.35
_BARE = 0.5
_PATRONYMICS = ("ovich", "evich", "ovna", "evna", "ichna", "vych", "ivna")


@dataclass(frozen=True, slots=True)
class Likeness:
    """score from 0 to 1, and why. is_bare: only because one is called by a single name that the other has too."""

    score: float
    why: tuple[str, ...] = ()
    is_bare: bool = False


NOT = Likeness(0.0)


@cache
def _distinct() -> dict[str, int]:
    groups = word_list("names")["distinct"]
    return {name: number for number, names in enumerate(groups) for name in names}


@lru_cache(maxsize=200_000)
def word_likeness(one: str, other: str) -> float:
    """How alike two Latin words of names are, 0 to 1."""
    if one == other:
        return 1.0
    if not one or not other or any(c.isdigit() for c in one + other):
        return 0.0
    if len(one) == 1 or len(other) == 1:
        return 0.8 if one[0] == other[0] or sound(one)[:1] == sound(other)[:1] else 0.0
    groups = _distinct()
    if one in groups and other in groups and groups[one] != groups[other]:
        return 0.0
    return _likeness_of_sounds(one, other)


def _likeness_of_sounds(one: str, other: str) -> float:
    a, b = sound(one), sound(other)
    shorter = min(len(a), len(b))
    if a == b:
        return 0.97
    # Massoud and Massouda, Ivanov and Ivanova, Karim and Karimi: a final vowel makes another person's name.
    ends = one[-1] + other[-1]
    if shorter > 2 and "h" not in ends and _longer_by_a_vowel(*sorted((a, b), key=len)):
        return 0.0
    distance = OSA.distance(a, b)
    if skeleton(one) == skeleton(other) and len(skeleton(one)) > 1:
        if min(_vowels(one), _vowels(other)) == 0 or (len(skeleton(one)) > 3 and _is_within(*sorted((a, b), key=len))):
            return 0.9  # Arabic letters leave vowels out
        if distance == 1 or (distance == 2 and shorter >= 5 and one[0] == other[0] and abs(len(a) - len(b)) < 2):
            return 0.92
    written = min(distance, OSA.distance(one, other))
    if written == 1 and shorter >= 5:
        return 0.85
    return 0.8 if written == 2 and shorter >= 8 else 0.0


def _vowels(word: str) -> int:
    return sum(letter in "aeiouy" for letter in word[1:])


def _longer_by_a_vowel(short: str, long: str) -> bool:
    return len(long) == len(short) + 1 and long.startswith(short) and long[-1] in "ai"


def _is_within(short: str, long: str) -> bool:
    """Whether the letters of short stand in long in their order."""
    letters = iter(long)
    return all(letter in letters for letter in short)


def compare(one: NameParts, other: NameParts, group: str) -> Likeness:
    """How likely two names of entities of one kind group are one entity's."""
    if not one.words or not other.words:
        return _called_like_a_title(*sorted((one, other), key=lambda parts: len(parts.words)))
    short, long = (one, other) if len(one.words) <= len(other.words) else (other, one)
    by_group = {PERSON: _persons, PLACE: _places}
    found = by_group.get(group, _bodies)(short, long)
    is_joined = len(short.words) < len(long.words) and sound("".join(one.words)) == sound("".join(other.words))
    return Likeness(0.9, ("written in one word or in several",)) if is_joined and found.score < 0.9 else found


def _called_like_a_title(short: NameParts, long: NameParts) -> Likeness:
    """“King” beside “Martin Luther King”: a title alone, written as a name, is the surname of the fuller one."""
    is_name = short.name[:1].isupper() and " " not in short.name
    if is_name and len(long.words) > 1 and short.titles == long.words[-1:]:
        return Likeness(_BARE, ("same surname, the other name is missing",), is_bare=True)
    return NOT


def are_two(one: NameParts, other: NameParts) -> bool:
    """Whether what stands beside two names of persons says that they are two: Mr and Mrs, Jr. and Sr."""
    suffixes, pronouns = {one.suffix, other.suffix} - {""}, {one.pronoun, other.pronoun} - {""}
    return len(suffixes) > 1 or len(pronouns) > 1


def _in_order(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """The likeness of the least like words; 0 when the numbers of words differ."""
    if len(one) != len(other):
        return 0.0
    least = 1.0
    for a, b in zip(one, other, strict=True):
        least = min(least, word_likeness(a, b))
        if not least:
            break
    return least


@lru_cache(maxsize=200_000)
def _by_sound(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(words, key=sound))


def _spelling(one: NameParts, other: NameParts, lead: str = "same name") -> str:
    """How the spelling differs, in words."""
    if has_vowels_left_out(one.name) != has_vowels_left_out(other.name) or _script(one.name) != _script(other.name):
        return f"{lead} in another script"
    distance = OSA.distance(" ".join(one.words), " ".join(other.words))
    if not distance:
        return lead
    if [sound(word) for word in one.words] == [sound(word) for word in other.words]:
        return f"{lead}, written otherwise (sounds alike)"
    return f"spelling differs by {distance} letter{'s' if distance > 1 else ''}"


def _script(name: str) -> bool:
    return any("\u0400" <= c <= "\u052f" for c in name)


def _persons(short: NameParts, long: NameParts) -> Likeness:
    """Of two names of persons the one with fewer words comes first."""
    if are_two(short, long):
        return NOT
    found = _single(short, long) if len(short.words) == 1 else _full(short, long)
    if not found.score:
        found = max(_led(short, long), _led(long, short), key=lambda led: led.score)
    if found.score and short.suffix != long.suffix:
        called = f"{MAY_BE_FAMILY}: one is called “{short.suffix or long.suffix}”"
        return Likeness(min(found.score, _FAMILY), (called,), found.is_bare)
    titles = set(short.titles) ^ set(long.titles)
    if found.score and titles and not (short.titles and long.titles):
        shown = " ".join(short.titles or long.titles)
        return Likeness(found.score, (*found.why, f"one has the title “{shown}”"), found.is_bare)
    return found


def _led(short: NameParts, long: NameParts) -> Likeness:
    """“Bin Laden” beside “Osama bin Laden”: the surname with the small word in front of it."""
    if not short.surname or long.surname or short.words[0] not in long.whole:
        return NOT
    alike = word_likeness(short.surname, long.words[-1])
    if alike < 0.85:
        return NOT
    return Likeness(round(_BARE * alike, 3), ("same surname, the other name is missing",), is_bare=True)


def _single(short: NameParts, long: NameParts) -> Likeness:
    word = short.words[0]
    if len(word) == 1:
        return NOT
    if len(long.words) == 1:
        alike = word_likeness(word, long.words[0]) if len(long.words[0]) > 1 else 0.0
        return Likeness(round(alike * 0.9, 3), (_spelling(short, long),)) if alike >= 0.85 else NOT
    likes = [word_likeness(word, own) if len(own) > 1 else 0.0 for own in long.words]
    if max(likes) < 0.85:
        return NOT
    place = max(range(len(likes)), key=lambda i: (likes[i], i))
    if place == long.parent:
        return Likeness(_FAMILY, (f"{MAY_BE_FAMILY}: “{long.name}” names a parent",), is_bare=True)
    if place == len(likes) - 1 or (place == len(likes) - 2 and place > 0):
        return Likeness(round(_BARE * likes[place], 3), ("same surname, the other name is missing",), is_bare=True)
    return Likeness(round(0.4 * likes[place], 3), ("same given name, the surname is missing",), is_bare=True)


def _full(short: NameParts, long: NameParts) -> Likeness:
    if len(short.words) == len(long.words):
        return _as_many(short, long)
    placed = _embedded(short.words, long.words)
    if placed is None:
        return NOT
    alike, places = placed
    extra = [word for place, word in enumerate(long.words) if place not in places]
    has_first, has_last = places[0] == 0, places[-1] == len(long.words) - 1
    if has_first and has_last:
        return _middle(short, alike, extra)
    if places[-1] == len(places) - 1 and len(extra) == 1:
        score = 0.65 if not short.has_initial else 0.4
        return Likeness(round(score * alike, 3), (f"“{extra[0].capitalize()}” follows in one: a second surname?",))
    if has_last and all(word in word_list("names")["prefixes"] or word.startswith("abd") for word in extra):
        return Likeness(round(0.65 * alike, 3), (f"one leaves out “{extra[0].capitalize()}” in front",))
    return _some_in_common(short, alike, extra)


def _some_in_common(short: NameParts, alike: float, extra: list[str], where: str = "besides") -> Likeness:
    if len(short.words) >= 3:
        return Likeness(round(0.65 * alike, 3), (f"{len(short.words)} names in common",))
    return Likeness(_FAMILY, (f"{MAY_BE_FAMILY}: one has “{extra[0].capitalize()}” {where}",))


def _as_many(short: NameParts, long: NameParts) -> Likeness:
    alike = _in_order(short.words, long.words)
    if alike and (short.parent == long.parent or min(short.parent, long.parent) < 0):
        pairs = zip(short.words, long.words, strict=True)
        initials = [sorted(pair, key=len) for pair in pairs if (len(pair[0]) == 1) != (len(pair[1]) == 1)]
        if initials:
            letter, full = initials[0]
            return Likeness(round(0.75 * alike / 0.8, 3), (f"“{letter.upper()}.” fits “{full.capitalize()}”",))
        return Likeness(alike, (_spelling(short, long),))
    # Whose son somebody is does not change places with his own name.
    if not alike and max(short.parent, long.parent) < 0:
        swapped = _in_order(_by_sound(short.words), _by_sound(long.words))
        if swapped >= 0.9:
            return Likeness(round(0.8 * swapped, 3), ("same names in another order",))
    return NOT


def _middle(short: NameParts, alike: float, extra: list[str]) -> Likeness:
    """Where one has more names in the middle."""
    if short.has_initial:
        return Likeness(round(0.6 * alike / 0.8, 3), (f"“{short.words[0].upper()}.” fits",))
    if all(len(word) == 1 for word in extra):
        return Likeness(round(0.85 * alike, 3), (f"one leaves out the initial “{extra[0].upper()}.”",))
    if all(word.endswith(_PATRONYMICS) for word in extra):
        return Likeness(round(0.85 * alike, 3), (f"one leaves out the patronymic “{extra[0].capitalize()}”",))
    return _some_in_common(short, alike, extra, "in the middle")


def _embedded(short: tuple[str, ...], long: tuple[str, ...]) -> tuple[float, list[int]] | None:
    """Where the words of short stand in long, in order and each once, and the likeness of the least like."""
    places, alike, begin = list[int](), 1.0, 0
    for word in short:
        place = next((i for i in range(begin, len(long)) if word_likeness(word, long[i]) >= 0.8), None)
        if place is None:
            return None
        alike = min(alike, word_likeness(word, long[place]))
        places.append(place)
        begin = place + 1
    return alike, places


def _bodies(short: NameParts, long: NameParts) -> Likeness:
    if short.letters and len(long.words) > 1 and short.letters in initials_of(long):
        return Likeness(0.8, (f"“{short.name}” are the first letters of “{long.name}”",))
    alike = _in_order(short.words, long.words)
    if short.acronym and long.acronym:
        return Likeness(1.0, (_spelling(short, long),)) if short.acronym == long.acronym else NOT
    if alike >= 0.8:
        return Likeness(alike, (_spelling(short, long),))
    return _bodies_in_part(short, long)


def _bodies_in_part(short: NameParts, long: NameParts) -> Likeness:
    """Where one has words besides, or has them in another order."""
    a, b = without_ignorable(short.words), without_ignorable(long.words)
    if (a == short.words) != (b == long.words) and (alike := _in_order(a, b)) >= 0.85:
        extra = next(word for word in (*long.words, *short.words) if word not in a or word not in b)
        return Likeness(round(0.8 * alike, 3), (f"same but for “{extra}”",))
    if len(a) == len(b) > 1 and _in_order(_by_sound(a), _by_sound(b)) >= 0.97:
        return Likeness(0.75, ("same words in another order",))
    if len(short.words) == 1 and len(long.words) > 1 and word_likeness(short.words[0], long.words[-1]) >= 0.97:
        return Likeness(0.4, (f"“{short.name}” may be short for “{long.name}”",), is_bare=True)
    return NOT


def without_ignorable(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without words such as “movement” that an organisation's name may come without, unless nothing were left."""
    ignorable = word_list("names")["ignorable"]
    return tuple(word for word in words if word not in ignorable) or words


def initials_of(parts: NameParts) -> frozenset[str]:
    """The acronyms that a name of several words may have: with its small words and without."""
    return frozenset("".join(word[0] for word in words) for words in (parts.words, parts.whole) if len(words) > 1)


def _places(one: NameParts, other: NameParts) -> Likeness:
    alike = _in_order(one.words, other.words)
    if not alike or any(len(word) == 1 for word in (*one.words, *other.words)):
        return NOT
    if one.level and other.level and one.level != other.level:
        return NOT
    if one.level != other.level:
        level = one.level or other.level
        return Likeness(round(0.5 * alike, 3), (_spelling(one, other), f"one is a {level}, the other does not say"))
    return Likeness(alike, (_spelling(one, other),))
