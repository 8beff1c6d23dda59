"""Same or not? among 20,000 entities: all pairs against folding all names once, one new entity against a look-up."""

import tempfile
from itertools import islice
from pathlib import Path

from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.entities import Entity
from annotator.domain.ids import EntityId
from annotator.domain.names import fold
from annotator.domain.sameness import Named
from annotator.services.duplicates import DuplicateFinder, find_duplicates, named
from annotator.services.projects import new_project
from tests.benchmarks.making import WHO
from tests.benchmarks.measuring import median, percentile, seconds, show
from tests.nlp.name_pairs import HELD_OUT, PAIRS, quality

ENTITIES, NEW = 20_000, 300
_GIVEN = (
    "Ahmad Mohammad Abdul Ali Hassan Hussein Karim Rahim Omar Yusuf Maria José Luis Carlos Ana Ivan Sergei Dmitry "
    "Olga Elena John Peter Paul Mary Susan Wei Min Jun Hiro Yuki Amina Fatima Zahra Leila Samir Tariq Nadia Farid "
    "Hamid Jamal"
).split()
_SURNAMES = (
    "Karimi Rahimi Ahmadi Mohammadi Hosseini Khan Saleh Massoud Ghani Karzai Garcia Lopez Perez Torres Rojas Petrov "
    "Ivanov Sokolov Smith Jones Brown Taylor Wilson Davies Chen Wang Zhang Tanaka Suzuki Haddad Khoury Nasser Aziz "
    "Qadir Noori"
).split()
_ENDINGS = "ov,zad,yan,son,ez,i,pour,wal,dze,man,ski,ani,ullah,oğlu,es,ard,ino,ette,berg,stein".split(",")
_BODIES = "Front Council Army Brigade Ministry Union Bank Herald Party Committee".split()


def names() -> list[tuple[str, str]]:
    """Kind and name of each entity: persons, bodies and places; some names are common, some are spelt anew."""
    made: list[tuple[str, str]] = []
    for number in range(ENTITIES):
        given, second = _GIVEN[number % 40], _GIVEN[number // 40 % 37]
        surname = _SURNAMES[number // 7 % 35][: 3 + number % 4] + _ENDINGS[number // 11 % 20]
        match number % 10:
            case 0:
                made.append(("organisation", f"{surname.capitalize()} {_BODIES[number // 10 % 10]} {given}"))
            case 1:
                made.append(("place", f"{surname.capitalize()}{_ENDINGS[number // 3 % 20]} {second[:4]}"))
            case 2:
                made.append(("person", f"{given} {_SURNAMES[number // 13 % 35]}"))
            case 3:
                kind, name = made[number // 2]
                made.append((kind, name.replace("a", "e", 1).replace("ss", "s")))
            case _:
                made.append(("person", f"{given} {second} {surname}"))
    return made


def main() -> None:
    """Measures, then prints how well pairs of names are told apart."""
    with tempfile.TemporaryDirectory() as name:
        workspace = new_project(Path(name) / "benchmark.annot", WHO)
        author = workspace.author
        now = author.now()
        entities = [
            Entity(EntityId(author.new_id()), kind, called, author.annotator, now, now) for kind, called in names()
        ]
        edit = Edit(EditKind.TAG, tuple(Change(None, entity) for entity in entities), ("benchmark", "Actor"))
        workspace.records.apply(edit, author)
        compared: list[Named] = [named(entity) for entity in entities]
        folding = seconds(lambda: [fold(own) for entity in compared for own in entity.names])
        found: list[int] = []
        whole = seconds(lambda: found.extend(len(pairs) for *_, pairs in find_duplicates(compared)))
        first = seconds(lambda: list(islice(find_duplicates(compared), 1)))
        show("all pairs of 20,000 / folding their names", whole, folding, 150.0)
        show("first step, when it can be cancelled / folding", first, folding, 3.0)
        finder = DuplicateFinder(compared)
        ids = [entities[number * 61 % ENTITIES].id for number in range(NEW)]
        new = [Named(EntityId(f"new {n}"), *_spelt_anew(compared[n * 67 % ENTITIES])) for n in range(NEW)]
        looked = [seconds(lambda entity=entity: workspace.records.entity(entity)) for entity in ids]  # type: ignore[misc]
        asked = [seconds(lambda entity=entity: finder.find(entity)) for entity in new]  # type: ignore[misc]
        show("one new entity / one look-up in the file", median(asked), median(looked), 25.0)
        show("  the same, 95th percentile", percentile(asked, 0.95), percentile(looked, 0.95), 25.0)
        print(f"{sum(found)} pairs proposed")
        workspace.close()
    for title, source in (("seen", PAIRS), ("held out", HELD_OUT)):
        print(f"{title}: {quality(source)}")


def _spelt_anew(entity: Named) -> tuple[str, tuple[str, ...]]:
    return entity.kind, (entity.names[0].replace("i", "y", 1),)


if __name__ == "__main__":
    main()
