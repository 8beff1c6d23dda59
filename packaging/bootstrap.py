"""Does all the set-up and then runs the program or its tests. Standard library only.

python3 packaging/bootstrap.py run [words for annotator]
python3 packaging/bootstrap.py test [words for pytest]
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
OLDEST, NEWEST = (3, 11), (3, 13)
FOR_USE = ["model", "geo", "formats", "documents", "agreement"]
FOR_TESTS = [*FOR_USE, "dev"]

# What Qt loads, and the Debian package that has it. The second group is for real windows only.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
TEST_PROGRAMS = {"Xvfb": "xvfb", "xauth": "xauth"}


class CannotGoOn(Exception):
    """Something the user has to do first; the text says what."""


def is_supported(version: tuple[int | str, ...]) -> bool:
    """Whether the project runs on this version of Python."""
    return OLDEST <= tuple(version[:2]) <= NEWEST


def better_python(find: Callable[[str], str | None] = shutil.which) -> str | None:
    """Another Python on this machine that the project runs on, or None."""
    names = [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    return next((path for path in map(find, names) if path), None)


def loads(library: str) -> bool:
    """Whether the system finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(
    *,
    for_window: bool,
    for_tests: bool,
    load: Callable[[str], bool] = loads,
    find: Callable[[str], str | None] = shutil.which,
) -> list[str]:
    """The Debian packages that have what is missing, in a fixed order."""
    wanted = dict(LIBRARIES, **(WINDOW_LIBRARIES if for_window else {}))
    packages = [package for library, package in wanted.items() if not load(library)]
    if for_tests:
        packages += [package for program, package in TEST_PROGRAMS.items() if not find(program)]
    return packages


def install_line(packages: list[str], *, is_root: bool) -> str:
    """The one line that installs Debian packages."""
    command = "apt-get install -y --no-install-recommends " + " ".join(packages)
    return command if is_root else "sudo " + command


def ensure_system(*, for_window: bool, for_tests: bool) -> None:
    """Makes sure that Qt's system libraries are there: installs them when it may, else raises CannotGoOn."""
    if not sys.platform.startswith("linux"):
        return
    packages = missing_packages(for_window=for_window, for_tests=for_tests)
    if not packages:
        return
    if not shutil.which("apt-get"):
        raise CannotGoOn("Qt needs libraries that Debian calls {}; please install them.".format(" ".join(packages)))
    is_root = os.geteuid() == 0
    line = install_line(packages, is_root=is_root)
    if not is_root and subprocess.run(["sudo", "-n", "true"], stderr=subprocess.DEVNULL, check=False).returncode:
        raise CannotGoOn("Qt needs some system libraries. Please type this line, then start again:\n\n    " + line)
    say("Installing system libraries: " + " ".join(packages))
    prefix = [] if is_root else ["sudo", "-n"]
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    checked([*prefix, "apt-get", "update", "-q"], env=environment)
    checked([*prefix, *line.replace("sudo ", "").split()], env=environment)


def venv_python() -> Path:
    """The Python of the project's own environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp(extras: list[str]) -> str:
    """What the environment must have been made from to be up to date."""
    digest = hashlib.sha256()
    for part in (ROOT / "pyproject.toml", CONSTRAINTS):
        digest.update(part.read_bytes())
    digest.update(",".join(extras).encode() + sys.version.encode() + str(ROOT).encode())
    return digest.hexdigest()


def is_up_to_date(extras: list[str]) -> bool:
    """Whether the environment has what was asked for: then nothing is installed."""
    marks = VENV / "annotator-stamp"
    known = marks.read_text(encoding="ascii").split() if marks.is_file() else []
    return venv_python().exists() and stamp(extras) in known


def ensure_environment(extras: list[str]) -> None:
    """Makes .venv and installs the project in it, unless that was done before."""
    if is_up_to_date(extras):
        return
    if not venv_python().exists():
        make_venv()
    say("Installing Python packages; this takes a minute or two")
    python = str(venv_python())
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", str(CONSTRAINTS)]
    checked([*pip, "--editable", "{}[{}]".format(ROOT, ",".join(extras))], quiet=True)
    stamps = [stamp(extras)] + ([stamp(FOR_USE)] if "dev" in extras else [])
    (VENV / "annotator-stamp").write_text("\n".join(stamps), encoding="ascii")


def make_venv() -> None:
    """Makes the environment; on Debian the module for it is a package of its own."""
    say("Making the environment .venv")
    command = [sys.executable, "-m", "venv", str(VENV)]
    if subprocess.run(command, capture_output=True, check=False).returncode == 0:
        return
    shutil.rmtree(str(VENV), ignore_errors=True)
    package = f"python3.{sys.version_info[1]}-venv"
    if shutil.which("apt-get") and os.geteuid() == 0:
        checked(["apt-get", "update", "-q"])
        checked(["apt-get", "install", "-y", "--no-install-recommends", package])
        checked(command)
        return
    raise CannotGoOn(
        "Python's venv module is missing. Please type this line, then start again:\n\n    "
        "sudo apt-get install -y " + package
    )


def has_screen(environment: Mapping[str, str] | None = None, platform: str = sys.platform) -> bool:
    """Whether a window can be shown."""
    environment = os.environ if environment is None else environment
    if environment.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    if not platform.startswith("linux"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def run_command(words: list[str], *, screen: bool) -> list[str]:
    """What starts the program: the window, on the sample project if nothing else is said; the tour with no screen."""
    start = [str(venv_python()), "-m", "annotator"]
    if words:
        return [*start, *words]
    return [*start, "--sample"] if screen else [*start, "tour", str(ROOT / "tour")]


def run(words: list[str]) -> int:
    """Opens the window, or plays the tour where there is no screen."""
    screen = has_screen()
    ensure_system(for_window=screen, for_tests=False)
    ensure_environment(FOR_USE)
    environment = dict(os.environ)
    if not screen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
        if not words:
            say("There is no screen here, so the tour is played instead; see the folder tour")
    return subprocess.run(run_command(words, screen=screen), env=environment, check=False).returncode


def test_steps(words: list[str], *, with_screen: bool) -> list[tuple[str, list[str], str]]:
    """The steps of the test command: a heading, a command, and the platform that windows are on."""
    python, jobs = str(venv_python()), str(max(1, min(4, os.cpu_count() or 1)))
    pytest = [python, "-m", "pytest"]
    tests = [("Tests", [*pytest, "-m", "not screen", "-n", jobs, "-q", *words], "offscreen")]
    if with_screen:
        tests.append(("Tests in a real window", [*pytest, "-m", "screen", "-q", *words], "xcb"))
    if words:
        return tests
    checks = [
        ("Format", [python, "-m", "ruff", "format", "--check", "."], ""),
        ("Lint", [python, "-m", "ruff", "check", "."], ""),
        ("Types", [python, "-m", "mypy"], ""),
    ]
    return [*checks, *tests]


def test(words: list[str]) -> int:
    """Runs all checks and tests; stops at the first that fails."""
    with_screen = sys.platform.startswith("linux")
    ensure_system(for_window=with_screen, for_tests=with_screen)
    ensure_environment(FOR_TESTS)
    times = []
    for heading, command, platform in test_steps(words, with_screen=with_screen):
        say(heading)
        environment = dict(os.environ)
        if platform:
            environment["QT_QPA_PLATFORM"] = platform
        if platform == "xcb":
            environment.pop("WAYLAND_DISPLAY", None)
        begun = time.monotonic()
        code = subprocess.run(command, cwd=str(ROOT), env=environment, check=False).returncode
        times.append(f"{heading} {time.monotonic() - begun:.0f} s")
        # pytest answers 5 when it found no test; with words that choose some tests one of the two parts may be empty.
        if code and not (words and code == 5):
            say(f"{heading} failed")
            return code
    say("All is well: " + ", ".join(times))
    return 0


def checked(command: list[str], *, quiet: bool = False, env: dict[str, str] | None = None) -> None:
    """Runs a command; when it fails, shows what it said and stops."""
    done = subprocess.run(
        command, check=False, env=env, stdout=subprocess.PIPE if quiet else None, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        raise CannotGoOn("{}\nThis command failed: {}".format(done.stdout or "", " ".join(command)))


def say(words: str) -> None:
    """A heading on the terminal."""
    print("\n==> " + words, flush=True)


def main(words: list[str]) -> int:
    """Does what the first word says; answers the exit code."""
    if not words or words[0] not in {"run", "test"}:
        print(__doc__)
        return 0 if words in (["-h"], ["--help"]) else 2
    if not is_supported(sys.version_info):
        other = better_python()
        if other is None:
            print(f"This program needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]}.")
            return 2
        return subprocess.run([other, __file__, *words], check=False).returncode
    try:
        return {"run": run, "test": test}[words[0]](words[1:])
    except CannotGoOn as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
