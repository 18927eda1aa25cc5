"""A question before something that cannot be undone."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.theme import Theme


class Confirm(QDialog):
    """Cancel has the focus, so that Enter never destroys anything."""

    def __init__(self, theme: Theme, parent: QWidget, title: str, text: str, action: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        heading = QLabel(title)
        heading.setFont(theme.font(1.15, bold=True))
        body = QLabel(text)
        for label in (heading, body):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        body.setMinimumWidth(theme.em(24))
        cancel = QPushButton(QCoreApplication.translate("Confirm", "Cancel"))
        do_it = QPushButton(action)
        do_it.setProperty("kind", "danger")
        do_it.setAutoDefault(False)
        buttons = QDialogButtonBox()
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(do_it, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        space = theme.em(1.2)
        layout.setContentsMargins(space, space, space, space)
        layout.setSpacing(theme.em(0.8))
        for part in (heading, body, buttons):
            layout.addWidget(part)
        cancel.setDefault(True)
        cancel.setFocus()


def confirm(theme: Theme, parent: QWidget, title: str, text: str, action: str) -> bool:
    """Ask; True when the user wants it. All texts are plain."""
    return Confirm(theme, parent, title, text, action).exec() == QDialog.DialogCode.Accepted
