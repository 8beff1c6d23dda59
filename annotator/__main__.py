"""Starts the window, or the command line if words follow."""

import sys

_INTERRUPTED = 130


def main() -> None:
    """The program, with its exit code."""
    try:
        # Here: Ctrl+C while all of it is read is answered without Python's own words, too.
        from annotator.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = _INTERRUPTED
    sys.exit(code)


if __name__ == "__main__":
    main()
