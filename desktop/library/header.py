"""A model's description, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop.library.gguf_reader import Scalar
from desktop.library.gguf_tables import FILE_TYPES

MAX_LAYERS = 4_096
_GUESSED = 1_024  # LLAMA_FTYPE_GUESSED, a flag beside the file type


@dataclass(frozen=True, slots=True)
class Tensor:
    """One weight matrix: `shape` in elements, `size` in bytes."""

    name: str
    shape: tuple[int, ...]
    type: str
    size: int

    @property
    def elements(self) -> int:
        """How many numbers it holds."""
        found = 1
        for dimension in self.shape:
            found *= dimension
        return found


@dataclass(frozen=True, slots=True)
class Header:
    """A model's description. `path` is the first part of a split model, `paths` all parts.

    `metadata` has scalars, texts and short arrays; of long arrays only `array_lengths`.
    `size` is the bytes of all parts.
    """

    path: Path
    paths: tuple[Path, ...]
    version: int
    size: int
    metadata: Mapping[str, Scalar | tuple[Scalar, ...]]
    array_lengths: Mapping[str, int]
    tensors: tuple[Tensor, ...]
    token_positions: tuple[int, int] = field(default=(0, 0), repr=False)

    @property
    def architecture(self) -> str:
        """The family of the network as llama.cpp names it: llama, qwen2, gpt2…"""
        return self.text("general.architecture")

    @property
    def name(self) -> str:
        """The model's own name, else the file's."""
        return " ".join(self.text("general.name").split()) or self.path.stem

    @property
    def quantization(self) -> str:
        """The usual label (Q4_K_M); without one, the type that holds most of the bytes."""
        number = self.number("general.file_type", default=-1)
        return FILE_TYPES.get(number & ~_GUESSED if number >= 0 else -1) or self._main_type()

    @property
    def parameters(self) -> int:
        """How many numbers all tensors hold."""
        return sum(tensor.elements for tensor in self.tensors)

    @property
    def weights(self) -> int:
        """Bytes of all tensors."""
        return sum(tensor.size for tensor in self.tensors)

    @property
    def chat_template(self) -> str:
        """The file's own Jinja template, "" without one."""
        return self.text("tokenizer.chat_template")

    @property
    def vocabulary(self) -> int:
        """How many tokens the tokenizer has."""
        return self.array_lengths.get("tokenizer.ggml.tokens", 0)

    @property
    def trained_context(self) -> int:
        """Tokens the model was trained to read at once; 0 when the file does not say."""
        return self.of_architecture("context_length")

    @property
    def layers(self) -> int:
        """Blocks of the network."""
        return self.of_architecture("block_count")

    @property
    def embedding_length(self) -> int:
        """Width of the network."""
        return self.of_architecture("embedding_length")

    @property
    def heads(self) -> int:
        """Attention heads (the largest number when layers differ); 0 without attention."""
        return max(self._per_layer("attention.head_count"), default=0)

    @property
    def kv_heads(self) -> tuple[int, ...]:
        """Key and value heads of each layer; without the key, as many as heads."""
        return self._per_layer("attention.head_count_kv") or self._per_layer("attention.head_count")

    @property
    def key_length(self) -> int:
        """Numbers of one key of one head; by default the width divided among the heads."""
        return self.of_architecture("attention.key_length", default=self._head_width())

    @property
    def value_length(self) -> int:
        """Numbers of one value of one head."""
        return self.of_architecture("attention.value_length", default=self._head_width())

    def of_architecture(self, key: str, default: int = 0) -> int:
        """Return a whole number among the keys of the architecture."""
        return self.number(f"{self.architecture}.{key}", default)

    def number(self, key: str, default: int = 0) -> int:
        """Return a whole number ≥ 0; `default` for anything else."""
        value = self.metadata.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        return default

    def text(self, key: str) -> str:
        """Return a text; "" for anything else."""
        value = self.metadata.get(key)
        return value if isinstance(value, str) else ""

    def _per_layer(self, key: str) -> tuple[int, ...]:
        value = self.metadata.get(f"{self.architecture}.{key}")
        if isinstance(value, tuple):
            return tuple(v for v in value if isinstance(v, int) and v >= 0)
        found = self.of_architecture(key)
        return (found,) * min(self.layers, MAX_LAYERS) if found else ()

    def _head_width(self) -> int:
        return self.embedding_length // self.heads if self.heads else 0

    def _main_type(self) -> str:
        sizes: dict[str, int] = {}
        for tensor in self.tensors:
            sizes[tensor.type] = sizes.get(tensor.type, 0) + tensor.size
        return max(sizes, key=sizes.__getitem__, default="")
