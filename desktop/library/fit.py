"""Whether a model fits this computer, and with which context."""

from dataclasses import dataclass

from desktop.core.errors import AppError, ErrorCode
from desktop.core.options import ModelOptions
from desktop.library.header import MAX_LAYERS, Header
from desktop.system.hardware import available_memory, total_memory

AUTOMATIC_CONTEXT = 4_096
"""Tokens, where nobody chose: DESIGN.md's figures for 8 GB are measured with it."""
SMALLEST_CONTEXT = 512
"""Tokens; below it a system prompt and one question hardly fit."""
BATCH = 512
"""Tokens evaluated at once: llama.cpp's n_ubatch, common/common.h."""
KV_BYTES = 2
"""Bytes of a number in the KV cache: f16, llama.cpp's default type_k and type_v."""
STATE_BYTES = 4
"""Bytes of a number in a recurrent state: f32, llama_memory_recurrent."""
PROGRAM = 192 * 2**20
"""Bytes of the engine process without a model: Python and the libraries."""
LEARNED_POSITIONS = frozenset({"gpt2", "starcoder", "gptj", "bloom"})
"""Architectures that look positions up in a table: past its end llama.cpp aborts."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a model would be loaded. Sizes are bytes, `context_length` tokens.

    `needed` is weights, KV cache, compute buffers and the engine together; `fits` whether that
    is within `available`. Weights are mapped from the file, so a plan that does not fit still
    works, at the speed of the disk, as long as the weights fit the whole memory.
    """

    context_length: int
    weights: int
    kv: int
    compute: int
    needed: int
    available: int
    fits: bool


def plan(
    header: Header,
    options: ModelOptions | None = None,
    *,
    memory_available: int | None = None,
    memory_total: int | None = None,
) -> Plan:
    """Choose a context for a model; memory is measured unless it is given, in bytes.

    A chosen context is halved, like the automatic one (min(trained, 4,096)), until the model fits
    or the context is 512. AppError MODEL_TOO_LARGE when the weights alone exceed the memory of
    this computer.
    """
    available = available_memory() if memory_available is None else memory_available
    if memory_total is None:
        memory_total = total_memory() if memory_available is None else memory_available
    if header.weights + PROGRAM > memory_total:
        raise AppError(
            ErrorCode.MODEL_TOO_LARGE,
            path=str(header.path),
            needed=header.weights + PROGRAM,
            available=memory_total,
        )
    context = _wanted_context(header, options or ModelOptions())
    found = _plan_with(header, context, available)
    while not found.fits and context > SMALLEST_CONTEXT:
        context = max(SMALLEST_CONTEXT, context // 2)
        found = _plan_with(header, context, available)
    return found


def estimate(header: Header, context_length: int) -> int:
    """Return the bytes that a model needs with a context of so many tokens."""
    return _plan_with(header, context_length, 0).needed


def kv_bytes(header: Header, context_length: int) -> int:
    """Return the bytes of the KV cache, or of the state of a recurrent model.

    Per token and layer: KV heads × (key length + value length) × 2 (llama_kv_cache.cpp). Layers
    with a sliding window need less; they are counted in full. A recurrent layer keeps
    (kernel − 1 + state) × inner numbers (Mamba) or width × (2 + head size) (RWKV), whatever the
    context: llama_hparams::n_embd_r and n_embd_s.
    """
    widths = header.key_length + header.value_length
    attention = sum(header.kv_heads) * widths * KV_BYTES * context_length
    state = header.of_architecture("ssm.inner_size") * (
        max(0, header.of_architecture("ssm.conv_kernel") - 1)
        + header.of_architecture("ssm.state_size")
    )
    head = header.of_architecture("wkv.head_size")
    if head:
        state += header.embedding_length * (2 + head)
    return attention + state * min(header.layers, MAX_LAYERS) * STATE_BYTES


def compute_bytes(header: Header, context_length: int) -> int:
    """Estimate the bytes of the compute buffers.

    For a batch of 512 tokens the largest live at once: logits (vocabulary), the feed-forward
    activations with some copies of the residual stream, and a KQ mask of f32 over the context
    (with flash attention there is no KQ matrix). ggml's allocator reuses everything else.
    """
    width = max(header.embedding_length, 1)
    inner = header.of_architecture("feed_forward_length", default=4 * width)
    logits = BATCH * header.vocabulary
    activations = BATCH * (2 * inner + 6 * width)
    return 4 * (max(logits, activations) + activations + BATCH * context_length)


def _wanted_context(header: Header, options: ModelOptions) -> int:
    trained = header.trained_context
    if not options.context_length:
        return min(trained or AUTOMATIC_CONTEXT, AUTOMATIC_CONTEXT)
    if trained and header.architecture in LEARNED_POSITIONS:
        return min(trained, options.context_length)
    return options.context_length


def _plan_with(header: Header, context: int, available: int) -> Plan:
    kv, compute = kv_bytes(header, context), compute_bytes(header, context)
    needed = header.weights + kv + compute + PROGRAM
    return Plan(context, header.weights, kv, compute, needed, available, needed <= available)
