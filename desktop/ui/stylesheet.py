"""The one style sheet, resources/themes/fireside.qss filled in for the colours and the text size.

Widgets ask for a look with the dynamic property `kind` (`widget.setProperty("kind", "primary")`):

- QPushButton: "primary" (the one main action), "quiet" (no frame), "danger"; plain otherwise
- QToolButton: flat icon or text button; "pill" has a frame and round ends (model picker),
  "row" is a wide flat one with a text
- QLabel: "title" (large), "strong" (bold, a little larger), "heading" (small, bold, faint),
  "muted", "faint", "danger"
- QFrame/QWidget: "card" (surface with border and round corners), "sidebar", "danger_card"
- QLineEdit: framed field; "plain" has no frame, "inplace" renames in a row or header
"""

import re
from collections.abc import Callable

from desktop.system.paths import resources
from desktop.ui.palette import Colors

Em = Callable[[float], int]

_SHRUNK = re.compile(r"calc\((\d+(?:\.\d+)?)em - 1px\)")
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)em\b")
_NAME = re.compile(r"@([a-z_]+)")


def stylesheet(colors: Colors, em: Em, *, dark: bool) -> str:
    """Return the sheet for these colours; `em` turns font-relative sizes into pixels."""
    sheet = (resources() / "themes" / "fireside.qss").read_text(encoding="utf-8")
    names = {name: getattr(colors, name).name() for name in Colors.__dataclass_fields__}
    names["mode"] = "dark" if dark else "light"
    sheet = _SHRUNK.sub(lambda found: f"{max(0, em(float(found[1])) - 1)}px", sheet)
    sheet = _LENGTH.sub(lambda found: f"{em(float(found[1]))}px", sheet)
    return _NAME.sub(lambda found: names[found[1]], sheet)
