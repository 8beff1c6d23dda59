"""How names are compared: without case, accents, extra blanks and a possessive ending."""

import re
import unicodedata

_WORD = re.compile(r"\w+")
_POSSESSIVE = re.compile(r"['’]s$")


class _Accents(dict[int, int | None]):
    """For str.translate, which is three times as fast as looking at each letter: accents go, the others stay."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.combining(chr(code)) else code
        self[code] = kept
        return kept


_ACCENTS = _Accents()


def fold(name: str) -> str:
    """The form two spellings share when they differ only in case, accents, blanks or a possessive 's."""
    plain = name
    if not name.isascii():  # most names are, and an article with 20,000 mentions is opened faster for it
        plain = unicodedata.normalize("NFKD", name).translate(_ACCENTS)
    return " ".join(_POSSESSIVE.sub("", plain.strip().casefold()).split())


def words_of(folded: str) -> list[str]:
    """The words of a folded name, as entities are keyed by them."""
    return _WORD.findall(folded)


def name_keys(names: tuple[str, ...]) -> frozenset[str]:
    """What an entity is looked up by: each whole name, folded, and each word of it."""
    folded = [fold(name) for name in names]
    return frozenset(key for name in folded for key in (name, *words_of(name)) if key)


_PRONOUNS = frozenset(
    "he she it they him her them his hers its their theirs himself herself itself themselves "
    "i we me us my our mine ours you your yours who whom whose this that these those".split()
)
# Small words that a name may begin with although they are not capitalised.
_PARTICLES = frozenset("al abu ben bin da de del den der di dos du el ibn la le ter van von".split())


def guessed_level(quote: str) -> str:
    """Pronoun by the list; name when it begins like one, "the" aside, or its script has no capitals; else nominal."""
    words = [word for word in _WORD.findall(quote) if word.casefold() != "the"]
    if len(words) == 1 and words[0].casefold() in _PRONOUNS:
        return "pronoun"
    if not any(c.lower() != c.upper() for c in quote):
        return "name"
    first = next((word for word in words if word not in _PARTICLES), "")
    return "name" if first[:1].isupper() or (first[:1].isdigit() and first != first.lower()) else "nominal"
