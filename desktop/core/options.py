"""What a reply depends on besides its messages."""

import math
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Smallest and largest value that reaches the sampler."""

    low: float
    high: float

    def clamp(self, value: float) -> float:
        """Return the nearest value inside the range; NaN becomes the lower end."""
        return self.low if math.isnan(value) else min(max(value, self.low), self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """Sampler settings; None means the model file's recommendation, else DEFAULT_SAMPLING.

    `seed` None is a new one each time; `max_tokens` 0 is no limit but the context.
    """

    temperature: float | None = None
    top_k: int | None = None
    top_p: float | None = None
    min_p: float | None = None
    repeat_penalty: float | None = None
    repeat_last_n: int | None = None
    seed: int | None = None
    max_tokens: int | None = None
    stop: tuple[str, ...] = ()

    def over(self, base: "Sampling") -> "Sampling":
        """Return these settings, with what is None taken from `base`."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return Sampling(
            **{k: getattr(base, k) if v is None else v for k, v in values.items() if k != "stop"},
            stop=self.stop or base.stop,
        )


# llama.cpp's own defaults (common/common.h, common_params_sampling), without its repeat window.
DEFAULT_SAMPLING = Sampling(
    temperature=0.8,
    top_k=40,
    top_p=0.95,
    min_p=0.05,
    repeat_penalty=1.0,
    repeat_last_n=64,
    max_tokens=0,
)

SAMPLING_RANGES: dict[str, Range] = {
    "temperature": Range(low=0.0, high=5.0),
    "top_k": Range(low=0, high=1_000),
    "top_p": Range(low=0.0, high=1.0),
    "min_p": Range(low=0.0, high=1.0),
    "repeat_penalty": Range(low=0.5, high=2.0),
    "repeat_last_n": Range(low=0, high=4_096),
    "seed": Range(low=0, high=2**32 - 2),
    "max_tokens": Range(low=0, high=1_000_000),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOptions:
    """How a model is loaded; 0 and "" leave the choice to the program.

    `context_length` is tokens, `threads` processor threads, `chat_format` a name from
    resources/chat_formats instead of the file's own template.
    """

    context_length: int = 0
    threads: int = 0
    chat_format: str = ""


CONTEXT_RANGE = Range(low=256, high=1_048_576)
THREADS_RANGE = Range(low=1, high=512)
