"""Runs the finished model in llama.cpp as Fireside does: its own chat template and end token."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import jinja2
import llama_cpp
from llama_cpp import llama_cpp as native

from .cases import Case


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model said, and whether it ended by itself."""

    text: str
    ended: bool


class Guide:
    """A loaded model that replies to dialogues."""

    def __init__(self, model: llama_cpp.Llama) -> None:
        self._model = model
        template = model.metadata["tokenizer.chat_template"]
        self._template = jinja2.Environment(autoescape=False).from_string(template)

    def reply(self, case: Case, *, temperature: float, seed: int, limit: int) -> Reply:
        prompt = self.tokenize(self.prompt(case), special=True, add_bos=True)
        self._model.set_seed(seed)
        reply = self._model.create_completion(
            prompt,
            max_tokens=limit,
            temperature=temperature,
            top_p=1.0,
            top_k=0,
            min_p=0.0,
            repeat_penalty=1.0,
        )
        choice = reply["choices"][0]
        return Reply(choice["text"], choice["finish_reason"] == "stop")

    def prompt(self, case: Case) -> str:
        messages: list[dict[str, str]] = []
        if case.system is not None:
            messages.append({"role": "system", "content": case.system})
        for turn in case.history:
            messages.append({"role": "user", "content": turn.question})
            messages.append({"role": "assistant", "content": turn.answer})
        messages.append({"role": "user", "content": case.question})
        return self._template.render(messages=messages, add_generation_prompt=True)

    def tokenize(self, text: str, *, special: bool = False, add_bos: bool = False) -> list[int]:
        return self._model.tokenize(text.encode(), add_bos=add_bos, special=special)


@contextmanager
def load(path: Path, *, threads: int = 2) -> Iterator[Guide]:
    """Open a model file; the backends built as separate libraries lie beside llama-cpp-python."""
    libraries = Path(llama_cpp.__file__).parent / "lib"
    native._lib.ggml_backend_load_all_from_path(str(libraries).encode())  # noqa: SLF001 (has no public name)
    model = llama_cpp.Llama(
        str(path), n_ctx=2048, n_threads=threads, n_threads_batch=threads, verbose=False
    )
    try:
        yield Guide(model)
    finally:
        model.close()
