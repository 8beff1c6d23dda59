"""The release form of all promises, with a table of what each reached: python -m tests.promises [pytest's options]."""

import os
import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    folder = Path(__file__).parent
    pytest = [sys.executable, "-m", "pytest", str(folder), "-q", "--timeout=0", "-n", str(os.cpu_count() or 1)]
    environment = os.environ | {"ANNOTATOR_RELEASE": "1", "QT_QPA_PLATFORM": "offscreen"}
    sys.exit(subprocess.run([*pytest, *sys.argv[1:]], env=environment, cwd=folder.parents[1], check=False).returncode)
