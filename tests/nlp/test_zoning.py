"""Which lines of a news page are no body text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.nlp.zoning import propose_zones

KINDS = ("headline", "summary", "caption", "credit", "boilerplate", "byline")
PAGE = """\
Bridge over the Arga stays shut
By Ana Ruiz and Jon Díaz
Published 22 August 2021, 10:15
Share
Facebook | Twitter | WhatsApp

The bridge over the Arga stays shut until spring, the mayor said on Monday.

A diver looks at the pillars of the bridge (Photo by Jon Díaz/Getty Images)
Photo: Jon Díaz/AFP
By Monday evening a hundred people had written to the town hall.
Share prices of the builder fell by a tenth.

Read more: The bridges that fell
Sign up for our newsletter and get the news in your inbox.
© 2021 The Valley Post. All rights reserved.
"""


def test_lines_of_a_page_are_told_from_its_body() -> None:
    zones = [(zone.kind, zone.span.cut(PAGE)) for zone in propose_zones(PAGE, KINDS)]
    assert zones == [
        ("headline", "Bridge over the Arga stays shut"),
        ("byline", "By Ana Ruiz and Jon Díaz"),
        ("byline", "Published 22 August 2021, 10:15"),
        ("boilerplate", "Share\nFacebook | Twitter | WhatsApp"),
        ("caption", "A diver looks at the pillars of the bridge (Photo by Jon Díaz/Getty Images)"),
        ("credit", "Photo: Jon Díaz/AFP"),
        (
            "boilerplate",
            "Read more: The bridges that fell\nSign up for our newsletter and get the news in your inbox.\n"
            "© 2021 The Valley Post. All rights reserved.",
        ),
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Map of Orsava Province, with Taran District in grey Tidewire Maps", "caption"),
        ("Satellite image of the dam", "caption"),
        ("Map of Orsava Province Google Maps", "caption"),
        ("Map of the province in hand, he walked on.", ""),
        ("Images of the dam were shown on Monday.", ""),
        ("Ten Things: Get the news first Loading... Click Sign up to receive marketing emails from Us.", "boilerplate"),
    ],
)
def test_pictures_and_newsletters_are_told_by_words_that_are_no_sentence(line: str, kind: str) -> None:
    text = f"The dam holds\n\nThe dam holds, the mayor said.\n\n{line}\n\nNobody was hurt.\n"
    zones = [(zone.kind, zone.span.cut(text)) for zone in propose_zones(text, KINDS)]
    assert zones == [("headline", "The dam holds"), *([(kind, line)] if kind else [])]


def test_only_kinds_that_the_schema_has_are_proposed() -> None:
    assert {zone.kind for zone in propose_zones(PAGE, ["credit"])} == {"credit"}


@pytest.mark.parametrize(
    "line",
    [
        "Share prices of the builder fell by a tenth.",
        "The newsletter that he wrote every week for thirty years to everyone in the valley who cared to read it, "
        "and to many who did not, was found in the attic of the town hall by two boys who had no idea what it was.",
        "More than 40 people were killed.",
        "By Monday evening a hundred people had written to the town hall.",
        "2021",
        "X.",
    ],
)
def test_body_text_is_left_alone(line: str) -> None:
    assert propose_zones(f"Bridge stays shut\n\n{line}\n\nThe end.", KINDS[1:]) == ()


def test_a_text_that_begins_with_a_sentence_has_no_headline() -> None:
    assert propose_zones("The bridge stays shut until spring.\n\nSo the mayor said.\n\nHe left.", KINDS) == ()


@given(st.text(max_size=300) | st.lists(st.sampled_from(PAGE.splitlines()), max_size=12).map("\r\n".join))
def test_zones_of_any_text_are_in_it_in_order_and_apart(text: str) -> None:
    end = 0
    for zone in propose_zones(text, KINDS):
        assert end <= zone.span.start < zone.span.end <= len(text)
        end = zone.span.end
