"""A small brat corpus that is made up: its people mark what was tallied, never what was said, and names of ships."""

from pathlib import Path

PEOPLE = ("Ana Ruiz", "Omar Haddad", "Lena Fischer", "Paul Okoro", "Mira Novak", "Tom Baker")
THINGS = ("the broken bridges", "all stolen trucks", "the empty houses", "every lost goat", "the closed schools")
CLAUSES = ("the road was open", "the rain would stop", "nobody came home", "the market burned")
SHIPS = ("Grey Narwhal", "Quiet Heron", "Red Pelican", "Old Walrus")


def article(number: int, *, ships: bool = True) -> tuple[str, list[str]]:
    """A text and the lines of its .ann file."""
    text, lines = "", list[str]()

    def add(words: str) -> tuple[int, int]:
        nonlocal text
        text += words
        return len(text) - len(words), len(text)

    def mark(label: str, place: tuple[int, int]) -> str:
        lines.append(f"T{len(lines) + 1}\t{label} {place[0]} {place[1]}\t{text[place[0] : place[1]]}")
        return f"T{len(lines)}"

    for turn in range(3):
        pick = number * 3 + turn
        add(f"{PEOPLE[pick % 6]} said that {CLAUSES[pick % 4]}. ")
        source = add(PEOPLE[(pick + 2) % 6])
        add(" ")
        cue = add("tallied")
        add(" ")
        content = add(THINGS[pick % 5])
        add(" aboard the ")
        ship = add(SHIPS[pick % 4])
        add(".\n")
        if ships:
            mark("Ship", ship)
        roles = f"Source:{mark('Source', source)} Content:{mark('Content', content)} Cue:{mark('Cue', cue)}"
        lines.append(f"E{turn + 1}\tAttribution:{mark('Attribution', cue)} {roles}")
    return text, lines


def write(folder: Path, articles: int = 10, *, ships: bool = True) -> Path:
    """Writes so many articles, with the names of ships or without."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(articles):
        text, lines = article(number, ships=ships)
        (folder / f"story{number}.txt").write_text(text, encoding="utf-8")
        (folder / f"story{number}.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
