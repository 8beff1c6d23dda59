"""Who is who in four sample articles, as a person reads them: each name, and whom it stands for."""

import re
from collections import defaultdict

from annotator.domain.spans import Span
from annotator.nlp.who_is_who import Name
from annotator.paths import resource

Gold = dict[str, dict[str, str]]
"""By kind group: each name as it is written, with the key of its bearer; several keys are those of its occurrences."""

SAMPLES: dict[str, Gold] = {
    "orsava-valley": {
        "person": {
            "Danil Veresh": "veresh",
            "Veresch": "veresh",
            "Daniil Veresh": "veresh",
            "Veresh": "veresh",
            "Ilyas Tamrin": "son",
            "Goran Tamrin": "father",
            "Tamrin": "son son father father son son",
            "Meral Odun": "odun",
            "Nadia Kell": "kell",
            "Governor Pavel Ostin": "ostin",
            "Yusk Halden": "halden",
        },
        "body": {
            "Red Banner": "banner",
            "The Lenholm Courier": "courier",
            "Taran District Council": "council",
            "Free Orsava Front": "front",
            "Front": "front",
            "Ostrel Gazette": "gazette",
            "Interior Ministry": "ministry",
            "Tidewire Digest": "digest",
            "Tidewire Maps": "maps",
        },
        "place": {
            "Orsava": "city",
            "Orsava Valley": "valley",
            "Orsava Province": "province",
            "Taran District": "district",
            "Hesk Bridge": "bridge",
            "Mirev Pass": "pass",
            "Belmar": "belmar",
            "Vienna": "vienna",
            "Kesh": "kesh",
        },
    },
    "court-ruling": {
        "person": {
            "Captain Henrik Solvane": "solvane",
            "Captain Solvane": "solvane",
            "Judge Amalia Thorne": "thorne",
            "Piet Lunde": "lunde",
            "Mr Lunde": "lunde",
            "Greta Hollis": "hollis",
            "Ms Hollis": "hollis",
            "Samir Delacourt": "delacourt",
            "Mr Delacourt": "delacourt",
            "Lucan Ferreby": "ferreby",
            "Ines Morrow": "morrow",
            "Mrs Morrow": "morrow",
        },
        "body": {"Maritime Safety Board": "board"},
        "place": {"Brandsund": "brandsund", "Ostrava Bay": "bay", "Kelby": "kelby", "Lisbon": "lisbon"},
    },
    "flood-relief": {
        "person": {"Josefa Lind": "lind", "Amara Desrosiers": "desrosiers", "Ms Desrosiers": "desrosiers"}
        | {"Bilo Farrant": "farrant"},
        "body": {"Relief office": "office", "Joint Relief Office": "office", "National Flood Centre": "centre"}
        | {"Marabi Growers' League": "league"},
        "place": {
            "Lower Tessaly": "tessaly",
            "Senn": "senn",
            "Dar Senn": "dar senn",
            "Marabi River": "river",
            "Port Adair": "adair",
            "Bekka District": "bekka",
            "Bekka": "bekka",
            "Upper Bekka": "upper bekka",
            "Oum Salla": "salla",
            "Tirene": "tirene",
            "Kessel": "kessel",
            "Sallan Pass": "pass",
            "Geneva": "geneva",
            "Nairobi": "nairobi",
        },
    },
    "harbour-strike": {
        "person": {
            "Marit Eklo": "eklo",
            "Ms Eklo": "eklo",
            "Tomas Brandvoll": "brandvoll",
            "Mr Brandvoll": "brandvoll",
            "Ola Renmark": "renmark",
            "Sunniva Aas": "aas",
        },
        "body": {
            "Sound Dockers' Union": "union",
            "Skarvholm Terminals": "terminals",
            "Alder Coast Journal": "journal",
            "Norrvik Lines": "norrvik",
        },
        "place": {
            "Skarvholm": "skarvholm",
            "Alder Coast": "coast",
            "Alexandria": "alexandria",
            "Rotterdam": "rotterdam",
            "Gdansk": "gdansk",
            "Vale of Hestra": "vale",
            "Hestra Kirk": "kirk",
        },
    },
}


def text_of(sample: str) -> str:
    """The text of a sample article."""
    return resource(f"samples/{sample}.txt").read_text(encoding="utf-8")


def names_in(sample: str) -> list[tuple[Name, str]]:
    """The names of a sample in reading order, each with its bearer's key; the longer of two that cross each other."""
    text, gold = text_of(sample), SAMPLES[sample]
    groups = {form: group for group, forms in gold.items() for form in forms}
    seen: defaultdict[str, int] = defaultdict(int)
    found = []
    longest = "|".join(re.escape(form) for form in sorted(groups, key=len, reverse=True))
    for match in re.finditer(rf"\b(?:{longest})\b", text):
        form = match[0]
        keys = gold[groups[form]][form].split() if form == "Tamrin" else [gold[groups[form]][form]]
        found.append((Name(Span(*match.span()), form, groups[form]), keys[min(seen[form], len(keys) - 1)]))
        seen[form] += 1
    return found
