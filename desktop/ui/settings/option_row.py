"""One option in the dialog: name, explanation, control, default and reset."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from desktop.core.errors import AppError
from desktop.settings.options import Option, Value
from desktop.settings.settings import Settings
from desktop.ui.icons import icon
from desktop.ui.settings import wording
from desktop.ui.settings.controls import Control
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated
from desktop.ui.wording import trouble

CONTROL_WIDTH = 13  # em


class OptionRow(Retranslated, QFrame):
    """Changes apply at once; what cannot be saved is said below the control."""

    def __init__(self, settings: Settings, option: Option, control: Control, theme: Theme) -> None:
        super().__init__()
        self._settings, self._theme = settings, theme
        self.option = option
        self.control = control
        self._label = _label("strong")
        self._explanation = _label("muted")
        self._default = _label("faint")
        self._default.setWordWrap(False)
        self._trouble = _label("danger")
        self._trouble.hide()
        self.reset_button = QPushButton()
        self.reset_button.setProperty("kind", "link")
        keeps_room = self.reset_button.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        self.reset_button.setSizePolicy(keeps_room)
        self._build()
        control.chosen.connect(self._on_chosen)
        self.reset_button.clicked.connect(self._on_reset)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    def _build(self) -> None:
        self._below = QHBoxLayout()
        self._below.addWidget(self._default)
        self._below.addWidget(self.reset_button)
        self._below.addStretch(1)
        words = QVBoxLayout()
        for part in (self._label, self._explanation):
            words.addWidget(part)
        self._words = words
        self._grid = QGridLayout(self)
        self._grid.addLayout(words, 0, 0)
        if self.control.is_wide:
            self._grid.addWidget(self.control, 1, 0, 1, 2)
        else:
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(self.control, 0, 1, top)
        self._grid.addLayout(self._below, 2, 0, 1, 2)
        self._grid.addWidget(self._trouble, 3, 0, 1, 2)
        self._grid.setColumnStretch(0, 1)

    def retranslate(self) -> None:
        """Set all texts."""
        key = self.option.key
        name, sentence = wording.label(key), wording.explanation(key)
        self._label.setText(name)
        self._explanation.setText(sentence)
        self._default.setText(wording.default_text(self.option))
        self.reset_button.setText(self.tr("Reset"))
        self.reset_button.setAccessibleName(self.tr("Reset: {name}").format(name=name))
        self.control.name(name, sentence)
        self.control.retranslate()
        self.refresh()

    def refresh(self) -> None:
        """Show what is in force."""
        key = self.option.key
        is_set = self._settings.is_set(key)
        self.control.show_value(self._settings.get(key), is_set=is_set)
        self.reset_button.setVisible(is_set)

    def matches(self, words: list[str]) -> bool:
        """Whether all words occur in what is said about this option."""
        option = self.option
        told = [
            wording.page_name(option.page),
            wording.label(option.key),
            wording.explanation(option.key),
            option.key.replace("_", " "),
            *(wording.choice(option.key, value) for value in option.choices),
        ]
        text = " ".join(told).casefold()
        return all(word in text for word in words)

    @property
    def trouble_text(self) -> str:
        """What went wrong with the last change, "" when nothing did."""
        return "" if self._trouble.isHidden() else self._trouble.text()

    def _on_chosen(self, value: Value) -> None:
        key = self.option.key
        if value is None:
            self._change(lambda: self._settings.reset(key))
        else:
            self._change(lambda: self._settings.set(key, value))

    def _on_reset(self) -> None:
        self._change(lambda: self._settings.reset(self.option.key))
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change(self, change: Callable[[], None]) -> None:
        try:
            change()
        except AppError as error:
            told = trouble(error)
            self._trouble.setText(f"{told.title}. {told.text}")
        else:
            self._trouble.clear()
        self._trouble.setVisible(bool(self._trouble.text()))
        self.refresh()

    def _on_theme_changed(self) -> None:
        em = self._theme.em
        self._grid.setContentsMargins(0, em(0.9), 0, em(0.9))
        self._grid.setHorizontalSpacing(em(1.6))
        self._grid.setVerticalSpacing(em(0.35))
        self._words.setSpacing(em(0.15))
        self._below.setSpacing(em(0.3))
        if not self.control.is_wide:
            self.control.setFixedWidth(em(CONTROL_WIDTH))
        self.reset_button.setIcon(icon("reset", self._theme.colors.accent))
        self.reset_button.setIconSize(QSize(em(0.95), em(0.95)))


def _label(kind: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("kind", kind)
    return label
