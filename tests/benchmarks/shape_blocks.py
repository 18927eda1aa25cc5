"""Weights as the raw bytes of quantized blocks, without quantizing anything.

The layouts are those of llama.cpp's ggml-common.h; what multiplies them does not look at the
values, so random bytes under sensible scales are as fast and as large as trained weights.
"""

from typing import Any

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, quants
from numpy.typing import NDArray

Type = GGMLQuantizationType
Blocks = NDArray[np.uint8]

_SIGN_STEP = 16  # Q6_K: 6-bit 48 and 16 are +16 and -16 times the scale
_SIGN_SCALE = 16


def row_bytes(width: int, kind: Type) -> int:
    """Return how many bytes one row of `width` weights takes."""
    size, stored = GGML_QUANT_SIZES[kind]
    return width // size * stored


def random_rows(rng: np.random.Generator, rows: int, width: int, kind: Type, std: float) -> Blocks:
    """Return random weights with about this standard deviation."""
    size, stored = GGML_QUANT_SIZES[kind]
    blocks = rng.integers(0, 256, size=(rows * width // size, stored), dtype=np.uint8)
    match kind:
        case Type.Q8_0:  # f16 scale, 32 × int8
            _put_half(blocks, 0, std / 74)
        case Type.Q5_0:  # f16 scale, 32 high bits, 16 bytes of two low halves
            _put_half(blocks, 0, std / 9.2)
        case Type.Q4_K:  # f16 scale of the scales, f16 of the minima, 12 bytes of them, 4 bits each
            scale = std / (32 * 4.6 * 1.3)
            _put_half(blocks, 0, scale)
            _put_half(blocks, 2, scale * 7.5)
        case Type.Q6_K:  # 4 low bits, 2 high bits, 16 × int8 scale, f16 scale of the scales
            blocks[:, 192:208] = rng.integers(8, 16, size=(len(blocks), 16), dtype=np.uint8)
            _put_half(blocks, 208, std / (12 * 18.5))
        case _:
            raise ValueError(kind)
    return blocks.reshape(rows, -1)


def sign_rows(signs: NDArray[np.bool_], kind: Type) -> Blocks:
    """Return rows of +1 and -1, exact in every type."""
    if kind is Type.Q6_K:
        return _sign_rows_q6_k(signs)
    return quants.quantize(np.where(signs, np.float32(1), np.float32(-1)), kind)


def _sign_rows_q6_k(signs: NDArray[np.bool_]) -> Blocks:
    quarters = np.where(signs, 48, 16).astype(np.uint8).reshape(-1, 2, 4, 32)
    low, high = quarters & 15, quarters >> 4
    blocks = np.empty((len(quarters), 210), np.uint8)
    pairs = np.concatenate([low[:, :, :2].reshape(-1, 2, 64), low[:, :, 2:].reshape(-1, 2, 64)], 2)
    blocks[:, :128] = (pairs[:, :, :64] | pairs[:, :, 64:] << 4).reshape(-1, 128)
    shifts = np.array([0, 2, 4, 6], np.uint8).reshape(1, 1, 4, 1)
    blocks[:, 128:192] = np.bitwise_or.reduce(high << shifts, axis=2).reshape(-1, 64)
    blocks[:, 192:208] = _SIGN_SCALE
    _put_half(blocks, 208, 1 / (_SIGN_STEP * _SIGN_SCALE))
    return blocks.reshape(len(signs), -1)


def _put_half(blocks: Blocks, column: int, value: float) -> None:
    blocks[:, column : column + 2] = np.frombuffer(np.float16(value).tobytes(), np.uint8)


def as_any(blocks: Blocks) -> Any:
    """Return the same array for interfaces that name a narrower type than they take."""
    return blocks
