"""Model files with random weights in the shape of real models.

Speed and memory of llama.cpp on a processor do not depend on the values of the weights, so these
stand in for downloads. They write a fixed sequence of words: the row of the output matrix for
each word is the embedding of the word before it.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from gguf import GGUFWriter, LlamaFileType
from numpy.typing import NDArray

from tests.benchmarks.places import CACHE
from tests.benchmarks.shape_blocks import Blocks, Type, as_any, random_rows, row_bytes, sign_rows
from tests.benchmarks.shape_vocabulary import BOS, END, vocabulary

ROWS_AT_ONCE = 4_096  # bounds the memory that writing takes
STD, FAINT = 0.02, 0.0002  # faint: what layers add must not drown the embedding

CHATML = (
    "{% for m in messages %}"
    "{{ '<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>\\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes of a model of the llama architecture, and how its weights are stored."""

    name: str
    layers: int
    width: int
    feed_forward: int
    heads: int
    kv_heads: int
    vocabulary: int
    context: int
    quantization: LlamaFileType

    @property
    def head(self) -> int:
        """Width of one attention head."""
        return self.width // self.heads


# The sizes are those of the models' config.json on their publishers' pages.
SMOLLM2_135M = Shape(
    name="135M", layers=30, width=576, feed_forward=1536, heads=9, kv_heads=3,
    vocabulary=49_152, context=8_192, quantization=LlamaFileType.MOSTLY_Q8_0,
)  # fmt: skip
QWEN25_HALF_B = Shape(
    name="0.5B", layers=24, width=896, feed_forward=4864, heads=14, kv_heads=2,
    vocabulary=151_936, context=32_768, quantization=LlamaFileType.MOSTLY_Q4_K_M,
)  # fmt: skip
LLAMA32_1B = Shape(
    name="1B", layers=16, width=2048, feed_forward=8192, heads=32, kv_heads=8,
    vocabulary=128_256, context=131_072, quantization=LlamaFileType.MOSTLY_Q4_K_M,
)  # fmt: skip
ALMOST_NOTHING = Shape(  # so small that what surrounds the model is what takes the time
    name="sliver", layers=1, width=128, feed_forward=256, heads=4, kv_heads=2,
    vocabulary=32_000, context=8_192, quantization=LlamaFileType.MOSTLY_Q8_0,
)  # fmt: skip

Tensor = tuple[str, int, int, Type, float]  # name, rows, width, type, standard deviation


def model_file(shape: Shape) -> Path:
    """Return the file of a shape, written when it is not there yet."""
    quantization = shape.quantization.name.removeprefix("MOSTLY_")
    path = CACHE / f"{shape.name}-{quantization}.gguf"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".new")
        _write(unfinished, shape)
        unfinished.replace(path)
    return path


def _write(path: Path, shape: Shape) -> None:
    writer = GGUFWriter(path, "llama")
    _describe(writer, shape)
    tensors = list(_tensors(shape))
    norms = [
        "output_norm",
        *(f"blk.{i}.{n}_norm" for i in range(shape.layers) for n in ("attn", "ffn")),
    ]
    for name, rows, width, kind, _ in tensors:
        stored = (rows, row_bytes(width, kind))
        writer.add_tensor_info(name, stored, np.dtype(np.uint8), stored[0] * stored[1], kind)
    for name in norms:
        ones = (shape.width,)
        writer.add_tensor_info(f"{name}.weight", ones, np.dtype(np.float32), 4 * shape.width)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    for tensor in tensors:
        writer.write_tensor_data(as_any(_weights(shape, tensor)))
    for _ in norms:
        writer.write_tensor_data(np.ones(shape.width, np.float32))
    writer.close()


def _describe(writer: GGUFWriter, shape: Shape) -> None:
    writer.add_name(f"random {shape.name}")
    writer.add_file_type(shape.quantization)
    writer.add_block_count(shape.layers)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(shape.head)
    writer.add_rope_freq_base(500_000.0)
    writer.add_vocab_size(shape.vocabulary)
    words = vocabulary(shape.vocabulary)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(words.pieces)
    writer.add_token_scores(words.scores)
    writer.add_token_types(words.types)
    writer.add_bos_token_id(BOS)
    writer.add_eos_token_id(END)
    writer.add_add_bos_token(True)
    writer.add_chat_template(CHATML)


def _tensors(shape: Shape) -> Iterator[Tensor]:
    width, kv = shape.width, shape.kv_heads * shape.head
    yield "token_embd.weight", shape.vocabulary, width, Type.Q8_0, 1.0
    yield "output.weight", shape.vocabulary, width, _type(shape, width, better=True), 1.0
    for i in range(shape.layers):
        better = _gets_more_bits(i, shape.layers)
        for name, rows, columns, std in (
            ("attn_q", width, width, STD),
            ("attn_k", kv, width, STD),
            ("attn_v", kv, width, STD),
            ("attn_output", width, width, FAINT),
            ("ffn_gate", shape.feed_forward, width, STD),
            ("ffn_up", shape.feed_forward, width, STD),
            ("ffn_down", width, shape.feed_forward, FAINT),
        ):
            kind = _type(shape, columns, better=better and name in {"attn_v", "ffn_down"})
            yield f"blk.{i}.{name}.weight", rows, columns, kind, std


def _gets_more_bits(layer: int, layers: int) -> bool:
    """llama.cpp's use_more_bits (src/llama-quant.cpp), for Q4_K_M."""
    first, last = layers // 8, 7 * layers // 8
    return layer < first or layer >= last or (layer - first) % 3 == 2


def _type(shape: Shape, width: int, *, better: bool) -> Type:
    """Return what llama-quantize chooses, with its fallback for rows not divisible by 256."""
    if shape.quantization is LlamaFileType.MOSTLY_Q8_0:
        return Type.Q8_0
    if width % 256:
        return Type.Q8_0 if better else Type.Q5_0
    return Type.Q6_K if better else Type.Q4_K


def _weights(shape: Shape, tensor: Tensor) -> Blocks:
    name, rows, width, kind, std = tensor
    if name in {"token_embd.weight", "output.weight"}:
        chosen = np.arange(rows) if name == "token_embd.weight" else _previous(shape)
        signs = _signs(shape)
        parts = range(0, rows, ROWS_AT_ONCE)
        return np.concatenate([sign_rows(signs[chosen[i : i + ROWS_AT_ONCE]], kind) for i in parts])
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    return random_rows(rng, rows, width, kind, std)


def _signs(shape: Shape) -> NDArray[np.bool_]:
    packed = np.random.default_rng(7).integers(
        0, 256, (shape.vocabulary, shape.width // 8), dtype=np.uint8
    )
    return np.unpackbits(packed, axis=1).astype(np.bool_)


def _previous(shape: Shape) -> NDArray[np.intp]:
    """Return, for each token, the one after which the model writes it."""
    walk = vocabulary(shape.vocabulary).walk
    found = np.arange(shape.vocabulary)
    found[walk] = np.roll(walk, 1)
    return found
