"""Suggesting on many machines: partitions of articles go to the workers of a Dask cluster and come back as Parquet.

What comes back is kept in files beside the project until it is in the project, so that a pass which is stopped, or
whose project cannot be written just then, loses nothing; the next pass reads the files first. Dask gives the
partition of a worker that is lost to another one.
"""

import atexit
import io
import json
import os
import shutil
import signal
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from annotator.domain.articles import Article
from annotator.domain.ids import ArticleId
from annotator.domain.schemas import Schema
from annotator.domain.suggestions import SuggestionRun, Wishes
from annotator.errors import FormatError
from annotator.services.learned_models import CARD, files_of, lend
from annotator.services.learned_proposals import NOTHING
from annotator.services.learned_proposals import PROPOSER as LEARNED
from annotator.services.proposing import Batch, Known, Suggester
from annotator.services.suggesting import Asked, Found, steps, tasks
from annotator.services.workers import uninterrupted
from annotator.storage.suggestions import SuggestionReader, from_row, language_code, to_row
from annotator.version import VERSION

LOCAL = "local"
"""The scheduler that is started for one pass, with processes of this machine as workers."""
PARTITION = 100
"""Articles that a worker looks at for one answer."""
_WAITING = 2
"""Partitions at the cluster for each of its threads: none waits for the next one, and memory does not grow."""
_RETRIES = 2
_COLUMNS = ("id", "article_id", "proposer", "kind", "label", "start", "end", "spans", "score", "payload")
_RUNS = b"annotator runs"


@dataclass(frozen=True, slots=True)
class Task:
    """Articles with their texts, and in which version each proposer is to look, by article."""

    articles: Sequence[tuple[Article, str]]
    need: Mapping[ArticleId, Mapping[str, str]]


@dataclass(frozen=True)
class Setting:
    """What all tasks of a pass have in common, sent to each worker once; learned are the files of what was learned."""

    schema: Schema
    wishes: Wishes
    known: Known
    learned: Mapping[str, bytes]


def spread(
    project: Path,
    schema: Schema,
    wishes: Wishes,
    asked: Asked,
    found: Found,
    scheduler: str = LOCAL,
    size: int = PARTITION,
) -> Iterator[tuple[int, int, Batch]]:
    """Proposes as suggest does, on the workers of a Dask scheduler: an address such as tcp://host:8786, or LOCAL.

    Workers need this version of the program with its pipelines and lists of places, and no file of the project; size
    is how many articles one of them gets at once. A batch counts as stored when the next one is asked for. Raises
    ProjectFileError, and FormatError for what the cluster lacks.
    """
    began, folder = time.perf_counter(), project.with_name(f"{project.stem}.suggesting")
    reader, suggester = SuggestionReader(project), Suggester(schema, wishes)
    try:
        names = reader.names_version()
        versions = {code: suggester.known_versions(code, names) for code in reader.languages()}
        versions = {code: {k: v for k, v in all_.items() if k in asked.proposers} for code, all_ in versions.items()}
        yield from _left_over(folder, frozenset(reader.wanting({}, everything=True)))
        wanted = reader.wanting({} if asked.again else versions, NOTHING, everything=asked.again)
        if not wanted:
            return
        uses_learned = any(all_.get(LEARNED, NOTHING) != NOTHING for all_ in versions.values())
        learned = files_of(wishes.project) if wishes.project is not None and uses_learned else {}
        setting = Setting(schema, wishes, suggester.learn_names(project, names), learned)
        todo = (Task(*step) for step in tasks(steps(reader.articles(wanted), size), versions, asked))
        folder.mkdir(exist_ok=True)
        with _cluster(scheduler, asked.processes) as client:
            for task, answer in _answers(client, setting, todo):
                path = _kept(folder, task, answer)
                made = _read(path)
                found.take(task.articles, made, began)
                yield found.articles, len(wanted), made
                path.unlink()
    finally:
        reader.close()
        _remove_if_empty(folder)


def look(setting: Setting, task: Task) -> bytes:
    """What a worker does: the suggestions for a task's articles and who has looked, as one Parquet file."""
    suggester = _suggester(_Same(setting))
    made = [suggester.look_at(step, task.need) for step in _by_language(task.articles)]
    return _as_parquet(Batch(sum((one.runs for one in made), ()), sum((one.suggestions for one in made), ())))


def _by_language(articles: Iterable[tuple[Article, str]]) -> Iterator[list[tuple[Article, str]]]:
    by_code: dict[str, list[tuple[Article, str]]] = {}
    for article, text in articles:
        by_code.setdefault(language_code(article.language), []).append((article, text))
    return iter(by_code.values())


class _Same:
    """A setting that is the same as another by which one it is: comparing thousands of names takes too long."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._key = setting.known.version, setting.wishes, setting.schema.name, setting.learned.get(CARD)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other._key == self._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(1)
def _suggester(same: _Same) -> Suggester:
    """One for each process: loading a pipeline takes a second."""
    project = same.setting.wishes.project
    if project is not None:
        # Also where nothing is used: a worker may have learned something itself, or have it of an earlier pass.
        folder = mkdtemp(prefix="annotator-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        lend(project, same.setting.learned, Path(folder))
    suggester = Suggester(same.setting.schema, same.setting.wishes)
    suggester.know(same.setting.known)
    return suggester


def _answers(client: Any, setting: Setting, tasks: Iterator[Task]) -> Iterator[tuple[Task, bytes]]:
    """Each task with its answer, as they come; so many tasks are at the cluster as keep its threads busy."""
    # As the answer of a task it can be had again from the scheduler; data that is sent to workers is lost with them.
    common = client.submit(_itself, setting, pure=False, retries=_RETRIES)
    most = _WAITING * max(1, sum(client.nthreads().values()))
    done, waiting = _distributed().as_completed(), dict[Any, tuple[Task, int]]()

    def send(task: Task, times: int) -> None:
        future = client.submit(look, common, task, pure=False, retries=_RETRIES)
        waiting[future] = task, times
        done.add(future)

    def answered() -> Iterator[tuple[Task, bytes]]:
        future = next(done)
        task, times = waiting.pop(future)
        answer = _answer(future, is_last=times >= _RETRIES)
        if answer is None:
            send(task, times + 1)
        else:
            yield task, answer

    for task in tasks:
        send(task, 0)
        while len(waiting) >= most:
            yield from answered()
    while waiting:
        yield from answered()


def _itself(setting: Setting) -> Setting:
    return setting


def _answer(future: Any, *, is_last: bool) -> bytes | None:
    """What a worker answers; None where its task was lost with it on the way and is to be sent again."""
    distributed = _distributed()
    try:
        answer: bytes = future.result()
    except distributed.KilledWorker as error:
        raise FormatError(
            "The same articles have ended several workers one after the other, perhaps for want of memory. What the "
            "others found is kept; give workers more memory, or leave those articles out."
        ) from error
    except CancelledError as error:
        if is_last:
            raise FormatError("The cluster loses its workers again and again; what was found is kept.") from error
        return None
    return answer


@contextmanager
def _cluster(scheduler: str, processes: int) -> Iterator[Any]:
    distributed = _distributed()
    with ExitStack() as open_things:
        if scheduler == LOCAL:
            # Its processes complain of Ctrl+C at length, and are ended by this one in any case.
            with uninterrupted((signal.SIGINT,)):
                local = distributed.LocalCluster(
                    n_workers=processes, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
                )
            scheduler = open_things.enter_context(local).scheduler_address
        try:
            client = open_things.enter_context(distributed.Client(scheduler, timeout=30))
        except (OSError, ValueError) as error:
            raise FormatError(f"No Dask scheduler answers at {scheduler}: {error}") from error
        _check(client, scheduler)
        yield client


def _distributed() -> Any:
    """The package, whose types are not complete."""
    try:
        return import_module("distributed")
    except ImportError as error:
        raise FormatError("--scheduler needs the package dask: pip install annotator[scale]") from error


def _check(client: Any, scheduler: str) -> None:
    """Other workers' suggestions would be taken for this version's."""
    try:
        versions = set(client.run(_version).values())
    except ImportError:
        versions = {""}
    if not versions:
        raise FormatError(f"The Dask scheduler at {scheduler} has no workers. Start some, and run this again.")
    if versions != {VERSION}:
        raise FormatError(f"The workers at {scheduler} need annotator {VERSION}, as it is installed here.")


def _version() -> str:
    return VERSION


# Parquet


def _as_parquet(batch: Batch) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    text, number = pa.string(), pa.int64()
    kinds = (text, text, text, text, text, number, number, text, pa.float64(), text)
    runs = [(run.article, run.proposer, run.version, run.sha256) for run in batch.runs]
    schema = pa.schema(list(zip(_COLUMNS, kinds, strict=True)), metadata={_RUNS: json.dumps(runs).encode()})
    columns = list(zip(*map(to_row, batch.suggestions), strict=True)) or [()] * len(_COLUMNS)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    sink = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), sink, compression="zstd")
    return sink.getvalue()


def _read(path: Path) -> Batch:
    """A batch as a worker made it. Raises FormatError when it is none."""
    from pyarrow import parquet
    from pyarrow.lib import ArrowException

    try:
        table = parquet.read_table(path)
        runs = [SuggestionRun(ArticleId(a), p, v, s) for a, p, v, s in json.loads(table.schema.metadata[_RUNS])]
        columns = [table.column(name).to_pylist() for name in _COLUMNS]
        return Batch(tuple(runs), tuple(from_row(row) for row in zip(*columns, strict=True)))
    except (ArrowException, OSError, ValueError, KeyError, TypeError) as error:
        raise FormatError(
            f"“{path.name}” is no file of suggestions: {error}. Delete it, and run this again."
        ) from error


def _kept(folder: Path, task: Task, answer: bytes) -> Path:
    """Writes an answer beside the project: under another name first, so that there is no half of one."""
    path = folder / f"{task.articles[0][0].id}.parquet"
    half = path.with_suffix(".part")
    with half.open("wb") as file:
        file.write(answer)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    return path


def _left_over(folder: Path, articles: frozenset[ArticleId]) -> Iterator[tuple[int, int, Batch]]:
    """What an earlier pass had found and not stored, of articles that are still there."""
    paths = sorted(folder.glob("*.parquet")) if folder.is_dir() else []
    for done, path in enumerate(paths, 1):
        made = _read(path)
        runs = tuple(run for run in made.runs if run.article in articles)
        yield done, len(paths), Batch(runs, tuple(one for one in made.suggestions if one.article in articles))
        path.unlink()
    for half in folder.glob("*.part") if folder.is_dir() else ():
        half.unlink()


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
