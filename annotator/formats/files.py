"""Writing files that are whole or not there."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from annotator.errors import FormatError


@contextmanager
def whole_file(target: Path) -> Iterator[TextIO]:
    """A UTF-8 text file with LF line ends, written beside target and renamed when the block ends without an error.

    Raises FormatError when it cannot be written.
    """
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)
    except OSError as error:
        raise FormatError(f"“{target.name}” could not be written: {error.strerror}.") from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
