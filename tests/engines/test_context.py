"""The KV cache and the list of its tokens agree, and an abort reaches into a batch."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.core.cancel import Cancelled
from desktop.core.options import DEFAULT_SAMPLING, Sampling
from desktop.engines.llama import binding
from desktop.engines.llama.abort import AbortFlag
from desktop.engines.llama.binding import api
from desktop.engines.llama.context import BATCH, Context
from desktop.engines.llama.model import Model
from desktop.engines.llama.sampling import Sampler, complete, recommended
from tests.models.tiny import write_tiny

MakeContext = Callable[..., Context]


class BlindFlag(AbortFlag):
    """A flag that only llama.cpp can see."""

    @property
    def is_set(self) -> bool:
        return False


@pytest.fixture
def context(tiny: Callable[[str], str]) -> Iterator[MakeContext]:
    """Return a function that opens a model in this process, with a context."""
    binding.load_kernels()
    opened: list[tuple[Model, Context]] = []

    def make(kind: str, abort: AbortFlag | None = None, length: int = 512) -> Context:
        model = Model(tiny(kind), lambda _: True)
        opened.append((model, Context(model, length=length, threads=1, abort=abort or AbortFlag())))
        return opened[-1][1]

    yield make
    for model, made in opened:
        api.llama_free(made.pointer)
        api.llama_model_free(model.pointer)


def _positions(context: Context) -> int:
    memory = api.llama_get_memory(context.pointer)
    return int(api.llama_memory_seq_pos_max(memory, 0)) + 1


def test_what_is_read_is_in_the_cache(context: MakeContext) -> None:
    made = context("endless", length=2048)
    told: list[int] = []
    made.read([5] * (BATCH + 100), told.append)
    assert told == [BATCH, BATCH + 100]
    assert _positions(made) == len(made.tokens) == BATCH + 100
    assert made.keep(50) == 50
    assert _positions(made) == len(made.tokens) == 50
    assert made.room == 2048 - 50


@pytest.mark.parametrize("kind", ["slow", "rwkv7"])
@pytest.mark.parametrize("count", [BATCH, 1])
def test_an_abort_ends_a_batch_in_its_midst(context: MakeContext, kind: str, count: int) -> None:
    abort = BlindFlag()
    made = context(kind, abort, length=2048)
    made.read([5] * 20, lambda _: None)
    abort.set()
    with pytest.raises(Cancelled):
        made.read([6] * count, lambda _: None)
    assert len(made.tokens) == _positions(made)
    assert made.tokens in ([5] * 20, [])  # a recurrent state cannot go back
    abort.clear()
    made.read([6] * count, lambda _: None)
    assert _positions(made) == len(made.tokens)


def test_a_flag_that_is_set_allows_no_batch_at_all(context: MakeContext) -> None:
    abort = AbortFlag()
    made = context("endless", abort)
    abort.set()
    with pytest.raises(Cancelled):
        made.read([5], lambda _: None)
    assert made.tokens == []


def test_a_recurrent_state_is_kept_whole_or_not_at_all(context: MakeContext) -> None:
    made = context("rwkv7")
    made.read([5] * 20, lambda _: None)
    assert made.keep(20) == 20
    assert made.keep(19) == 0
    assert _positions(made) == 0


def test_kernels_of_the_miscompiled_kind_are_not_even_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    best = binding.load_kernels()
    good = binding.LIBRARIES / best
    (tmp_path / "libggml-cpu-sapphirerapids.so").symlink_to(good)
    monkeypatch.setattr(binding, "LIBRARIES", tmp_path)
    assert binding.load_kernels() == ""
    (tmp_path / "libggml-cpu-other.so").symlink_to(good)
    (tmp_path / "libggml-cpu-broken.so").write_bytes(b"not a library")
    assert binding.load_kernels() == "libggml-cpu-other.so"


def test_loading_can_be_stopped(tiny: Callable[[str], str]) -> None:
    binding.load_kernels()
    told: list[float] = []

    def progress(fraction: float) -> bool:
        told.append(fraction)
        return False

    with pytest.raises(Cancelled):
        Model(tiny("slow"), progress)
    assert len(told) == 1


def test_a_file_s_recommendation_is_taken_within_bounds(tmp_path: Path) -> None:
    binding.load_kernels()
    wild = {
        "general.sampling.temp": 1e30,
        "general.sampling.top_k": 17,
        "general.sampling.top_p": 0.5,
        "general.sampling.penalty_repeat": "nonsense",
    }
    file = write_tiny("hello", tmp_path / "m.gguf", metadata=wild)
    model = Model(str(file), lambda _: True)
    found = recommended(model)
    assert found == Sampling(temperature=5.0, top_k=17, top_p=0.5)
    merged = complete(Sampling(top_k=3), model)
    assert (merged.top_k, merged.top_p, merged.temperature) == (3, 0.5, 5.0)
    assert merged.min_p == DEFAULT_SAMPLING.min_p
    api.llama_model_free(model.pointer)


def test_a_penalty_makes_a_repeated_token_rarer(context: MakeContext) -> None:
    made = context("llama-bpe")
    made.read([5, 6, 7], lambda _: None)
    size = 600
    plain = Sampling(temperature=0, repeat_penalty=1.0, repeat_last_n=64)
    with Sampler(plain, size, []) as sampler:
        favourite = sampler.sample(made)
    strict = Sampling(temperature=0, repeat_penalty=2.0, repeat_last_n=64)
    with Sampler(strict, size, [favourite] * 3) as sampler:
        assert sampler.sample(made) != favourite
    with Sampler(strict, size, []) as sampler:
        assert sampler.sample(made) == favourite
