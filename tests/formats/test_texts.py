"""Texts of every encoding come in exactly, and what is no text is refused with the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import UndecodableText
from annotator.formats.plain_text import decode

SAMPLES = {
    "cp1251": "Заседание правительства прошло в четверг в Кабуле.",
    "koi8-r": "Заседание правительства прошло в четверг в Кабуле, сообщили в среду.",
    "cp1256": "قال المتحدث باسم الحكومة إن القوات استعادت ثلاث مناطق يوم الجمعة.",
    "gb18030": "中国摄影师林若岚周三在网上写道：我在那座灯塔下拍过日出。",
    "shift_jis": "元灯台守の三枝航平さんが「灯台は看板ではない」と投稿した。",
    "euc-kr": "대변인은 금요일에 세 지역을 되찾았다고 말했다.",
    "cp1253": "Ο εκπρόσωπος είπε ότι οι δυνάμεις ανακατέλαβαν τρεις περιοχές.",
    "cp1255": "הדובר אמר כי הכוחות כבשו מחדש שלושה מחוזות ביום שישי.",
}


@pytest.mark.parametrize("encoding", SAMPLES)
def test_a_text_in_the_usual_encoding_of_its_script_is_recognised(encoding: str) -> None:
    decoded = decode(SAMPLES[encoding].encode(encoding))
    assert decoded.text == SAMPLES[encoding]
    assert not decoded.is_sure


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_and_is_no_text(encoding: str) -> None:
    decoded = decode("Über Nacht\r\nfiel Schnee\u2028.".encode(encoding))
    assert decoded.text == "Über Nacht\r\nfiel Schnee\u2028."
    assert decoded.is_sure


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_western_utf_16_without_a_mark_is_recognised(encoding: str) -> None:
    assert decode("Plain western words.\r\n".encode(encoding)).text == "Plain western words.\r\n"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1))
def test_utf_8_is_taken_letter_by_letter(text: str) -> None:
    if text.strip(" \t\n\r\v\f"):
        assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary"),
        (b"\x00\x01\x02words", "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UndecodableText, match=reason):
        decode(data)


def test_a_wrong_choice_of_encoding_names_the_byte() -> None:
    with pytest.raises(UndecodableText, match=r"not ascii: byte 4"):
        decode("Caf\u00e9".encode("cp1252"), "ascii")
