"""Logging, set up once by the composition root. Article text is never logged above debug level."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

logger = logging.getLogger(__name__)

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def set_up(path: Path, *, debug: bool = False) -> None:
    """Send records to a rotating file of at most 1 MB; a folder that cannot be written is no reason not to start."""
    logging.basicConfig(
        level=logging.DEBUG if debug else logging.INFO, format=_FORMAT, handlers=[logging.NullHandler()]
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(logging.Formatter(_FORMAT))
    logging.getLogger().addHandler(handler)
