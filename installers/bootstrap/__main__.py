"""Set everything up once; later runs only look at a stamp."""

import hashlib
import sys
from pathlib import Path

from installers.bootstrap import environment, system_libraries
from installers.bootstrap.report import SetupError, say

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "fireside.stamp"


def fingerprint() -> str:
    """Return what the environment was made from: interpreter, lock file and these scripts."""
    digest = hashlib.sha256(f"{sys.version} {ROOT}".encode())
    for path in [LOCK, ROOT / "pyproject.toml", *sorted(Path(__file__).parent.glob("*.py"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def main() -> int:
    """Return 0 when `.venv` is ready, 1 with a sentence on standard error when it cannot be."""
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return 0
    try:
        if sys.version_info < (3, 11):  # noqa: UP036 — the minimum is checked here
            raise SetupError(
                "Fireside needs Python 3.11 or newer; run make PYTHON=python3.12, say."
            )
        say("Setting Fireside up. This happens once.")
        system_libraries.ensure()
        environment.create(VENV, LOCK, ROOT)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    STAMP.write_text(wanted)
    say("Fireside is ready.")
    return 0


sys.exit(main())
