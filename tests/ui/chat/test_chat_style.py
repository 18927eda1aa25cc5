import pytest
from PySide6.QtGui import QColor

from desktop.ui.chat.chat_style import CODE_DARK, CODE_LIGHT
from desktop.ui.palette import DARK, LIGHT, Colors, contrast


@pytest.mark.parametrize(("colors", "code"), [(LIGHT, CODE_LIGHT), (DARK, CODE_DARK)])
def test_code_can_be_read(colors: Colors, code: dict[str, str]) -> None:
    for name in code.values():
        assert contrast(QColor(name), colors.code_background) >= 4.5
