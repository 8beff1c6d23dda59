"""Numbers in English text: digits of any script, number words, and bounds such as “at least 15” and “10 to 15”."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from annotator.domain.spans import Span
from annotator.nlp.word_lists import any_of, word_list

_MARKS = str.maketrans({"٬": ",", "٫": ".", "，": ",", "．": ".", "－": "-", "–": "-", "—": "-", "−": "-", "’": "'"})
_MOST = 10**12
_FRACTIONS = "½¼¾"
_NOT_A_COUNT = re.compile(r"\b(?:no|any|every|each|some)\s$")


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its bounds; span covers the words that bound it too. All three None: words that are no number."""

    span: Span
    low: int | None = None
    best: int | None = None
    high: int | None = None
    problem: str = ""


def plain(text: str) -> str:
    """The text with ASCII digits, dashes and small letters, code point for code point, so that offsets stay."""
    return "".join(_plain_letter(c) for c in text.translate(_MARKS))


def _plain_letter(character: str) -> str:
    if character.isascii():
        return character.lower()
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    small = character.lower()
    # Some capitals have two small letters; offsets matter more.
    return small if len(small) == 1 else character


def find_numbers(text: str) -> list[Number]:
    """The numbers and amounts of a text, in order and apart."""
    words, found, end = plain(text), list[Number](), 0
    for match in _patterns().amount.finditer(words):
        if match.start() < end:
            continue
        number = _read(words, match)
        if number is not None:
            found.append(number)
            end = number.span.end
    return found


def number_in(words: str) -> int | None:
    """The one plain number that the words are: “three”, “a dozen”, “1,200”; None for anything else."""
    match = _patterns().single.fullmatch(plain(words.strip()))
    if match is None:
        return None
    value = _value(match[0])
    return value if isinstance(value, int) else None


@dataclass(frozen=True, slots=True)
class _Patterns:
    single: re.Pattern[str]
    amount: re.Pattern[str]
    tokens: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    lists = word_list("numbers")
    scales, vague = any_of(lists["scales"]), any_of(lists["vague"])
    small = any_of([*lists["units"], *lists["tens"]])
    gaps = r"\u00a0\u2009\u202f"
    grouped = rf"\d{{1,3}}(?:[,.'{gaps}]\d{{3}})+|\d{{1,3}}(?: 000)+"
    digits = rf"(?<![\d.,])(?:{grouped}|\d+(?:[.,]\d+)?[{_FRACTIONS}]?|[{_FRACTIONS}])(?![\d{_FRACTIONS}])"
    written = rf"{digits}(?:\s?(?:{scales}|bn|m|k)\b(?!['.]))*"
    half = (
        rf"(?:an?\s+)?half\s+(?:an?\s+)?(?:{scales})|(?:{small})(?:[\s-](?:{small}))?\s+and\s+a\s+half(?:\s+(?:{scales}))?"
        rf"|\d{{1,3}}\s+and\s+a\s+half(?:\s+(?:{scales}))?"
        rf"|(?:an?|(?:{small})|\d{{1,3}})\s+(?:{scales})\s+and\s+a\s+half"
    )
    spoken = rf"\b(?:{half}|(?:an?\s+)?(?:{scales})|(?:{small}))\b(?:[\s-]+(?:and[\s-]+)?(?:{small}|{scales})\b)*"
    single = rf"(?:{half}|{written}|{spoken})"
    before = any_of(phrase for phrases in lists["before"].values() for phrase in phrases)
    after = any_of(phrase for phrases in lists["after"].values() for phrase in phrases)
    amount = (
        rf"\b(?:between|from)\s+(?P<from>{single})\s+(?:and|to)\s+(?P<to>{single})"
        rf"|(?:\b(?P<before>{before})\s+)?"
        rf"(?:(?P<first>{single})\s(?:to|or)\s(?P<second>{single})|(?P<left>{written})\s?-\s?(?P<right>{written})"
        rf"|(?P<one>{single})|\b(?P<vague>(?:{vague})(?:\s+(?:of\s+)?(?:{scales}|dozens|hundreds|thousands|millions))?)\b)"
        rf"(?:\s?(?P<plus>\+)|\s(?P<after>{after})\b)?"
    )
    return _Patterns(
        re.compile(single),
        re.compile(amount),
        re.compile(rf"\d[\d.,'{gaps}]*(?: 000)*[{_FRACTIONS}]?|[{_FRACTIONS}]|[a-z]+"),
    )


@cache
def _bounds() -> dict[str, str]:
    lists = word_list("numbers")
    both = [*lists["before"].items(), *lists["after"].items()]
    return {phrase: bound for bound, phrases in both for phrase in phrases}


def _read(words: str, match: re.Match[str]) -> Number | None:
    span = Span(*match.span())
    if match["vague"] is not None:
        return Number(span)
    first = match["from"] or match["first"] or match["left"]
    second = match["to"] or match["second"] or match["right"]
    if first is not None:
        return _range(span, first, second)
    one = match["one"]
    if one == "one" and _NOT_A_COUNT.search(words, max(0, match.start("one") - 6), match.start("one")):
        return None
    value = _value(one)
    if isinstance(value, str):
        return Number(span, problem=value)
    phrase = match["before"] or match["after"] or ("plus" if match["plus"] else "")
    return _bounded(span, _bounds().get(" ".join(re.split(r"[\s-]+", phrase)), ""), value)


def _bounded(span: Span, bound: str, value: int) -> Number:
    match bound:
        case "low":
            return Number(span, low=value)
        case "above":
            return Number(span, low=value + 1)
        case "high":
            return Number(span, high=value)
        case "below":
            return Number(span, high=max(value - 1, 0))
        case _:
            return Number(span, best=value)


@cache
def _scales() -> dict[str, int]:
    return {**word_list("numbers")["scales"], "k": 1000, "m": 10**6, "bn": 10**9}


@cache
def _shared() -> re.Pattern[str]:
    return re.compile(rf"(?:[\s-]*\b(?:{any_of(_scales())})|(?<=\d)(?:k|m|bn))+$")


def _range(span: Span, first: str, second: str) -> Number:
    low, high = _value(first), _value(second)
    # “two to three hundred”, “1.2 to 1.5 million”: the scale belongs to both.
    shared = _shared().search(second)
    if shared is not None and isinstance(high, int) and _shared().search(first) is None:
        scaled = _value(first + shared[0])
        if isinstance(scaled, int) and scaled < high:
            low = scaled
        elif isinstance(scaled, int) and _is_asked(low, _value(second[: shared.start()])):
            return Number(
                span, problem=f"“{first} to {second}” may begin with {low} or with {scaled:,}; type the numbers."
            )
    if isinstance(low, str) or isinstance(high, str):
        return Number(span, problem=low if isinstance(low, str) else str(high))
    if low > high:
        return Number(span, problem=f"“{first} to {second}” goes down; type the numbers.")
    return Number(span, low=low, high=high)


def _is_asked(first: int | str, times: int | str) -> bool:
    """Whether “3 to 2 hundred” may mean 300; “fifty to one hundred” and “one to a hundred” do not."""
    return isinstance(first, int) and isinstance(times, int) and first < 10 and times > 1


def _value(words: str) -> int | str:
    """The number, or the sentence that says why it is none."""
    tokens = [token for token in _patterns().tokens.findall(words) if token not in {"and", "a", "an"}]
    lists, scales = word_list("numbers"), _scales()
    total = group = 0.0
    for position, token in enumerate(tokens):
        if token[0].isnumeric():
            has_scale = any(later in scales for later in tokens[position + 1 :])
            digits = _digits(token, has_scale=has_scale)
            if isinstance(digits, str):
                return digits
            group += digits
        elif token == "half":
            # “a million and a half” is 1.5 million.
            group += 0.5 * (scales.get(tokens[position - 1], 1) if position else 1)
        elif token in scales and total and not group:
            total *= scales[token]  # “two thousand million”
        elif token in scales:
            group = (group or 1) * scales[token]
            if scales[token] >= 1000:
                total, group = total + group, 0.0
        else:
            more = lists["units"].get(token, lists["tens"].get(token, 0))
            below = group % 100
            if below and not (more < 10 and below >= 20 and below % 10 == 0):
                return f"“{words}” are several numbers; type the number."
            group += more
    value = round(total + group, 6)
    if value > _MOST:
        return f"“{words}” is too large; type the number."
    return int(value) if value == int(value) else f"“{words}” is no whole number; type the number."


def _digits(token: str, *, has_scale: bool) -> float | str:
    if token[-1] in _FRACTIONS:
        whole = _digits(token[:-1] or "0", has_scale=True)
        return whole if isinstance(whole, str) else whole + unicodedata.numeric(token[-1])
    bare = re.sub(r"[\s'\u00a0\u2009\u202f]", "", token.rstrip(".,'"))
    # More digits than any count has: int() would refuse thousands of them.
    if len(bare) > 20:
        return f"“{token[:20]}…” is too large; type the number."
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3}){2,}|\d+", bare):
        return float(int(re.sub(r"[.,]", "", bare)))
    if re.fullmatch(r"\d{1,3}\.\d{3}", bare) and not has_scale:
        grouped = f"{int(bare.replace('.', '')):,}"
        return f"“{token}” may be {grouped} or {float(bare):g}; type the number."
    try:
        return float(bare.replace(",", "."))
    except ValueError:
        return f"“{token}” is no number; type the number."
