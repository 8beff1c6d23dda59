"""Coordinates as people write them: degrees in any usual notation, geo addresses, UTM, MGRS, plus codes."""

import re

from annotator.domain.grids import from_mgrs, from_plus_code, from_utm

_SIGNS = str.maketrans({
    **dict.fromkeys("′’‘ʹʼ´`‛", "'"), **dict.fromkeys("″”“ʺ„〃", '"'), **dict.fromkeys("º˚ᵒ", "°"),
    **dict.fromkeys("−–—‐‑", "-"), **dict.fromkeys("\u00a0\u2009\u202f\t\n", " "), "，": ",", "；": ";",
})  # fmt: skip
_WORDS = (
    (re.compile(r"''"), '"'),
    (re.compile(r"(?i)\bdeg(ree)?s?\b\.?"), "°"),
    (re.compile(r"(?i)\bmin(ute)?s?\b\.?"), "'"),
    (re.compile(r"(?i)\bsec(ond)?s?\b\.?"), '"'),
    (re.compile(r"(?i)\blat(itude)?\b[.:=]*"), " y "),
    (re.compile(r"(?i)\b(lon|lng|long|longitude)\b[.:=]*"), " x "),
    (re.compile(r"(?i)(?<![a-z])(north|south|east|west)(?![a-z])"), lambda match: match[0][0]),
    (re.compile(r"(?i)(?<=\d)[dD](?=\s*\d)"), "°"),
)
_BAND = "[C-HJ-NP-X]"
_UTM = re.compile(
    rf"(\d{{1,2}})\s*({_BAND})[\s,]+(\d{{6}}(?:\.\d+)?)\s*(?:mE?)?[\s,]+(\d{{1,8}}(?:\.\d+)?)\s*(?:mN?)?", re.IGNORECASE
)
_MGRS = re.compile(rf"(\d{{1,2}})\s*({_BAND})\s*([A-HJ-NP-Z][A-HJ-NP-V])\s*(\d*(?:\s+\d+)?)", re.IGNORECASE)
_PLUS_CODE = re.compile(r"[23456789CFGHJMPQRVWX0]{2,8}\+[23456789CFGHJMPQRVWX]*", re.IGNORECASE)
_GEO = re.compile(r"(?i)geo:(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(?:,[^;?]*)?(?:[;?].*)?")
_TWO_DECIMAL_COMMAS = re.compile(r"[^,;.]*\d,\d+[^,;.\d]*[,;\s'\"°NSEWnsew][^,.]*\d,\d+[^,;.\d]*")
_TOKEN = re.compile(r"\s*([-+]?\d+(?:\.\d+)?|[°'\"]|[NSEWnsewxy]|[,;/|])")
_SEPARATORS, _MARKS = ",;/|", "°'\""


def coordinates(text: str) -> tuple[float, float]:
    """Latitude and longitude in degrees WGS 84. Where nothing tells them apart, the latitude comes first.

    Raises ValueError with a sentence when the text is no pair of coordinates.
    """
    bare = text.strip().translate(_SIGNS).lstrip(" ([").rstrip(" )],;.")
    try:
        point = _grid_reference(bare)
        return _checked(*(point if point is not None else _angles(bare)))
    except ValueError as error:
        raise ValueError(
            f"“{text.strip()[:60]}” is no point: {error}. Write it like 35.79, 69.22 or 35°47'24\"N 69°13'12\"E."
        ) from error


def _grid_reference(bare: str) -> tuple[float, float] | None:
    """The point of a geo address, a plus code, or a reference of UTM or MGRS; None for anything else."""
    if match := _GEO.fullmatch(bare):
        return float(match[1]), float(match[2])
    if _PLUS_CODE.fullmatch(bare):
        return from_plus_code(bare)
    if match := _UTM.fullmatch(bare):
        return from_utm(int(match[1]), match[2].upper(), float(match[3]), float(match[4]))
    if match := _MGRS.fullmatch(bare):
        east, blank, north = match[4].partition(" ")
        if blank and len(east) != len(north.strip()):
            raise ValueError("it has not as many digits for the east as for the north")
        return from_mgrs(int(match[1]), match[2].upper(), match[3].upper(), east + north.strip())
    return None


def _angles(bare: str) -> tuple[float, float]:
    for pattern, sign in _WORDS:
        bare = pattern.sub(sign, bare)
    if _TWO_DECIMAL_COMMAS.fullmatch(bare):
        bare = re.sub(r"(?<=\d),(?=\d)", ".", bare)
    first, second = _halves(_tokens(bare))
    (one, one_axis), (other, other_axis) = _angle(first), _angle(second)
    if one_axis and one_axis == other_axis:
        raise ValueError("it says the same direction twice")
    return (other, one) if one_axis == "lon" or other_axis == "lat" else (one, other)


def _tokens(bare: str) -> list[str]:
    tokens, place = [], 0
    while place < len(bare):
        match = _TOKEN.match(bare, place)
        if match is None:
            raise ValueError(f"“{bare[place:].strip()[:10]}” is not understood")
        tokens.append(match[1] if match[1] in "xy" else match[1].upper())
        place = match.end()
    return tokens


def _halves(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Parts the two angles: at a comma or the like, at the letters, or in the middle of the numbers."""
    cuts = [n for n, token in enumerate(tokens) if token in _SEPARATORS]
    letters = [n for n, token in enumerate(tokens) if token.isalpha()]
    numbers = [n for n, token in enumerate(tokens) if token[-1].isdigit()]
    if len(cuts) == 1:
        return tokens[: cuts[0]], tokens[cuts[0] + 1 :]
    if cuts:
        raise ValueError("it has more than two parts")
    axes = [n for n in letters if tokens[n] in "xy"]
    # “Latitude 35.79 N Longitude 69.22 E” says it twice.
    for begins in (axes, letters):
        if begins and begins[0] == 0 and len(begins) == 2:
            return tokens[: begins[1]], tokens[begins[1] :]
    if letters and letters[0] and letters[0] + 1 < len(tokens):
        return tokens[: letters[0] + 1], tokens[letters[0] + 1 :]
    if not numbers or len(numbers) % 2:
        raise ValueError("it needs a latitude and a longitude")
    middle = numbers[len(numbers) // 2]
    return tokens[:middle], tokens[middle:]


def _angle(tokens: list[str]) -> tuple[float, str]:
    """Degrees, and which axis its letter says they are on, if there is one."""
    letters = [token for token in tokens if token.isalpha()]
    numbers = [token for token in tokens if token[-1].isdigit()]
    if len({_axis(letter) for letter in letters}) > 1 or not 1 <= len(numbers) <= 3:
        raise ValueError("it needs a latitude and a longitude")
    _check_marks(tokens)
    sizes = [abs(float(number)) for number in numbers]
    if any(size >= 60 for size in sizes[1:]) or any(size % 1 for size in sizes[:-1]):
        raise ValueError("minutes and seconds go from 0 to 59, and only the last number has a fraction")
    if any(number[0] in "+-" for number in numbers[1:]):
        raise ValueError("a sign stands only before degrees")
    value = sum(size / 60**n for n, size in enumerate(sizes))
    directions = {letter for letter in letters if letter.isupper()}
    if len(directions) > 1 or (directions and numbers[0][0] in "+-"):
        raise ValueError("it has a sign and a letter for one direction")
    is_negative = numbers[0][0] == "-" or bool(directions & {"S", "W"})
    return (-value if is_negative else value), _axis(letters[0]) if letters else ""


def _axis(letter: str) -> str:
    return "lat" if letter in "NSy" else "lon"


def _check_marks(tokens: list[str]) -> None:
    """Signs for degrees, minutes and seconds follow the first, second and third number."""
    count = 0
    for n, token in enumerate(tokens):
        count += token[-1].isdigit()
        if token in _MARKS and (not n or not tokens[n - 1][-1].isdigit() or _MARKS[count - 1] != token):
            raise ValueError("degrees, minutes and seconds are written 35°47'24\"")


def _checked(lat: float, lon: float) -> tuple[float, float]:
    if not -90 <= lat <= 90:
        raise ValueError("latitude comes first and goes from -90 to 90")
    if not -180 <= lon <= 180:
        raise ValueError("longitude goes from -180 to 180")
    return lat, lon
