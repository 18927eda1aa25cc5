"""One control for each kind of option; all show a value and report a choice."""

from collections.abc import Callable, Sequence
from pathlib import Path, PurePath

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from desktop.library.installed import InstalledModel
from desktop.settings.options import SAMPLING_KEYS, Kind, Option, Value
from desktop.ui.amounts import number, percent
from desktop.ui.settings import wording
from desktop.ui.settings.number_field import NumberField

PAUSE_MS = 500  # of typing, after which a text is taken
LINES = 5  # of a text that is shown


class Control(QWidget):
    """`chosen` carries the new value; None puts an option back to its default."""

    chosen = Signal(object)  # Value
    is_wide = False  # needs the whole width of the page

    def __init__(self, option: Option) -> None:
        super().__init__()
        self._option = option
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)

    def show_value(self, value: Value, *, is_set: bool) -> None:
        """Show what is in force, without reporting it."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Say everything in the language of the window."""

    def flush(self) -> None:
        """Report what was typed and not yet taken."""

    def _hold(self, field: QWidget) -> None:
        self._row.addWidget(field)
        self.setFocusProxy(field)

    def name(self, label: str, explanation: str) -> None:
        """Tell screen readers what this is for."""
        field = self.focusProxy() or self
        field.setAccessibleName(label)
        field.setAccessibleDescription(explanation)


class ChoiceControl(Control):
    """One of several values, or a model."""

    def __init__(self, option: Option, models: Sequence[InstalledModel] = ()) -> None:
        super().__init__(option)
        self._models = models
        self._box = _Box()
        self._hold(self._box)
        self._values: list[str] = []
        self._fill()
        self._box.activated.connect(lambda index: self.chosen.emit(self._values[index]))

    def show_value(self, value: Value, *, is_set: bool) -> None:
        """Select the value; a model that is no longer there is shown by its file."""
        text = str(value)
        if text not in self._values:
            self._values.append(text)
            self._box.addItem(PurePath(text).name)
        self._box.setCurrentIndex(self._values.index(text))

    def retranslate(self) -> None:
        """Name the choices."""
        index = self._box.currentIndex()
        self._fill()
        self._box.setCurrentIndex(index)

    def _fill(self) -> None:
        option = self._option
        if option.kind is Kind.MODEL:
            names = {"" if m.builtin else m.path: m.name for m in self._models}
            names[""] = wording.value_text(option, "")
        else:
            names = {value: wording.choice(option.key, value) for value in option.choices}
        self._values = list(names)
        self._box.clear()
        self._box.addItems(list(names.values()))


class NumberControl(Control):
    """A number. What was never set in the sampling options is the model file's business."""

    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self._from_model = option.key in SAMPLING_KEYS
        has_word = self._from_model or option.automatic != ""
        self._field = NumberField(option, has_word=has_word)
        self._hold(self._field)
        self._field.chosen.connect(self._on_chosen)
        self.retranslate()

    def show_value(self, value: Value, *, is_set: bool) -> None:
        """Show the number, or the word for what is not one."""
        option = self._option
        unset = not is_set if self._from_model else value == option.automatic
        self._field.show_value(None if unset else value)

    def retranslate(self) -> None:
        """Set the word and the unit."""
        if self._option.key == "text_size":
            self._field.setSuffix(percent(0).removeprefix(number(0)))
        if self._from_model:
            self._field.set_word(wording.from_model())
        elif self._option.automatic != "":
            self._field.set_word(wording.value_text(self._option, self._option.automatic))

    def _on_chosen(self, value: Value) -> None:
        if value is None and not self._from_model:
            self.chosen.emit(self._option.automatic)
        else:
            self.chosen.emit(value)


class TextControl(Control):
    """Several lines, taken a moment after the last key."""

    is_wide = True

    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self._edit = _Edit()
        self._edit.left.connect(self._take)
        self._hold(self._edit)
        self._shown = ""
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._take)
        self._edit.textChanged.connect(self._timer.start)

    def show_value(self, value: Value, *, is_set: bool) -> None:
        """Show the text, unless it is what stands there."""
        if str(value) != self._shown or not is_set:
            self._shown = str(value)
            self._edit.setPlainText(self._shown)
            self._timer.stop()

    def flush(self) -> None:
        """Take the text now."""
        self._take()

    def _take(self) -> None:
        self._timer.stop()
        text = self._edit.toPlainText()
        if text != self._shown:
            self._shown = text
            self.chosen.emit(text)


class FolderControl(Control):
    """A folder, chosen in the system's dialog."""

    is_wide = True

    def __init__(self, option: Option, usual: Path) -> None:
        super().__init__(option)
        self._usual = usual
        self._line = QLineEdit()
        self._line.setReadOnly(True)
        self._button = QPushButton()
        self._hold(self._line)
        self._row.addWidget(self._button)
        self._button.clicked.connect(self._on_pressed)
        self.retranslate()

    def show_value(self, value: Value, *, is_set: bool) -> None:
        """Show the folder; the usual one by its path too."""
        self._line.setText(str(value) or str(self._usual))
        self._line.setCursorPosition(0)

    def retranslate(self) -> None:
        """Name the button."""
        self._button.setText(self.tr("Choose…"))

    def _on_pressed(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Data folder"), self._line.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def control_for(
    option: Option, models: Callable[[], Sequence[InstalledModel]], usual: Path
) -> Control:
    """Return the control for an option; `usual` is the data folder without a choice."""
    if option.kind is Kind.FOLDER:
        return FolderControl(option, usual)
    if option.kind is Kind.TEXT:
        return TextControl(option)
    if option.kind is Kind.MODEL:
        return ChoiceControl(option, models())
    return ChoiceControl(option) if option.choices else NumberControl(option)


class _Box(QComboBox):
    """A list that the wheel only changes when it has the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class _Edit(QPlainTextEdit):
    """A text of several lines that Tab leaves."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().lineSpacing() * LINES + 16)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
