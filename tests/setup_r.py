"""Sees to it that R is there, with which the tests read the dataset's files."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LIBRARIES = ("foreign", "readstata13")
PACKAGES = ("r-base-core", "r-cran-foreign", "r-cran-readstata13")


def r_is_there() -> bool:
    """Say whether R and the libraries that read SPSS's and Stata's files can be used."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        return False
    program = "".join(f"library({name});" for name in LIBRARIES)
    return subprocess.run([rscript, "--vanilla", "-e", program], capture_output=True,
                          check=False).returncode == 0  # fmt: skip


if __name__ == "__main__":
    if not r_is_there():
        print("R, with which the tests read the dataset, is not here yet; fetching it.", flush=True)
        subprocess.run(["sh", str(ROOT / ".ci" / "need"), *PACKAGES], check=True)
    if not r_is_there():
        sys.exit(f"Please install R with its libraries {' and '.join(LIBRARIES)}, then try again.")
