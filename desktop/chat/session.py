"""Chats and answers as a window or a terminal sees them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from desktop.chat.turn import Action, ReplySetup, TurnEvent, run_turn
from desktop.core.cancel import CancelToken
from desktop.engines.base import Engine
from desktop.library.installed import InstalledModel, Library
from desktop.settings.settings import Settings
from desktop.store.store import Store


@dataclass(frozen=True)
class Turn:
    """One action that waits to be run; `run` belongs on a worker thread."""

    chat_id: int | None
    action: Action
    setup: ReplySetup
    engine: Engine
    open_store: Callable[[], Store]
    cancel: CancelToken = field(default_factory=CancelToken)

    def run(self) -> Iterator[TurnEvent]:
        """Yield the events of the turn, with a database connection of its own."""
        with self.open_store() as store:
            yield from run_turn(
                store, self.engine, self.chat_id, self.action, self.setup, self.cancel
            )


@dataclass(frozen=True)
class Session:
    """The long-lived parts that a chat needs; `store` belongs to the thread that made it."""

    store: Store
    open_store: Callable[[], Store]
    engine: Engine
    settings: Settings
    library: Library

    def turn(self, chat_id: int | None, action: Action) -> Turn:
        """Return the turn for an action, with the settings of this moment."""
        return Turn(chat_id, action, self.setup_for(chat_id), self.engine, self.open_store)

    def setup_for(self, chat_id: int | None) -> ReplySetup:
        """Return what a reply in this chat depends on now."""
        return ReplySetup(
            model=self.model_for(chat_id).path,
            system_prompt=str(self.settings.get("system_prompt")),
            sampling=self.settings.sampling(),
            options=self.settings.model_options(),
        )

    def model_for(self, chat_id: int | None) -> InstalledModel:
        """Return the chat's own model, else the default one, else the built-in guide.

        A model whose file is missing is still the chosen one; one that was removed from the
        list is not.
        """
        models = self.library.models()
        known = {model.path: model for model in models}
        own = self.store.chat(chat_id).model if chat_id is not None else ""
        for path in (own, str(self.settings.get("default_model"))):
            if path in known:
                return known[path]
        return models[0]

    def choose_model(self, chat_id: int | None, path: str) -> None:
        """Use a model from now on: in this chat, or by default when no chat is open yet."""
        if chat_id is None:
            self.settings.set("default_model", path)
        else:
            self.store.set_model(chat_id, path)
