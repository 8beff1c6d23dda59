"""Reading 200 web pages as articles, against the library for main texts alone."""

import tempfile
from pathlib import Path

from trafilatura import bare_extraction

from annotator.services.documents import find_files, read_batches
from annotator.services.importing import About
from annotator.services.workers import made
from tests.benchmarks.measuring import seconds, show
from tests.formats.documents_made import PARAGRAPHS, page

PAGES = 200


def main() -> None:
    """Measures both on the same files, with boilerplate left out and kept."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(PAGES):
            words = "".join(f"<p>{paragraph} That was day {number}.</p>" for paragraph in PARAGRAPHS * 3)
            (folder / f"{number:03}.html").write_text(page(words), encoding="utf-8")
        files = find_files([folder])
        floor = min(seconds(lambda: raw(files)) for _ in range(3))
        ours = min(seconds(lambda: read(files, About())) for _ in range(3))
        kept = min(seconds(lambda: read(files, About(keeps_boilerplate=True))) for _ in range(3))
    show(f"{PAGES} pages as articles / trafilatura", ours, floor, 1.5)
    show(f"{PAGES} pages with zones / trafilatura", kept, floor, 1.5)


def raw(files: list[Path]) -> None:
    """The library alone, with title, author and date as it guesses them."""
    for file in files:
        assert bare_extraction(file.read_text(encoding="utf-8"), with_metadata=True) is not None


def read(files: list[Path], about: About) -> None:
    """As the program does it."""
    count = sum(len(batch.articles) for _, _, batch in made(read_batches(files, about)))
    assert count == PAGES


if __name__ == "__main__":
    main()
