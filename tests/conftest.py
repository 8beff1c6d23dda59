"""What holds for every test: the user's own settings are left alone, and nothing ever reaches for the network."""

import sys
from pathlib import Path

import pytest
from hypothesis import settings

from annotator import paths

# A machine with other work is no fault of the code: speed is measured in tests/benchmarks, as ratios.
settings.register_profile("annotator", deadline=None)
settings.load_profile("annotator")

_FORBIDDEN = {
    *("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "urllib.Request", "webbrowser.open"),
    *("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"),
}


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if event in _FORBIDDEN:
        raise AssertionError(f"the program reached for the network: {event} {arguments}")


sys.addaudithook(_refuse_network)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, name, log, caches and backups of the program in a folder of the test's own."""
    folder = tmp_path / "of the program"
    for name in ("settings_file", "person_file", "log_file", "backup_folder", "sample_project_file"):
        place = folder / getattr(paths, name)().name
        monkeypatch.setattr(paths, name, lambda place=place: place)
    monkeypatch.setattr(paths, "documents_folder", lambda: folder)
    monkeypatch.setattr(paths, "learned_folder", lambda: folder / "learned")
    monkeypatch.setattr(paths, "cache_folder", lambda: folder / "cache")
    return folder
