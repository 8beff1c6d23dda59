"""What a stranger's history may say: values that this program writes come back, anything else is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.storage.strict_json import strictly

LARGEST = 2**63 - 1
TEXTS = st.text(st.characters(exclude_characters="\0", codec="utf-8"))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST, LARGEST)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
)


@given(value=VALUES, is_ascii=st.booleans())
def test_what_this_program_writes_is_read(value: object, *, is_ascii: bool) -> None:
    assert strictly(json.dumps(value, ensure_ascii=is_ascii)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"\\u0000"', r"\u0000"),  # a backslash and letters
        (r'["\\\\u0000", "\ud83d\ude42"]', [r"\\u0000", "🙂"]),
        (str(LARGEST), LARGEST),
        (str(-LARGEST), -LARGEST),
        ("1e308", 1e308),
        ('{"a": {"a": 1}, "b": {"a": 1}}', {"a": {"a": 1}, "b": {"a": 1}}),
        ("[" * 200 + "]" * 200, json.loads("[" * 200 + "]" * 200)),
    ],
)
def test_what_only_looks_odd_is_read(text: str, value: object) -> None:
    assert strictly(text) == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"a": 1, "a": 2}', "stands twice"),
        ('[{"b": {"a": 1, "a": 1}}]', "stands twice"),
        (r'"\u0000"', "NUL"),
        (r'{"\u0000": 1}', "NUL"),
        (r'"\\\u0000"', "NUL"),
        (r'"\ud83d"', "surrogates"),
        (r'"\ude42\ud83d"', "surrogates"),
        (str(LARGEST + 1), "too large"),
        (str(-LARGEST - 1), "too large"),
        ("1e999", "too large"),
        ("[-1e999]", "too large"),
        ("NaN", "NaN is no number"),
        ("[-Infinity]", "-Infinity is no number"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ("[" + "[]," * 2_000_000 + "1]", "more parts"),
        ("[" + "{}," * 2_000_000 + "1]", "more parts"),
        ("[1", "delimiter"),
        ("", "Expecting value"),
        ("[1] 2", "Extra data"),
    ],
    ids=lambda text: text[:20],
)
def test_what_this_program_would_not_have_written_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        strictly(text)
