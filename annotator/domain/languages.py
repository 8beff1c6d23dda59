"""Languages as articles name them: by code or in words, and the one code that pipelines and date readers go by."""

import re
from functools import cache

_KNOWN = """
    af afr afrikaans|am amh amharic|ar ara arb arabic|az aze azerbaijani|bg bul bulgarian|bn ben bengali bangla
    bo bod tib tibetan|ca cat catalan|cs ces cze czech|da dan danish|de deu ger german deutsch|el ell gre greek
    en eng english|es spa spanish castilian español|et est estonian|eu eus baq basque
    fa fas per pes prs persian farsi dari|fi fin finnish|fo fao faroese|fr fra fre french français|ga gle irish
    gd gla gaelic|gu guj gujarati|he iw heb hebrew|hi hin hindi|hr hrv croatian|ht hat haitian|hu hun hungarian
    hy hye arm armenian|id in ind indonesian|is isl ice icelandic|it ita italian italiano|ja jpn japanese
    kmr kurmanji|kn kan kannada|ko kor korean|ky kir kyrgyz|la lat latin|lb ltz luxembourgish|lg lug ganda luganda
    lij ligurian|lt lit lithuanian|lv lav latvian|mk mkd mac macedonian|ml mal malayalam|mr mar marathi
    ms msa may malay|nb no nob nor norwegian bokmål|ne nep nepali|nl nld dut dutch flemish|nn nno nynorsk
    pl pol polish|ps pus pst pbt pashto|pt por portuguese português|ro ron rum romanian|ru rus russian русский
    sa san sanskrit|si sin sinhala sinhalese|sk slk slo slovak|sl slv slovenian slovene|sq sqi alb albanian
    sr srp serbian|sv swe swedish|ta tam tamil|te tel telugu|th tha thai|ti tir tigrinya
    tl fil tgl tagalog filipino|tn tsn setswana tswana|tr tur turkish|tt tat tatar|uk ukr ukrainian|ur urd urdu
    vi vie vietnamese|yo yor yoruba|zh zho chi cmn chinese mandarin|hsb|dsb|grc
"""
"""The code of each language that spaCy has first, then what else it is called by: ISO 639-2 and 639-3, and its name."""
_END = re.compile(r"[-_\s(]")


@cache
def _codes() -> dict[str, str]:
    languages = (group.split() for line in _KNOWN.strip().split("\n") for group in line.split("|"))
    return {name: code for code, *others in languages for name in (code, *others)}


def code_of(language: str) -> str:
    """The ISO 639 code of a language that an article names: “en_US”, “eng” and “English” are en; empty for none.

    What is not known is its first word in small letters.
    """
    first = _END.split(language.strip().casefold(), maxsplit=1)[0]
    return _codes().get(first, first)
