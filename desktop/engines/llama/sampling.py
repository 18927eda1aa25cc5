"""Choosing the next token: the sampler chain, and what a model file recommends for it."""

import os
from collections.abc import Sequence
from dataclasses import replace

from desktop.core.options import DEFAULT_SAMPLING, SAMPLING_RANGES, Sampling
from desktop.engines.llama.binding import api
from desktop.engines.llama.context import Context
from desktop.engines.llama.model import Model

# GGUF keys, from llama_model_meta_key_str in llama.cpp's src/llama-model.cpp.
_RECOMMENDED = {
    "temperature": "general.sampling.temp",
    "top_k": "general.sampling.top_k",
    "top_p": "general.sampling.top_p",
    "min_p": "general.sampling.min_p",
    "repeat_penalty": "general.sampling.penalty_repeat",
    "repeat_last_n": "general.sampling.penalty_last_n",
}
_INTEGERS = frozenset({"top_k", "repeat_last_n"})


def recommended(model: Model) -> Sampling:
    """Return what the file recommends, inside our ranges; None for what it does not say."""
    values: dict[str, float | int] = {}
    for name, key in _RECOMMENDED.items():
        try:
            value = SAMPLING_RANGES[name].clamp(float(model.text(key)))
        except ValueError:
            continue
        values[name] = int(value) if name in _INTEGERS else value
    return replace(Sampling(), **values)


def complete(asked: Sampling, model: Model) -> Sampling:
    """Fill what was not asked for: the file's recommendation, then the defaults."""
    return asked.over(recommended(model)).over(DEFAULT_SAMPLING)


class Sampler:
    """A chain of llama.cpp's samplers for one reply; a context manager, as it lives in C."""

    def __init__(self, settings: Sampling, vocabulary_size: int, recent: Sequence[int]) -> None:
        """`settings` are complete and in range; `recent` are the last tokens of the prompt."""
        self._chain = api.llama_sampler_chain_init(api.llama_sampler_chain_default_params())
        penalty, window = settings.repeat_penalty or 1.0, settings.repeat_last_n or 0
        if penalty != 1.0 and window > 0:
            self._add(api.llama_sampler_init_penalties(vocabulary_size, window, penalty, 0.0, 0.0))
        if not settings.temperature:
            self._add(api.llama_sampler_init_greedy())
        else:
            self._add(api.llama_sampler_init_top_k(settings.top_k or 0))
            self._add(api.llama_sampler_init_top_p(_or(settings.top_p, 1.0), 1))
            self._add(api.llama_sampler_init_min_p(settings.min_p or 0.0, 1))
            self._add(api.llama_sampler_init_temp(settings.temperature))
            self._add(api.llama_sampler_init_dist(_seed(settings.seed)))
        for token in recent[-window:] if window else ():
            api.llama_sampler_accept(self._chain, token)

    def __enter__(self) -> "Sampler":
        return self

    def __exit__(self, *_: object) -> None:
        api.llama_sampler_free(self._chain)

    def sample(self, context: Context) -> int:
        """Return the next token after what the context has read."""
        return int(api.llama_sampler_sample(self._chain, context.pointer, -1))

    def _add(self, sampler: object) -> None:
        api.llama_sampler_chain_add(self._chain, sampler)


def _or(value: float | None, default: float) -> float:
    return default if value is None else value


def _seed(asked: int | None) -> int:
    return int.from_bytes(os.urandom(4), "little") if asked is None else asked
