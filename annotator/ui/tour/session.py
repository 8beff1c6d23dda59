"""What is played: the article on the two districts, from the first name to the last claim."""

from annotator.ui.tour.accounts import account_all
from annotator.ui.tour.player import Player

VERESH, SON, FATHER = "Danil Veresh", "Ilyas Tamrin", "Goran Tamrin"
BANNER, COUNCIL, ODUN = "Red Banner", "Taran District Council", "Meral Odun"
COURIER, GAZETTE = "The Lenholm Courier", "Ostrel Gazette"
PERSON, GROUP, STATE, OUTLET, CROWD, UNNAMED = (
    "person",
    "armed group",
    "state body",
    "media outlet",
    "crowd",
    "unnamed source",
)

# Words, which time they stand there, the key, the entity they name, its kind.
MENTIONS: tuple[tuple[str, int, str, str, str], ...] = (
    ("Red Banner", 1, "A", BANNER, GROUP),
    ("Orsava", 1, "L", "Orsava", ""),
    ("Armed villagers", 1, "A", "Armed villagers", CROWD),
    ("Orsava Valley", 1, "L", "Orsava Valley", ""),
    ("on Friday", 1, "D", "", ""),
    ("reports", 1, "A", "", UNNAMED),
    ("dozens", 1, "Q", "", ""),
    ("Danil Veresh", 1, "A", VERESH, PERSON),
    ("Orsava Province", 1, "L", "Orsava Province", ""),
    ("Taran District", 1, "L", "Taran District", ""),
    ("Hesk Bridge", 1, "L", "Hesk Bridge", ""),
    ("Veresch", 1, "A", VERESH, ""),
    ("The Lenholm Courier", 1, "A", COURIER, OUTLET),
    ("an account friendly to the Red Banner", 1, "A", "", UNNAMED),
    ("Red Banner", 3, "A", BANNER, ""),
    ("15", 1, "Q", "", ""),
    ("Hesk Bridge", 2, "L", "Hesk Bridge", ""),
    ("Taran District Council", 1, "A", COUNCIL, STATE),
    ("Taran District", 3, "L", "Taran District", ""),
    ("Free Orsava Front", 1, "A", "Free Orsava Front", GROUP),
    ("Meral Odun", 1, "A", ODUN, PERSON),
    ("at least 40", 1, "Q", "", ""),
    ("Mirev Pass", 1, "L", "Mirev Pass", ""),
    ("Two officials in Belmar", 1, "A", "", UNNAMED),
    ("Belmar", 1, "L", "Belmar", ""),
    ("Ilyas Tamrin", 1, "A", SON, PERSON),
    ("Goran Tamrin", 1, "A", FATHER, PERSON),
    ("Daniil Veresh", 1, "A", VERESH, ""),
    ("Ostrel Gazette", 1, "A", GAZETTE, OUTLET),
    ("Tamrin", 4, "A", SON, ""),
    ("Tamrin", 6, "A", FATHER, ""),
    ("Veresh", 4, "A", VERESH, ""),
    ("the senior Tamrin", 1, "A", FATHER, ""),
    ("the former deputy governor", 3, "A", VERESH, ""),
    ("Yusk Halden", 1, "A", "Yusk Halden", PERSON),
    ("Lake Sorn", 1, "L", "Lake Sorn", ""),
    ("hundreds of residents", 1, "A", "hundreds of residents", CROWD),
)

Words = tuple[str, int]
# Content, sources, cue, and the choices that differ from what the program proposes.
CLAIMS: tuple[tuple[list[Words], list[Words], Words | None, dict[str, str]], ...] = (
    ([("they also killed dozens of militants", 1)], [("reports", 1)], ("According to", 1), {}),
    (
        [("a post by an account friendly to the Red Banner claimed that 15 Red Banner fighters were killed", 1)],
        [(COURIER, 1)],
        ("According to", 2),
        {},
    ),
    (
        [("15 Red Banner fighters were killed", 1)],
        [("an account friendly to the Red Banner", 1)],
        ("claimed that", 1),
        {},
    ),
    (
        [("at least 40 militants had fallen on both banks of the river", 1)],
        [(ODUN, 1)],
        ("told", 1),
        {},
    ),
    (
        [
            ("They came with armoured cars", 1),
            ("Our neighbours threw roof tiles on them and hunted them up to the Mirev Pass", 1),
        ],
        [("she", 4)],
        ("said", 1),
        {},
    ),
    ([("that it had offered a truce to anybody", 1)], [(COUNCIL, 2)], ("denied", 1), {"Stance": "denies"}),
    (
        [("that the villagers could keep the bridge", 1)],
        [("Two officials in Belmar", 1)],
        ("doubted", 1),
        {"Act": "believes", "Stance": "doubts"},
    ),
    (
        [("to defend Orsava Valley through the winter", 1)],
        [(SON, 1), ("Daniil Veresh", 1)],
        ("have pledged", 1),
        {"Act": "promises"},
    ),
    (
        [("Veresh told a rally in Dolmar that the senior Tamrin had once sworn the valley would never kneel", 1)],
        [(GAZETTE, 2)],
        ("According to", 3),
        {},
    ),
    (
        [("that the senior Tamrin had once sworn the valley would never kneel", 1)],
        [("Veresh", 4)],
        ("told", 2),
        {},
    ),
    ([("the valley would never kneel", 1)], [("the senior Tamrin", 1)], ("sworn", 1), {"Act": "promises"}),
    (
        [("the villagers would lose the dam at Lake Sorn if they did not return the bridge", 1)],
        [("Yusk Halden", 1)],
        ("warned", 1),
        {"Act": "threatens"},
    ),
)


def play(player: Player) -> None:
    """The whole session."""
    player.picture("opened")
    tag_all(player)
    claim_all(player)
    account_all(player)
    look_around(player)


def tag_all(player: Player) -> None:
    """First pass: who and where."""
    for number, (words, nth, label, entity, kind) in enumerate(MENTIONS):
        player.tag(words, label, nth, entity=entity, kind=kind)
        if number == 8:
            player.picture("first-names")
    player.press("E")
    player.picture("finder")
    player.press("Escape")
    player.press("Escape")
    player.picture("names-tagged")


def claim_all(player: Player) -> None:
    """Second pass: who says what."""
    for number, (content, sources, cue, choices) in enumerate(CLAIMS):
        player.claim(content, sources, cue)
        for field, value in choices.items():
            player.set(field, value)
        if number == 2:
            player.picture("quoted-in-another")
        if number == 4:
            player.picture("content-in-two-pieces")
    player.picture("claims")


def look_around(player: Player) -> None:
    """What else there is: going from mention to mention, undo, the other articles, dark colours, the shortcuts."""
    player.press("Escape")
    player.press("Escape")
    player.press("Ctrl+Home")
    player.press("Tab", 3)
    player.press("Delete")
    player.press("Ctrl+Z")
    player.click(player.find("Danil Veresh"))
    player.picture("one-man-four-spellings")
    for density in ("clean", "underlines"):
        player.press("H")
        player.picture(density)
    player.press("H")
    player.press("Escape")
    player.press("Escape")
    player.tag("Interior Ministry", "A", kind=STATE)
    player.select("Veresh", 2)
    player.press("Escape")
    player.click(player.find("Red Banner"))
    player.press("G")
    player.picture("all-the-same")
    player.press("Escape")
    player.go(player.find("Five Things").start)
    player.press("Z")
    player.picture("zone")
    player.type("5")
    player.press("Shift+Z")
    player.press("Ctrl+Home")
    player.picture("folded")
    player.press("Shift+Z")
    player.press("Ctrl+K")
    player.type("ver")
    player.picture("palette")
    player.press("Escape")
    player.press("Ctrl+Return")
    player.picture("the-next-article")
    player.press("Ctrl+PgDown")
    player.tag("سوق الزعفران القديم", "L")
    player.picture("right-to-left")
    player.press("Ctrl+PgDown")
    player.tag("Zoe\u0301 La\u0308ren", "A")  # written in the article with combining accents
    player.tag("林若岚", "A", 1)
    player.picture("emoji-and-chinese")
    player.press("Ctrl+PgUp", 3)
    player.window.controls.choose_theme("dark")
    player.press("N", 4)
    player.picture("dark")
    player.window.controls.choose_theme("light")
    player.press("F1")
    player.picture("shortcuts")
    player.press("Escape")
