"""A small decoder with the arithmetic of llama.cpp's "llama" architecture."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the decoder; row lengths divide by 32, so that the file can be quantized."""

    vocab: int = 6784
    width: int = 256
    layers: int = 4
    heads: int = 4
    hidden: int = 704
    context: int = 4096
    rope_base: float = 10_000.0
    norm_epsilon: float = 1e-5

    @property
    def head_width(self) -> int:
        return self.width // self.heads


def rope_table(shape: Shape) -> Tensor:
    """Cosines and sines of the rotary positions: (2, context, head_width / 2)."""
    powers = torch.arange(0, shape.head_width, 2, dtype=torch.float32) / shape.head_width
    angles = torch.outer(torch.arange(shape.context, dtype=torch.float32), shape.rope_base**-powers)
    return torch.stack((angles.cos(), angles.sin()))


def rotate(vectors: Tensor, table: Tensor) -> Tensor:
    """Turn neighbouring pairs, llama.cpp's order, of vectors (…, length, head_width)."""
    cosine, sine = table[:, : vectors.shape[-2]].to(vectors.dtype)
    even, odd = vectors[..., 0::2], vectors[..., 1::2]
    return torch.stack((even * cosine - odd * sine, even * sine + odd * cosine), dim=-1).flatten(-2)


def visible(dialogues: Tensor) -> Tensor:
    """What to add to attention scores so that a token sees only its dialogue up to itself.

    (rows, length) numbers of dialogues → (rows, 1, length, length).
    """
    same = dialogues[:, None, :, None] == dialogues[:, None, None, :]
    return torch.zeros(same.shape, dtype=torch.bfloat16).masked_fill_(~same.tril(), -torch.inf)


class Attention(nn.Module):
    """Causal self-attention with query, key and value in one product.

    Written out, because torch's fused attention is slower on a CPU for rows as short as ours.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.scale = shape.head_width**-0.5
        self.qkv = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.out = nn.Linear(shape.width, shape.width, bias=False)

    def forward(self, x: Tensor, rope: Tensor, mask: Tensor) -> Tensor:
        rows, length, width = x.shape
        query, key, value = self.qkv(x).view(rows, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        query, key = rotate(query * self.scale, rope), rotate(key, rope)
        weights = (query @ key.transpose(-1, -2) + mask).softmax(-1)
        return self.out((weights @ value).transpose(1, 2).reshape(rows, length, width))


class RowDropout(nn.Module):
    """Dropout with one mask for all positions of a row, because random numbers cost time."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.rate:
            return x
        return x * functional.dropout(
            torch.ones(x.shape[0], 1, x.shape[2], dtype=x.dtype), self.rate
        )


class FeedForward(nn.Module):
    """SwiGLU with gate and up in one product."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.gate_up = nn.Linear(shape.width, 2 * shape.hidden, bias=False)
        self.down = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        gate, up = self.gate_up(x).chunk(2, dim=-1)
        return self.down(functional.silu(gate) * up)


class Block(nn.Module):
    """One pre-normalised layer; dropout acts on what it adds to the stream."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.attention_norm = nn.RMSNorm(shape.width, eps=shape.norm_epsilon)
        self.attention = Attention(shape)
        self.feed_forward_norm = nn.RMSNorm(shape.width, eps=shape.norm_epsilon)
        self.feed_forward = FeedForward(shape)
        self.dropout = RowDropout(dropout)

    def forward(self, x: Tensor, rope: Tensor, mask: Tensor) -> Tensor:
        x = x + self.dropout(self.attention(self.attention_norm(x), rope, mask))
        return x + self.dropout(self.feed_forward(self.feed_forward_norm(x)))


class Decoder(nn.Module):
    """Token ids (rows, length) → hidden states (rows, length, width).

    The embedding is also the output matrix.
    """

    def __init__(self, shape: Shape, *, dropout: float = 0.0) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocab, shape.width)
        self.blocks = nn.ModuleList(Block(shape, dropout) for _ in range(shape.layers))
        self.norm = nn.RMSNorm(shape.width, eps=shape.norm_epsilon)
        self.dropout = RowDropout(dropout)
        self.register_buffer("rope", rope_table(shape), persistent=False)
        self.apply(self._initialise)

    def _initialise(self, module: nn.Module) -> None:
        if isinstance(module, nn.Linear | nn.Embedding):
            nn.init.normal_(module.weight, std=0.02)
        for block in self.blocks if module is self else ():
            for last in (block.attention.out, block.feed_forward.down):
                nn.init.normal_(last.weight, std=0.02 / (2 * self.shape.layers) ** 0.5)

    def forward(self, tokens: Tensor, dialogues: Tensor) -> Tensor:
        mask = visible(dialogues)
        x = self.dropout(self.embedding(tokens))
        for block in self.blocks:
            x = block(x, self.rope, mask)
        return self.norm(x)

    def logits(self, hidden: Tensor) -> Tensor:
        """Scores of the next token for the chosen hidden states (…, width) → (…, vocab)."""
        return functional.linear(hidden, self.embedding.weight)

    def parameter_count(self) -> int:
        return sum(parameter.numel() for parameter in self.parameters())
