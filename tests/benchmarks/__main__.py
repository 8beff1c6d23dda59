"""All benchmarks, each in a process of its own: python -m tests.benchmarks [names]

Every figure is a ratio to a floor that is measured in the same run, because seconds differ from machine to machine.
"""

import os
import subprocess
import sys

BENCHMARKS = (
    "start",
    "importing",
    "pages",
    "tagging",
    "scrolling",
    "viewing",
    "memory",
    "searching",
    "sameness",
    "places",
    "mapping",
    "claims",
    "merging",
    "corpora",
    "agreeing",
    "reviewing",
    "suggesting",
)


def main(names: list[str]) -> int:
    """Runs them one after the other and prints what they print."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    print(f"{'benchmark':44} {'ours':>10} {'floor':>10} {'ratio':>6} {'aim':>5}  peak memory")
    worst = 0
    for name in names or BENCHMARKS:
        command = [sys.executable, "-m", f"tests.benchmarks.{name}"]
        worst = max(worst, subprocess.run(command, env=environment, check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
