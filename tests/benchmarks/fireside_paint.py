"""Fireside's window as `desktop.app.main` shows it, which tells when it is ready."""

import sys
from contextlib import ExitStack

from desktop import app as fireside
from tests.benchmarks.first_paint import FirstPaint


def main() -> int:
    """Show it until it was painted."""
    app = fireside.make_application()
    with ExitStack() as ending:
        window = fireside.open_window(app, ending)
        FirstPaint(window)
        window.show()
        return app.exec()


if __name__ == "__main__":
    sys.exit(main())
