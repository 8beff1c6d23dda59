"""Tries readers with broken files, one after the other, and says what got out of them that must not.

Run as a program it reads lines of a reader's name, the number of the first file and how many, and answers each with a
line of JSON. What takes too long ends the program, with the place where it was.
"""

import faulthandler
import json
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from annotator.domain.articles import text_hash
from annotator.domain.found import Findings, FoundArticle
from annotator.editing.importing import check_text
from annotator.errors import AnnotatorError, EditRefused
from annotator.formats.document_archives import documents_in
from annotator.formats.document_kinds import SUFFIXES, is_archive, kind_of
from annotator.formats.documents import Wishes
from annotator.formats.jsonl_reading import is_ours, read_lines
from annotator.formats.registry import READERS, WRITERS
from annotator.formats.table_rows import Table
from tests.benchmarks.measuring import peak_megabytes
from tests.formats.documents_made import MAIL, book, page, pdf, printed, sheet, word, zipped
from tests.formats.round_trip import hard_corpus, written
from tests.promises.mutating import Files, mutated

LONGEST = 10
"""Seconds that a file may take."""
ROOM = 1_000_000_000
"""Bytes of memory that reading may take beside what the program takes."""
OWN = "own export"
KEPT = Path(tempfile.gettempdir()) / "annotator faults"
"""Where files are left that got something out: each is to become a test of its reader."""
ROWS = 'title,text,date\nOne,Words of one.,2026-03-01\nTwo,"Words, of two.",1.3.2026\n'
RICH = b"MIME-Version: 1.0\r\nFrom: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "a.html": lambda: page().encode(),
    "b.html": lambda: page(charset="windows-1252").encode("cp1252"),
    "a.eml": lambda: MAIL,
    "b.eml": lambda: (
        RICH + b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        b"PGgxPkhlYWQ8L2gxPjxwPldvcmRzIG9mIGEgbGV0dGVyLjwvcD4=\r\n--x--\r\n"
    ),
    "a.mht": lambda: b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + page().encode(),
    "a.pdf": lambda: pdf(printed([["Words of a page"], ["and more"]], header="Head"), {"CreationDate": "D:20260301"}),
    "a.docx": word,
    "a.epub": lambda: book({"a.xhtml": page(), "b.xhtml": page()}),
    "a.csv": ROWS.encode,
    "a.tsv": lambda: ROWS.replace(",", "\t").encode(),
    "a.xlsx": lambda: sheet([("title", "text", "date"), ("One", "Words of one.", 7.5)]),
    "a.jsonl": lambda: b'{"title": "One", "text": "Words of one.", "date": "2026-03-01"}\n' * 3,
    "a.json": lambda: b'[{"title": "One", "text": "Words", "more": {"a": [1]}}, {"title": "Two", "text": "More"}]',
    "a.txt": "Wörter.\r\nUnd noch mehr davon.\n".encode,
    "a.rtf": lambda: b"{\\rtf1 Words}",
    "a.odt": lambda: zipped({"content.xml": "<a>Words</a>"}),
    "a.unknown": lambda: page().encode(),
    "a.zip": lambda: zipped({"a.txt": "Words", "in/b.html": page(), "c.csv": ROWS}),
}
"""Documents that are articles, by the names of their files."""
NAMES = (OWN, *(reader.key for reader in READERS), *DOCUMENTS)


@dataclass(frozen=True, slots=True)
class Seed:
    """Sound files, and which of them is read; the folder itself when there is no name."""

    files: Files
    name: str


@dataclass(slots=True)
class Told:
    """What came of some files: how many, how many gave something, the slowest, and what must not have happened."""

    count: int = 0
    read: int = 0
    seconds: float = 0.0
    slowest: int = 0
    megabytes: float = 0.0
    faults: list[str] = field(default_factory=list)


def told_in(line: str) -> Told:
    """What a line says that this program answered with."""
    return Told(**json.loads(line))


@cache
def seeds(name: str) -> tuple[Seed, ...]:
    """Sound files for a reader, as our writers or the makers of the tests make them."""
    if name in DOCUMENTS:
        return (Seed({name: DOCUMENTS[name]()}, name),)
    key = "jsonl" if name == OWN else name
    writer = next(one for one in WRITERS if one.key == key)
    with tempfile.TemporaryDirectory() as folder, hard_corpus(Path(folder)) as corpus:
        target = Path(folder) / f"made{writer.suffix}"
        written(writer, corpus, target)
        if target.is_dir():
            files = {str(one.relative_to(target)): one.read_bytes() for one in target.rglob("*") if one.is_file()}
            alone = [one for one in sorted(files) if one.endswith((".ann", ".tsv", ".xmi", ".json"))]
            return (Seed(files, ""), *(Seed(_beside(files, one), one) for one in alone))
        return (Seed({target.name: target.read_bytes()}, target.name),)


def _beside(files: Files, name: str) -> Files:
    """A file of a folder, and the text that it is about."""
    text = f"{name.rpartition('.')[0]}.txt"
    return {one: files[one] for one in (name, text) if one in files}


def made(name: str, number: int) -> Seed:
    """The broken file with this number."""
    dice = random.Random(f"{name} {number}")
    seed = dice.choice(seeds(name))
    others = [one.files for one in seeds(dice.choice(NAMES) if dice.random() < 0.2 else name)]
    return Seed(mutated(seed.files, others, dice), seed.name)


def read(name: str, path: Path) -> int:
    """Reads a file as the program does; how many articles or records were in it."""
    findings, found = Findings(), 0
    if name == OWN:
        is_ours(path.read_bytes()[:4096] if path.is_file() else b"")
        found = sum(1 for _ in read_lines(path, findings))
    elif name in DOCUMENTS:
        found = _documents(path, findings)
    else:
        reader = next(one for one in READERS if one.key == name)
        reader.recognises(path, path.read_bytes()[:4096] if path.is_file() else b"")
        for article in reader.read(path, findings):
            _check(article)
            found += 1
    for told in (*findings.problems, *findings.notes):
        str(told).encode("utf-8")
    return found


def _check(article: FoundArticle) -> None:
    """What every reader promises: all places are in the text, and everything that is named is there."""
    repr(article).encode("utf-8")
    try:
        check_text(article.text)
    except EditRefused:
        return  # the import says so, and takes nothing of it
    keys = {mention.key for mention in article.mentions} | {""}
    claims = {claim.key for claim in article.claims} | {""}
    entities = {entity.key for entity in article.entities} | {""}
    places = [span for mention in article.mentions for span in mention.spans]
    for claim in article.claims:
        places += [*claim.content, *claim.cue, *(span for source in claim.sources for span in source.spans)]
        assert claim.within in claims
        assert all(source.mention in keys for source in claim.sources)
    assert all(span.end <= len(article.text) for span in [*places, *(zone.span for zone in article.zones)])
    assert all(mention.entity in entities for mention in article.mentions)
    assert all(end in claims for link in article.links for end in (link.origin, link.target))


def _documents(path: Path, findings: Findings) -> int:
    count = 0
    places = documents_in(path, path.name, SUFFIXES, findings) if is_archive(path) else [(0, 1, path, path.name)]
    for _, _, file, called in places:
        try:
            kind = kind_of(file)
            if isinstance(kind, Table):
                kind.head(file)
            for article in kind.read(file, called, Wishes(keeps_boilerplate=count % 2 == 0), findings):
                text_hash(article.text)
                repr(article).encode("utf-8")
                assert all(0 <= zone.span.start < zone.span.end <= len(article.text) for zone in article.zones)
                count += 1
        except AnnotatorError as error:
            if not is_archive(path):
                raise
            findings.problem(called, str(error))
    return count


def put(folder: Path, seed: Seed) -> Path:
    """Writes the files into an empty folder; answers what is to be read."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, data in seed.files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder / seed.name if seed.name else folder


def try_one(name: str, path: Path, told: Told, label: str) -> None:
    """Reads a file and notes what came of it."""
    # What counts is the work: a machine with other work is no fault of the file. What waits is ended by the watch.
    faulthandler.dump_traceback_later(3 * LONGEST, exit=True)
    begun = time.process_time()
    try:
        told.read += read(name, path) > 0
    except AnnotatorError as error:
        said = str(error)
        if not said.strip() or len(said) > 5_000 or said != said.encode("utf-8", "replace").decode():
            told.faults.append(f"{label}: an error that cannot be told: {said[:200]!r}")
    except BaseException:
        told.faults.append(f"{label}: {traceback.format_exc()[-1500:]}")
        # The sound files are others each time, so the number alone would not bring it back.
        kept = KEPT / label
        (shutil.copytree if path.is_dir() else shutil.copyfile)(path, _free(kept))
    faulthandler.cancel_dump_traceback_later()
    took = time.process_time() - begun
    if took > LONGEST:
        told.faults.append(f"{label}: it took {took:.1f} s")
    if took > told.seconds:
        told.seconds, told.slowest = took, told.count
    told.count += 1


def _free(place: Path) -> Path:
    if place.is_dir():
        shutil.rmtree(place)
    place.parent.mkdir(exist_ok=True)
    return place


def fuzz(name: str, first: int, count: int, folder: Path) -> Told:
    """Tries so many broken files."""
    told = Told()
    for number in range(first, first + count):
        (folder.parent / "at").write_text(f"{name} {number}", encoding="utf-8")
        try_one(name, put(folder, made(name, number)), told, f"{name} {number}")
    told.megabytes = peak_megabytes()
    return told


def limit_memory() -> None:
    """From here on whoever takes too much fails."""
    import resource

    used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + ROOM, used + ROOM))


SUFFIXES_OF = {"conll2003": ".conll", "conllu": ".conllu", "docbin": ".spacy", "tei": ".xml", "uima-xmi": ".xmi"} | {
    "doccano": ".jsonl", "label-studio": ".json", "prodigy": ".jsonl", "web-annotation": ".jsonld", OWN: ".jsonl",
    "uima-json": ".json", "refi-qdc": ".qdc", "refi-qda": ".qdpx", "webanno-tsv": ".tsv", "brat": ".ann",
}  # fmt: skip
"""How a file of a corpus is called that is no archive."""


def bomb(name: str, what: str, folder: Path) -> Told:
    """Tries a file that would cost a careless reader minutes or gigabytes."""
    from tests.promises.time_bombs import BOMBS

    data = BOMBS[name, what]()
    is_packed = data.startswith(b"PK") and name in {"uima-xmi", "webanno-tsv"}
    called = name if name in DOCUMENTS else f"made{'.zip' if is_packed else SUFFIXES_OF[name]}"
    files = {called: data} | ({"made.txt": b"Text of an article. " * 6_000} if name == "brat" else {})
    told = Told()
    (folder.parent / "at").write_text(f"{name}: {what}", encoding="utf-8")
    try_one(name, put(folder, Seed(files, called)), told, f"{name}: {what}")
    told.megabytes = peak_megabytes()
    return told


if __name__ == "__main__":
    place = Path(sys.argv[1])
    for one in NAMES:
        seeds(one)
    if sys.platform.startswith("linux"):
        limit_memory()
    for line in sys.stdin:
        asked, *how = line.rstrip("\n").split("\t")
        files = place / "files"
        came = bomb(asked, how[0], files) if len(how) == 1 else fuzz(asked, int(how[0]), int(how[1]), files)
        sys.stdout.write(json.dumps(asdict(came)) + "\n")
        sys.stdout.flush()
