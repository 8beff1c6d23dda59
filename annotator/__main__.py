"""Starts the window, or the command line if words follow."""

import sys

from annotator.app import run


def main() -> None:
    """The program, with its exit code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
