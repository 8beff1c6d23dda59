"""Looks for files that a reader cannot stand, led by which lines of it they reach. Needs atheris, which no test does:

    python -m venv fuzzing && fuzzing/bin/pip install atheris
    PYTHONPATH=SITE-PACKAGES-OF-THE-PROGRAM fuzzing/bin/python -m tests.promises.fuzz NAME FOLDER [libFuzzer's options]

NAME is one of trying_documents.NAMES, FOLDER keeps what was found to reach new lines, from run to run. What it finds
wrong lies there as crash-… or timeout-…: make it a bomb in time_bombs.py, or a test of its reader.
"""

import random
import sys
import tempfile
from pathlib import Path

try:
    import atheris  # type: ignore[import-untyped]
except ImportError:
    sys.exit("atheris is not installed; see the head of this file")

with atheris.instrument_imports(include=["annotator.formats", "annotator.domain"]):
    from annotator.errors import AnnotatorError
    from tests.promises import mutating, trying_documents

_MOST = 300_000


def main(name: str, folder: Path, options: list[str]) -> None:
    """Runs until it is stopped or something is found."""
    folder.mkdir(parents=True, exist_ok=True)
    single = [seed for seed in trying_documents.seeds(name) if seed.name]
    seeds = [seed.files[seed.name] for seed in single]
    for number, data in enumerate(seeds):
        (folder / f"seed-{number}").write_bytes(data)
    beside = single[0]
    memory = Path("/dev/shm")
    place = Path(tempfile.mkdtemp(prefix="fuzz-", dir=memory if memory.is_dir() else None)) / "files"

    def try_one(data: bytes) -> None:
        seed = trying_documents.Seed({**beside.files, beside.name: data}, beside.name)
        try:
            trying_documents.read(name, trying_documents.put(place, seed))
        except AnnotatorError as error:
            str(error).encode("utf-8")

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        dice = random.Random(seed)
        if dice.random() < 0.3:
            return bytes(atheris.Mutate(data, most))
        return mutating.mutated({"": data}, [{"": one} for one in seeds], dice).get("", b"")[:most]

    limits = [f"-max_len={_MOST}", f"-timeout={trying_documents.LONGEST}", f"-artifact_prefix={folder}/"]
    atheris.Setup([sys.argv[0], str(folder), *limits, *options], try_one, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
