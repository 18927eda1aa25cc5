"""Whether a model fits, and how much context it gets."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import AppError, ErrorCode
from desktop.core.options import ModelOptions
from desktop.library.fit import SMALLEST_CONTEXT, estimate, kv_bytes, plan
from desktop.library.header import Header, Tensor

GIB = 2**30


def header(weights: int, trained: int = 4_096, architecture: str = "llama", **more: int) -> Header:
    """A model of the shape of Llama 7B: 32 layers, width 4,096, 32 heads of 128."""
    numbers = {
        "context_length": trained,
        "block_count": 32,
        "embedding_length": 4_096,
        "feed_forward_length": 11_008,
        "attention.head_count": 32,
        "attention.head_count_kv": 32,
    } | {k.replace("__", "."): v for k, v in more.items()}
    metadata = {f"{architecture}.{k}": v for k, v in numbers.items()}
    return Header(
        path=Path("/models/seven.gguf"),
        paths=(Path("/models/seven.gguf"),),
        version=3,
        size=weights,
        metadata={"general.architecture": architecture, **metadata},
        array_lengths={"tokenizer.ggml.tokens": 32_000},
        tensors=(Tensor("w", (weights,), "I8", weights),),
    )


def test_the_kv_cache_of_llama_7b_is_the_known_figure() -> None:
    assert kv_bytes(header(4 * GIB), 4_096) == 2 * GIB  # 0.5 MiB a token in f16


def test_layers_count_with_their_own_heads() -> None:
    one = header(GIB)
    metadata = dict(one.metadata) | {"llama.attention.head_count_kv": (8, 0, 4)}
    few = Header(one.path, one.paths, 3, GIB, metadata, one.array_lengths, one.tensors)
    assert kv_bytes(few, 1_000) == (8 + 0 + 4) * (128 + 128) * 2 * 1_000


def test_a_recurrent_state_does_not_grow_with_the_context() -> None:
    sizes = {"ssm__inner_size": 5_120, "ssm__conv_kernel": 4, "ssm__state_size": 16}
    none = {"attention__head_count": 0, "attention__head_count_kv": 0}
    mamba = header(GIB, architecture="mamba", **none, **sizes)
    assert kv_bytes(mamba, 1_000) == kv_bytes(mamba, 100_000) == 32 * 5_120 * (3 + 16) * 4


@pytest.mark.parametrize(
    ("trained", "wanted", "context"),
    [(2_048, 0, 2_048), (131_072, 0, 4_096), (0, 0, 4_096), (4_096, 1_024, 1_024)],
)
def test_with_room_the_context_is_what_is_wanted(trained: int, wanted: int, context: int) -> None:
    options = ModelOptions(context_length=wanted)
    found = plan(header(GIB, trained), options, memory_available=64 * GIB)
    assert found.context_length == context
    assert found.fits
    assert found.needed == found.weights + found.kv + found.compute + 192 * 2**20


def test_a_claimed_million_is_planned_down_on_8_gb() -> None:
    model = header(4 * GIB, trained=1_048_576)
    options = ModelOptions(context_length=1_048_576)
    found = plan(model, options, memory_available=6 * GIB, memory_total=8 * GIB)
    assert found.fits
    assert SMALLEST_CONTEXT <= found.context_length <= 4_096
    assert found.needed <= 6 * GIB


def test_a_model_that_is_larger_than_the_memory_is_refused_with_both_figures() -> None:
    with pytest.raises(AppError) as caught:
        plan(header(40 * GIB), memory_available=6 * GIB, memory_total=8 * GIB)
    assert caught.value.code is ErrorCode.MODEL_TOO_LARGE
    assert caught.value.params["available"] == 8 * GIB
    assert int(caught.value.params["needed"]) > 40 * GIB


def test_what_does_not_fit_now_but_could_is_planned_small_and_said() -> None:
    found = plan(header(5 * GIB), memory_available=4 * GIB, memory_total=8 * GIB)
    assert not found.fits
    assert found.context_length == SMALLEST_CONTEXT


def test_learned_positions_never_get_more_than_was_trained() -> None:
    options = ModelOptions(context_length=8_192)
    gpt2 = plan(header(GIB, 1_024, "gpt2"), options, memory_available=64 * GIB)
    llama = plan(header(GIB, 1_024), options, memory_available=64 * GIB)
    assert gpt2.context_length == 1_024
    assert llama.context_length == 8_192


def test_without_figures_this_computer_is_measured() -> None:
    found = plan(header(2**20, trained=512))
    assert found.available > 0
    assert found.fits


@given(
    weights=st.integers(1, 2**40),
    trained=st.integers(0, 2**64),
    wanted=st.integers(0, 2**31),
    free=st.integers(0, 2**40),
)
def test_a_plan_is_honest(weights: int, trained: int, wanted: int, free: int) -> None:
    model = header(weights, trained)
    options = ModelOptions(context_length=wanted)
    if weights + 192 * 2**20 > 2 * free:
        with pytest.raises(AppError):
            plan(model, options, memory_available=free, memory_total=2 * free)
        return
    found = plan(model, options, memory_available=free, memory_total=2 * free)
    assert found.fits == (found.needed <= free)
    assert found.needed == estimate(model, found.context_length)
    assert found.context_length <= max(wanted, 4_096)
