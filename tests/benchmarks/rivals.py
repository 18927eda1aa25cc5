"""The two that are compared: llama.cpp's bare loop and Fireside's engine, each in a process."""

import json
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.core.cancel import CancelToken
from desktop.core.events import Finished, Reasoning, Text, Usage
from desktop.core.messages import Message, Role
from desktop.core.options import ModelOptions, Sampling
from desktop.engines.base import ChatRequest
from desktop.engines.local import LocalEngine
from tests.benchmarks.places import ROOT


class Bare:
    """llama.cpp without anything around it; see bare_loop."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def prompt(self, tokens: int) -> float:
        """Return the seconds that reading `tokens` from nothing takes."""
        return sum(self._ask(prompt=tokens))

    def generate(self, tokens: int, *, depth: int) -> float:
        """Return the seconds that `tokens` one by one take, behind `depth` others."""
        return sum(self._ask(generate=tokens, depth=depth))

    def _ask(self, **command: int) -> list[float]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the bare loop ended with status {self._process.wait()}")
        return json.loads(line)["seconds"]


@contextmanager
def bare(model: Path, *, context: int, threads: int) -> Generator[Bare]:
    """Run the bare loop for a while."""
    command = [sys.executable, "-m", "tests.benchmarks.bare_loop"]
    process = subprocess.Popen(
        [*command, str(model), str(context), str(threads)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield Bare(process)
        finally:
            process.kill()


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer as this side of the pipe saw it; seconds of wall clock."""

    text: str
    usage: Usage
    to_first: float  # from the request to the first text: the prompt is read, one token sampled
    from_first: float  # from there to the end: one token fewer than the answer has

    @property
    def evaluated(self) -> int:
        """Tokens of the prompt that were read."""
        return self.usage.prompt_tokens - self.usage.cached_tokens

    @property
    def per_token(self) -> float:
        """Seconds for each further token."""
        return self.from_first / (self.usage.completion_tokens - 1)


class Ours:
    """Fireside's engine through its pipe, with one model and one set of options."""

    def __init__(self, engine: LocalEngine, model: Path, options: ModelOptions) -> None:
        self._engine, self._model, self._options = engine, model, options

    def answer(self, messages: Sequence[Message], *, tokens: int) -> Reply:
        """Ask for an answer of at most `tokens`, with the sampler settings everybody gets."""
        request = ChatRequest(
            model=str(self._model),
            messages=tuple(messages),
            sampling=Sampling(seed=1, max_tokens=tokens),
            options=self._options,
        )
        text, usage, first = "", Usage(), 0.0
        began = time.perf_counter()
        for event in self._engine.generate(request, CancelToken()):
            if isinstance(event, Text | Reasoning):
                first = first or time.perf_counter()
                text += event.piece
            elif isinstance(event, Finished):
                usage = event.usage
        ended = time.perf_counter()
        return Reply(text, usage, first - began, ended - first)


@contextmanager
def ours(model: Path, *, context: int, threads: int) -> Generator[Ours]:
    """Run the engine with a model loaded."""
    engine = LocalEngine()
    options = ModelOptions(context_length=context, threads=threads)
    try:
        for _ in engine.prepare(str(model), options, CancelToken()):
            pass
        yield Ours(engine, model, options)
    finally:
        engine.close()


def user(text: str) -> Message:
    """Return a message of the user's."""
    return Message(Role.USER, text)
