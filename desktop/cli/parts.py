"""The long-lived parts that a command needs, made from the same places as the window's."""

from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from desktop.core.errors import AppError, ErrorCode
from desktop.core.options import ModelOptions, Sampling
from desktop.engines.local import LocalEngine
from desktop.library.installed import STARTER, Library
from desktop.settings.settings import Settings
from desktop.system.paths import Paths, resources


@dataclass(frozen=True)
class Parts:
    """Where things are, what is set, and an engine that starts on first use."""

    paths: Paths
    settings: Settings
    library: Library
    engine: LocalEngine

    def model(self, chosen: str | None) -> str:
        """Return the path of the model to use: a file or a known name, else the default one."""
        if chosen is None:
            chosen = str(self.settings.get("default_model"))
        if not chosen:
            return self.library.models()[0].path
        try:
            return self.library.find(chosen).path
        except AppError as error:
            if error.code is not ErrorCode.NOT_FOUND:
                raise
            return chosen

    def sampling(self) -> Sampling:
        """Return the sampler settings that the user has chosen."""
        return self.settings.sampling()

    def options(self, chat_format: str = "") -> ModelOptions:
        """Return how models are loaded, with another chat format when one is named."""
        options = self.settings.model_options()
        return ModelOptions(
            context_length=options.context_length, threads=options.threads, chat_format=chat_format
        )


@contextmanager
def parts() -> Generator[Parts]:
    """Yield the parts and end the engine afterwards."""
    base = Paths.default()
    settings = Settings.load(base.settings_file)
    paths = Paths.default(str(settings.get("data_folder")))
    library = Library(paths.models_file, resources() / STARTER)
    with closing(LocalEngine()) as engine:
        yield Parts(paths, settings, library, engine)
