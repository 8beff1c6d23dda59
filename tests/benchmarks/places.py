"""Looking places up: while typing and for a tagged name, against one paint of the article view; and building the list.

Memory is that of the building process before it has a window.
"""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.measuring import median, peak_megabytes, percentile, seconds, show

NAMES = (
    "Baghlan", "Panjshir", "Deh Salah", "Kabul", "Kharkiv", "Mogadishu", "San Jose", "Saint-Denis", "Al Hasakah",
    "Rostov-on-Don", "New York", "Khan Yunis", "Maiduguri", "Cabo Delgado", "Port-au-Prince",
)  # fmt: skip
MISSPELT = ("Hesar Bridge", "Maidugari", "Zaporoshe", "Deir Ezzor", "Mogadisho", "Peshawer", "Culican", "Lashkargha")
ROUNDS = 5


def main() -> None:
    """Builds the list, then measures every beginning of some names, the names, and misspelt ones."""
    from annotator.services.places import Places

    with tempfile.TemporaryDirectory() as name:
        places = Places(Path(name))
        taken = seconds(lambda: list(places.build()))
        size = sum(path.stat().st_size for path in Path(name).iterdir())
        print(
            f"list of places: {taken:.0f} s to build, {peak_megabytes():.0f} MB of memory, {size / 1e6:.0f} MB on disk"
        )
        read = seconds(lambda: Path(name, "world.places").read_bytes())
        linked = [found for number in (1147537, 7052901) if (found := places.by_id(f"geonames:{number}"))]
        context = [place.context for place in linked]
        floor = paint()
        show("build / reading the file made", taken, read, 1_000.0)
        typed = [word[:end] for word in NAMES for end in range(1, len(word) + 1)]
        report("each key typed / paint", typed, places.look_up_prefix, floor, 0.1)
        report(
            "each key, places linked / paint",
            typed,
            lambda word: places.look_up_prefix(word, context=context),
            floor,
            0.1,
        )
        report("a name / paint", NAMES, places.look_up, floor, 0.1)
        report("a misspelt name / paint", MISSPELT, places.look_up, floor, 5.0)
        report("a click on the map / paint", NAMES, lambda _: places.near(35.6, 69.4), floor, 0.1)
        places.close()


def report(what: str, words: Sequence[str], look_up: Callable[[str], object], floor: float, aim: float) -> None:
    """Prints the median and the 95th percentile of looking up all words, some times over."""
    times = [seconds(lambda word=word: look_up(word)) for _ in range(ROUNDS) for word in words]  # type: ignore[misc]
    show(what, median(times), floor, aim)
    show("  the same, 95th percentile", percentile(times, 0.95), floor, aim)


def paint() -> float:
    """The median time of painting a page of the article view, in seconds."""
    from tests.benchmarks.making import project_with, text_of, window_on

    with tempfile.TemporaryDirectory() as name:
        window = window_on(project_with(Path(name), text_of(200_000), 4_000), Path(name))
        times = [seconds(window.view.viewport().repaint) for _ in range(30)]
        window.close()
    return median(times)


if __name__ == "__main__":
    main()
