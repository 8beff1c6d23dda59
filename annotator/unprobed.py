"""Importing spaCy without the socket that a library below it opens to learn whether there is IPv6.

Nothing is sent by that, but a program that promises to open no socket opens none.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_one_at_a_time = threading.Lock()


@contextmanager
def unprobed() -> Iterator[None]:
    """While it lasts, whoever asks Python whether there is IPv6 hears no, and so does not try."""
    with _one_at_a_time:
        before, socket.has_ipv6 = socket.has_ipv6, False
        try:
            yield
        finally:
            socket.has_ipv6 = before
