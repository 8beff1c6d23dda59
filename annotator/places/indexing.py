"""What a place is found by: its names' sounds, and marks for the country and the province it lies in."""

from annotator.domain.gazetteers import Listed
from annotator.places.folding import area_key, sound

FORM = 1
"""Raised when the words below change: then what was indexed before is indexed again."""
_LONGEST = 60
"""Letters of a name; longer ones are descriptions."""
_MOST = 80
"""Names of one place."""


def spellings(listed: Listed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names that differ in sound, and those sounds, in step."""
    by_sound: dict[str, str] = {}
    for name in listed.names[:_MOST]:
        # Latin names all in small letters are what a machine made of other scripts: "pl hsar".
        if len(name) <= _LONGEST and not (name.isascii() and name.islower()):
            by_sound.setdefault(sound(name), name)
    by_sound.pop("", None)
    if not by_sound:
        return (listed.name,), (sound(listed.name)[:_LONGEST],)
    return tuple(by_sound.values()), tuple(by_sound)


def spelt(listed: Listed) -> tuple[Listed, tuple[str, ...], tuple[str, ...], str]:
    """The place, its names that differ in sound, those sounds, and the words it is found by."""
    names, sounds = spellings(listed)
    return listed, names, sounds, words(listed, sounds)


def country_mark(country: str) -> str:
    """The word that all places in a country share; no name has it, because names' words do not begin with a 0."""
    return f"0{country.lower()}"


def province_mark(country: str, province: str) -> str:
    """The word that all places in a province share."""
    return f"0{country.lower()}{area_key(province)}"


def words(listed: Listed, sounds: tuple[str, ...]) -> str:
    """All words that the place is found by. Names of two words can be written as one."""
    joined = (both.replace(" ", "") for both in sounds if both.count(" ") == 1 and both.isascii())
    found = dict.fromkeys((*(word for both in sounds for word in both.split()), *joined))
    marks = [country_mark(listed.country)] if listed.country else []
    province = listed.province or (listed.name if listed.level == "province" else "")
    if marks and province:
        marks.append(province_mark(listed.country, province))
    return " ".join((*found, *marks))
