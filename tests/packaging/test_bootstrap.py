"""The set-up decides rightly what is missing and what to run; nothing is installed here."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

PATH = Path(__file__).parents[2] / "packaging" / "bootstrap.py"


@pytest.fixture
def bootstrap(tmp_path: Path) -> ModuleType:
    """The script as a module, with an environment of the test's own."""
    spec = importlib.util.spec_from_file_location("bootstrap", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.VENV = tmp_path / "venv"  # type: ignore[attr-defined]
    return module


def test_missing_libraries_are_named_by_their_packages(bootstrap: ModuleType) -> None:
    def has_all_but_egl(library: str) -> bool:
        return library != "libEGL.so.1"

    found = bootstrap.missing_packages(for_window=False, for_tests=False, load=has_all_but_egl)
    assert found == ["libegl1"]


def test_a_window_and_the_tests_need_more(bootstrap: ModuleType) -> None:
    nothing = bootstrap.missing_packages(for_window=True, for_tests=True, load=lambda _: False, find=lambda _: None)
    assert {"libegl1", "libxcb-cursor0", "libxcb-icccm4", "xvfb", "xauth"} <= set(nothing)
    everything = bootstrap.missing_packages(for_window=True, for_tests=True, load=lambda _: True, find=lambda _: "x")
    assert everything == []


def test_the_line_to_type_is_one_line_with_sudo_for_a_user(bootstrap: ModuleType) -> None:
    line = bootstrap.install_line(["libegl1", "xvfb"], is_root=False)
    assert line == "sudo apt-get install -y --no-install-recommends libegl1 xvfb"
    assert not bootstrap.install_line(["libegl1"], is_root=True).startswith("sudo")


def test_a_second_start_installs_nothing(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], **_: object) -> None:
        commands.append(command)
        bootstrap.venv_python().parent.mkdir(parents=True, exist_ok=True)
        bootstrap.venv_python().touch()

    monkeypatch.setattr(bootstrap, "checked", run)
    monkeypatch.setattr(bootstrap, "make_venv", lambda: run(["venv"]))
    bootstrap.ensure_environment(bootstrap.FOR_TESTS)
    assert len(commands) == 2
    bootstrap.ensure_environment(bootstrap.FOR_TESTS)
    bootstrap.ensure_environment(bootstrap.FOR_USE)
    assert len(commands) == 2, "what the tests need has what the program needs"


def test_another_list_of_versions_installs_again(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = bootstrap.stamp(["model"])
    other = tmp_path / "constraints.txt"
    other.write_text("spacy==3.8.99\n", encoding="ascii")
    monkeypatch.setattr(bootstrap, "CONSTRAINTS", other)
    assert bootstrap.stamp(["model"]) != before


@pytest.mark.parametrize(
    ("environment", "platform", "answer"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_a_screen_is_found(bootstrap: ModuleType, environment: dict[str, str], platform: str, *, answer: bool) -> None:
    assert bootstrap.has_screen(environment, platform) is answer


def test_with_a_screen_the_sample_opens_and_without_one_the_tour_is_played(bootstrap: ModuleType) -> None:
    assert bootstrap.run_command([], screen=True)[-1] == "--sample"
    assert bootstrap.run_command([], screen=False)[3] == "tour"
    assert bootstrap.run_command(["my.annot"], screen=True)[-1] == "my.annot"


def test_the_tests_are_format_lint_types_and_both_kinds_of_windows(bootstrap: ModuleType) -> None:
    steps = bootstrap.test_steps([], with_screen=True)
    assert [heading for heading, _, _ in steps] == ["Format", "Lint", "Types", "Tests", "Tests in a real window"]
    assert [platform for _, _, platform in steps] == ["", "", "", "offscreen", "xcb"]
    assert [heading for heading, _, _ in bootstrap.test_steps(["-k", "tag"], with_screen=False)] == ["Tests"]


def test_an_old_python_is_told_which_one_is_needed(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "is_supported", lambda _: False)
    monkeypatch.setattr(bootstrap, "better_python", lambda: None)
    assert bootstrap.main(["run"]) == 2
    assert "needs Python 3.11, 3.12 or 3.13" in capsys.readouterr().out
    assert bootstrap.better_python is not None


def test_the_supported_versions(bootstrap: ModuleType) -> None:
    assert bootstrap.is_supported(sys.version_info[:3])
    assert not bootstrap.is_supported((3, 10, 9))
    assert not bootstrap.is_supported((3, 14, 0))


def test_versions_are_pinned_plainly() -> None:
    lines = (PATH.parent / "constraints.txt").read_text(encoding="ascii").splitlines()
    assert all(line.count("==") == 1 and "/" not in line and "://" not in line for line in lines)
