"""The third pass of the tour: what happened, how many, when, where; and what contradicts what."""

from annotator.ui.tour.player import Player

# Number of the claim in reading order, words, which time they stand there, key.
EVENTS: tuple[tuple[int, str, int, str], ...] = (
    (1, "dozens of militants", 1, "Shift+Q"),
    (1, "on Friday", 1, "Shift+D"),
    (1, "Orsava Valley", 1, "Shift+L"),
    (3, "15 Red Banner fighters", 1, "Shift+Q"),
    (3, "on Friday", 1, "Shift+D"),
    (3, "Hesk Bridge", 2, "Shift+L"),
    (3, "a post", 1, "M"),
    (4, "at least 40 militants", 1, "Shift+Q"),
    (4, "on Friday", 1, "Shift+D"),
    (4, "Hesk Bridge", 2, "Shift+L"),
    (4, "Free Orsava Front", 1, "Shift+A"),
    (4, "the paper", 1, "T"),
)
# From which claim, the digit of the link's label, what is typed to find the other claim.
LINKS: tuple[tuple[int, str, str], ...] = ((4, "3", "15 Red"), (4, "5", "15 Red"), (4, "5", "dozens of"))


def account_all(player: Player) -> None:
    """Says of what happened how many, when and where, and which accounts cannot both be true."""
    for claim, words, nth, key in EVENTS:
        _choose(player, claim)
        player.select(words, nth)
        player.press(key)
        if player.finder is not None:  # the words do not say what is counted: killed
            player.type("1")
    player.picture("event")
    for claim, label, typed in LINKS:
        _choose(player, claim)
        player.press("K")
        player.type(label)
        player.type(typed)
        player.press("Return")
    player.picture("linked")
    for key, name in (("Ctrl+Shift+C", "claims-table"), ("Ctrl+Shift+A", "accounts"), ("Ctrl+Shift+P", "problems")):
        player.press(key)
        player.wait()
        player.picture(name)
        player.press("Escape")


def _choose(player: Player, number: int) -> None:
    """Goes to a claim by its number in reading order."""
    player.press("Escape", 3)
    player.press("N", number)
