"""Searching 10,000 articles of 5 kB, against reading all their texts from SQLite."""

import tempfile
from pathlib import Path

from annotator.domain.queries import parse_query
from annotator.editing.importing import NewArticle
from annotator.services.projects import new_project
from annotator.services.searching import Report, search
from annotator.storage.search_index import TextReader
from tests.benchmarks.making import WHO, text_of
from tests.benchmarks.measuring import seconds, show

ARTICLES, BATCH = 10_000, 200


def main() -> None:
    """Makes the index, then searches for something rare, something common, and by a pattern."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace, body = new_project(folder / "benchmark.annot", WHO), text_of(5_000)
        for start in range(0, ARTICLES, BATCH):
            articles = [NewArticle(f"Article{n} opens.\n{body}", f"Article {n}") for n in range(start, start + BATCH)]
            workspace.bring_in(articles, "all")
        path, index = workspace.records.path, folder / "benchmark.search"

        def read() -> None:
            reader = TextReader(path)
            hashes = [row[1] for row in reader.articles()]
            for start in range(0, len(hashes), BATCH):
                reader.texts(hashes[start : start + BATCH])
            reader.close()

        def found(words: str, *, is_pattern: bool = False) -> float:
            query = parse_query(words, is_pattern=is_pattern)
            return seconds(lambda: list(search(path, index, query, Report())))

        floor = seconds(read)
        show("index 10,000 x 5 kB / read all texts", found("Article77"), floor, 50.0)
        show("rare word / read all texts", found("Article77"), floor, 1.0)
        show("common phrase, 5,000 hits / read all texts", found('"the valley"'), floor, 1.0)
        show("pattern in all texts / read all texts", found(r"Article7[0-9]{2} ", is_pattern=True), floor, 5.0)
        print(f"index {index.stat().st_size / 1e6:.0f} MB for {ARTICLES * len(body) / 1e6:.0f} MB of text")
        workspace.close()


if __name__ == "__main__":
    main()
