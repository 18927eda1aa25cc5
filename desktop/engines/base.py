"""What every engine can do, local or not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from desktop.core.cancel import CancelToken
from desktop.core.events import Event
from desktop.core.messages import Message
from desktop.core.options import ModelOptions, Sampling


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRequest:
    """All that one reply depends on.

    `messages` runs from the root to the last message; when that is the assistant's, the reply
    continues it. `conversation` is only a key for kept KV state, "" for none.
    """

    model: str  # path of the GGUF file
    messages: tuple[Message, ...]
    sampling: Sampling = field(default_factory=Sampling)
    options: ModelOptions = field(default_factory=ModelOptions)
    conversation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInfo:
    """What is known of a loaded model."""

    path: str
    name: str
    architecture: str
    context_length: int
    trained_context: int
    parameters: int
    size: int  # bytes
    chat_format: str  # "file" for its own template, else a name from resources/chat_formats


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What an engine says of itself, for `fireside doctor`."""

    llama_cpp: str  # version and build of llama.cpp
    bindings: str  # version of llama-cpp-python
    cpu_library: str  # file name of the kernels chosen for this processor
    features: str  # as llama.cpp lists them
    sandbox: str  # the layers that lock the engine process in, "none" without any
    refusals: Mapping[str, bool]  # what was tried from inside → whether it was refused
    threads: int
    self_test: str  # what the model answered to a short prompt


class Engine(Protocol):
    """A source of replies. Not thread-safe but for the token: one request at a time."""

    def generate(self, request: ChatRequest, cancel: CancelToken) -> Iterator[Event]:
        """Yield events, ending in Finished.

        Raises Cancelled when the token is set, AppError on trouble; text yielded before counts.
        """
        ...

    def prepare(self, model: str, options: ModelOptions, cancel: CancelToken) -> Iterator[Event]:
        """Load the model ahead of the first request, yielding Loading."""
        ...

    def prompt(self, request: ChatRequest) -> str:
        """Return the exact text that the model would read for this request."""
        ...

    def count_tokens(self, model: str, text: str) -> int:
        """Return how many tokens `text` is for the loaded model (0 when it is not loaded)."""
        ...

    def info(self) -> ModelInfo | None:
        """Return the loaded model, None when there is none."""
        ...

    def close(self) -> None:
        """End the engine and what it holds; calling it again changes nothing."""
        ...
