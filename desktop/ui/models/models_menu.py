"""Everything the chat page offers about models: the picker, adding files, forgetting one."""

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from desktop.core.errors import AppError
from desktop.library.installed import InstalledModel, Library
from desktop.ui.models.adding import ModelAdder
from desktop.ui.notices import Action, Notices
from desktop.ui.theme import Theme
from desktop.ui.wording import TroubleAction

if TYPE_CHECKING:
    from desktop.ui.models.picker import ModelPicker


class ModelsMenu(QObject):
    """`anchor` is the button that the list opens below; `loaded` returns a path or ""."""

    chosen = Signal(str)  # path: the open chat shall use it
    changed = Signal()  # the list of models

    def __init__(
        self,
        library: Library,
        theme: Theme,
        notices: Notices,
        anchor: QAbstractButton,
        loaded: Callable[[], str],
    ) -> None:
        super().__init__(anchor)
        self._library, self._notices = library, notices
        self._anchor, self._loaded = anchor, loaded
        self._theme = theme
        self.adder = ModelAdder(library, self)
        self.adder.added.connect(self._on_added)
        self.adder.refused.connect(self._on_refused)

    @cached_property
    def picker(self) -> "ModelPicker":
        """The list, made when it is first opened."""
        from desktop.ui.models.picker import ModelPicker  # noqa: PLC0415 — not before the window

        picker = ModelPicker(self._theme, self._anchor)
        picker.chosen.connect(self.chosen)
        picker.add_requested.connect(self.add_with_dialog)
        picker.remove_requested.connect(self._on_remove)
        return picker

    def open(self, chosen: str) -> None:
        """Show the list; `chosen` is the path of the model that this chat uses."""
        self.picker.open(self._library.models(), chosen, self._loaded(), self._anchor)

    def add(self, paths: Sequence[str]) -> None:
        """Add model files; what is none is refused with a sentence."""
        self.adder.add(paths)

    def add_with_dialog(self) -> None:
        """Let the person choose files."""
        dialog = QFileDialog(self._anchor.window(), self.tr("Add model"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([self.tr("GGUF models (*.gguf)"), self.tr("All files (*)")])
        dialog.filesSelected.connect(self.add)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def shutdown(self) -> None:
        """End what runs."""
        if "picker" in vars(self):
            self.picker.hide()
        self.adder.shutdown()

    def _on_added(self, model: InstalledModel) -> None:
        self.changed.emit()
        self._notices.toast(
            self.tr("“{name}” was added").format(name=model.name),
            Action(self.tr("Use it in this chat"), lambda: self.chosen.emit(model.path)),
        )

    def _on_refused(self, path: str, error: AppError) -> None:
        def answer(action: TroubleAction) -> None:
            if action is TroubleAction.RETRY:
                self.add([path])
            elif action is TroubleAction.ADD_MODEL:
                self.add_with_dialog()
            elif action is TroubleAction.CHOOSE_MODEL:
                self._anchor.click()

        self._notices.trouble(error, answer)

    def _on_remove(self, path: str) -> None:
        try:
            model = self._library.find(path)
            self._library.remove(path)
        except AppError as error:
            self._notices.trouble(error)
            return
        self.changed.emit()
        self._notices.toast(
            self.tr("“{name}” was removed from the list; its file stays").format(name=model.name),
            Action(self.tr("Undo"), lambda: self.add([path])),
        )
