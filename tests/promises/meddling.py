"""Another program that meddles with a project: does what each line of its input says, and answers with a line.

A line is a JSON list: the name of a function here, and paths or words for it. Locks are held until it is to let go.
"""

import json
import os
import shutil
import sqlite3
import sys
from pathlib import Path

_held: list[sqlite3.Connection] = []


def hold(path: str, *statements: str) -> None:
    """Takes a lock by statements, and keeps it."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=5)
    for statement in statements:
        connection.execute(statement).fetchall()
    _held.append(connection)


def let_go() -> None:
    """Gives all locks back; what was written is taken back."""
    while _held:
        _held.pop().close()


def write(path: str, statement: str) -> None:
    """Changes something, as a program would that knows SQLite."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=5)
    connection.execute(statement)
    connection.close()


def replace(path: str, other: str) -> None:
    """Puts a file in its place, as sync programs do."""
    beside = f"{path}.sync"
    shutil.copyfile(other, beside)
    os.replace(beside, path)


def overwrite(path: str, other: str) -> None:
    """Copies a file over it, as a file manager does."""
    shutil.copyfile(other, path)


def delete(path: str) -> None:
    """Deletes it."""
    Path(path).unlink()


def move(path: str, target: str) -> None:
    """Moves a file, or a whole folder: the path is gone, as of a stick that was pulled out."""
    Path(path).rename(target)


def wipe(folder: str) -> None:
    """Deletes a folder with all that is in it."""
    shutil.rmtree(folder)


def protect(path: str, mode: str) -> None:
    """Sets the permissions of a file or folder."""
    Path(path).chmod(int(mode, 8))


if __name__ == "__main__":
    for line in sys.stdin:
        name, *words = json.loads(line)
        globals()[name](*words)
        sys.stdout.write("done\n")
        sys.stdout.flush()
