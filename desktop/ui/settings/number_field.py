"""A number, with a word below the range for leaving the choice to the program or the model."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from desktop.settings.options import Option, Value


class NumberField(QDoubleSpinBox):
    """A spin box of doubles even for whole numbers: seeds are larger than Qt's integers."""

    chosen = Signal(object)  # Value; None for the word

    def __init__(self, option: Option, *, has_word: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert option.range is not None
        self._low = option.range.low
        self._whole = option.type is int
        self._has_word = has_word
        self.setDecimals(0 if self._whole else 2)
        self.setSingleStep(option.step)
        lowest = self._low - (1 if self._whole else option.step) if has_word else self._low
        self.setRange(lowest, option.range.high)
        self.setKeyboardTracking(False)
        self.setAccelerated(True)
        self.setGroupSeparatorShown(True)
        # The style sheet's padding does not reach the field inside a spin box.
        self.lineEdit().setTextMargins(self.fontMetrics().averageCharWidth(), 0, 0, 0)
        self.valueChanged.connect(lambda: self.chosen.emit(self.shown))

    def set_word(self, word: str) -> None:
        """Set what stands for None."""
        self.setSpecialValueText(word)

    def show_value(self, value: Value) -> None:
        """Show a value without reporting it; None is the word."""
        self.blockSignals(True)
        self.setValue(self.minimum() if value is None else float(value))
        self.blockSignals(False)

    @property
    def shown(self) -> Value:
        """The value that is shown; None for the word."""
        value = self.value()
        if self._has_word and value < self._low:
            return None
        return round(value) if self._whole else round(value, self.decimals())

    def stepBy(self, steps: int) -> None:
        """Go in steps that start at the word, then at the lowest number."""
        target = self.value() + steps * self.singleStep()
        if steps > 0 and self.value() < self._low:
            self.setValue(self._low + (steps - 1) * self.singleStep())
        elif steps < 0 and target < self._low:
            self.setValue(self._low if self.value() > self._low else self.minimum())
        elif self._whole and self.singleStep() > 1:
            self.setValue(target - target % self.singleStep())
        else:
            self.setValue(target)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page instead of changing what the pointer happens to be over."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
