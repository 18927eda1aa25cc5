"""Which model answers in the open chat: shown in the header, chosen in the picker."""

from pathlib import PurePath

from PySide6.QtCore import QObject, Signal

from desktop.chat.session import Session
from desktop.core.errors import AppError
from desktop.ui.chat.header import Header
from desktop.ui.models.models_menu import ModelsMenu
from desktop.ui.notices import Notices
from desktop.ui.theme import Theme


class ModelChoice(QObject):
    """Knows the names of all models by their paths, also of those that are gone."""

    chosen = Signal()  # another model for the open chat
    listed = Signal()  # the list of models changed

    def __init__(self, session: Session, header: Header, theme: Theme, notices: Notices) -> None:
        super().__init__(header)
        self._session, self._header, self._notices = session, header, notices
        self._chat_id: int | None = None
        self._names: dict[str, str] = {}
        self.only_guide = True
        self.menu = ModelsMenu(
            session.library, theme, notices, header.model_button, self._loaded_path
        )
        self.menu.chosen.connect(self._on_chosen)
        self.menu.changed.connect(self.refresh)
        header.pick_model_requested.connect(self.pick)
        self.refresh()

    def name_of(self, path: str) -> str:
        """Return the name of a model; of one that is no longer listed, that of its file."""
        return self._names.get(path) or PurePath(path).stem

    def show(self, chat_id: int | None) -> None:
        """Show the model of a chat; None is the one not begun yet."""
        self._chat_id = chat_id
        try:
            self._header.set_model(self._session.model_for(chat_id).name)
        except AppError as error:
            self._notices.trouble(error)

    def refresh(self) -> None:
        """Read the list of models again."""
        models = self._session.library.models()
        self._names = {model.path: model.name for model in models}
        self.only_guide = all(model.builtin for model in models)
        self.show(self._chat_id)
        self.listed.emit()

    def pick(self) -> None:
        """Open the list below the button in the header."""
        self.menu.open(self._session.model_for(self._chat_id).path)

    def _on_chosen(self, path: str) -> None:
        try:
            self._session.choose_model(self._chat_id, path)
        except AppError as error:
            self._notices.trouble(error)
            return
        self.refresh()
        self.chosen.emit()

    def _loaded_path(self) -> str:
        info = self._session.engine.info()
        return info.path if info is not None else ""
