"""Tiny networks of the kinds that llama.cpp has graphs for, written as GGUF."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import gguf
import numpy as np
import numpy.typing as npt

from tests.models.vocabularies import Vocabulary

Metadata = Mapping[str, float | int | str]


class Writer:
    """A GGUF file in the making. Shapes are rows × columns, as in numpy; weights are F32."""

    def __init__(self, path: Path, architecture: str, vocabulary: Vocabulary | None) -> None:
        self.gguf = gguf.GGUFWriter(str(path), architecture)
        self.gguf.add_name(f"Tiny {path.stem}")
        self.gguf.add_file_type(int(gguf.LlamaFileType.ALL_F32))
        self._random = np.random.default_rng(1234)
        if vocabulary is not None:
            vocabulary.write(self.gguf)

    def sizes(
        self, *, context: int, width: int, inner: int, layers: int, heads: int, kv_heads: int = 0
    ) -> None:
        """Write the hyperparameters that all networks share."""
        self.gguf.add_context_length(context)
        self.gguf.add_embedding_length(width)
        self.gguf.add_feed_forward_length(inner)
        self.gguf.add_block_count(layers)
        self.gguf.add_head_count(heads)
        if kv_heads:
            self.gguf.add_head_count_kv(kv_heads)

    def also(self, metadata: Metadata) -> None:
        """Write further metadata, by their full names."""
        for key, value in metadata.items():
            match value:
                case int():
                    self.gguf.add_uint32(key, value)
                case float():
                    self.gguf.add_float32(key, value)
                case str():
                    self.gguf.add_string(key, value)

    def put(self, name: str, values: npt.NDArray[np.floating]) -> None:
        """Add a tensor."""
        self.gguf.add_tensor(name, np.ascontiguousarray(values, dtype=np.float32))

    def noise(self, name: str, *shape: int, scale: float | None = None) -> None:
        """Add random weights that keep activations at order one."""
        self.put(name, self._random.normal(0, scale or shape[-1] ** -0.5, shape))

    def ones(self, name: str, *shape: int) -> None:
        """Add a norm's weights."""
        self.put(name, np.ones(shape))

    def zeros(self, name: str, *shape: int) -> None:
        """Add weights that do nothing."""
        self.put(name, np.zeros(shape))

    def close(self) -> None:
        """Write the file."""
        self.gguf.write_header_to_file()
        self.gguf.write_kv_data_to_file()
        self.gguf.write_tensors_to_file()
        self.gguf.close()


def llama(
    path: Path,
    vocabulary: Vocabulary,
    *,
    architecture: str = "llama",
    context: int = 512,
    layers: int = 2,
    width: int = 64,
    bias: bool = False,
    metadata: Metadata | None = None,
) -> None:
    """Write a Llama-like decoder with random weights."""
    inner, heads, kv_heads, words = 2 * width, 4, 2, len(vocabulary.tokens)
    head = width // heads
    w = Writer(path, architecture, vocabulary)
    w.sizes(
        context=context, width=width, inner=inner, layers=layers, heads=heads, kv_heads=kv_heads
    )
    w.gguf.add_layer_norm_rms_eps(1e-5)
    w.gguf.add_rope_dimension_count(head)
    w.also(metadata or {})
    w.noise("token_embd.weight", words, width, scale=1.0)
    w.ones("output_norm.weight", width)
    w.noise("output.weight", words, width)
    for i in range(layers):
        block = f"blk.{i}."
        w.ones(f"{block}attn_norm.weight", width)
        w.ones(f"{block}ffn_norm.weight", width)
        for name, rows in (("q", heads * head), ("k", kv_heads * head), ("v", kv_heads * head)):
            w.noise(f"{block}attn_{name}.weight", rows, width)
            if bias:
                w.noise(f"{block}attn_{name}.bias", rows, scale=0.05)
        w.noise(f"{block}attn_output.weight", width, heads * head)
        w.noise(f"{block}ffn_gate.weight", inner, width)
        w.noise(f"{block}ffn_up.weight", inner, width)
        w.noise(f"{block}ffn_down.weight", width, inner)
    w.close()


def scripted(
    path: Path,
    vocabulary: Vocabulary,
    script: Sequence[str],
    *,
    context: int = 2048,
    layers: int = 1,
    width: int = 64,
    metadata: Metadata | None = None,
) -> None:
    """Write a decoder that answers with `script`, whatever it is asked.

    Its blocks add nothing, so that the next token depends on the last one only: each token of the
    script is followed by the next, and any other token by the first. (It computes all the same:
    `layers`, `width` and the length of a prompt make it as slow as is wanted.)
    """
    heads, inner, words = 4, 2 * width, len(vocabulary.tokens)
    w = Writer(path, "llama", vocabulary)
    w.sizes(context=context, width=width, inner=inner, layers=layers, heads=heads, kv_heads=heads)
    w.gguf.add_layer_norm_rms_eps(1e-5)
    w.gguf.add_rope_dimension_count(width // heads)
    w.also(metadata or {})
    *said, last = [vocabulary.id(token) for token in script]
    states = np.zeros((words, width))
    states[:, 0] = 1
    logits = np.zeros((words, width))
    logits[said[0], 0] = 10
    for state, (token, following) in enumerate(zip(said, [*said[1:], last], strict=True), start=1):
        states[token, 0], states[token, state] = 0, 1
        logits[following, state] = 10
    w.put("token_embd.weight", states)
    w.put("output.weight", logits)
    w.ones("output_norm.weight", width)
    for i in range(layers):
        block = f"blk.{i}."
        w.ones(f"{block}attn_norm.weight", width)
        w.ones(f"{block}ffn_norm.weight", width)
        for name in ("attn_q", "attn_k", "attn_v"):
            w.noise(f"{block}{name}.weight", width, width)
        w.zeros(f"{block}attn_output.weight", width, width)
        w.noise(f"{block}ffn_gate.weight", inner, width)
        w.noise(f"{block}ffn_up.weight", inner, width)
        w.zeros(f"{block}ffn_down.weight", width, inner)
    w.close()


def rwkv7(path: Path, vocabulary: Vocabulary) -> None:
    """Write a recurrent network with random weights."""
    width, layers, head, inner, rank, words = 128, 2, 64, 256, 32, len(vocabulary.tokens)
    w = Writer(path, "rwkv7", vocabulary)
    w.sizes(context=4096, width=width, inner=inner, layers=layers, heads=0)
    w.gguf.add_layer_norm_eps(1e-5)
    w.gguf.add_wkv_head_size(head)
    w.gguf.add_decay_lora_rank(rank)
    w.gguf.add_iclr_lora_rank(rank)
    w.gguf.add_value_residual_mix_lora_rank(rank)
    w.gguf.add_gate_lora_rank(rank)
    w.noise("token_embd.weight", words, width, scale=0.3)
    w.noise("output.weight", words, width)
    for norm in ("token_embd_norm", "output_norm"):
        w.ones(f"{norm}.weight", width)
        w.zeros(f"{norm}.bias", width)
    for i in range(layers):
        block = f"blk.{i}."
        for norm in ("attn_norm", "attn_norm_2", "time_mix_ln"):
            w.ones(f"{block}{norm}.weight", width)
            w.zeros(f"{block}{norm}.bias", width)
        for name in "wav":
            w.noise(f"{block}time_mix_{name}0.weight", width, scale=0.5)
            w.noise(f"{block}time_mix_{name}1.weight", rank, width)
            w.noise(f"{block}time_mix_{name}2.weight", width, rank)
        w.noise(f"{block}time_mix_g1.weight", rank, width)
        w.noise(f"{block}time_mix_g2.weight", width, rank)
        w.noise(f"{block}time_mix_lerp_fused.weight", 6, 1, 1, width, scale=0.3)
        w.ones(f"{block}time_mix_k_k.weight", width)
        w.ones(f"{block}time_mix_k_a.weight", width)
        w.noise(f"{block}time_mix_r_k.weight", width, scale=0.1)
        for name in ("key", "value", "receptance", "output"):
            w.noise(f"{block}time_mix_{name}.weight", width, width)
        w.noise(f"{block}channel_mix_lerp_k.weight", 1, 1, width, scale=0.3)
        w.noise(f"{block}channel_mix_key.weight", inner, width)
        w.noise(f"{block}channel_mix_value.weight", width, inner)
    w.close()


def t5(path: Path, vocabulary: Vocabulary) -> None:
    """Write an encoder–decoder with random weights."""
    width, inner, heads, head, words = 64, 128, 4, 16, len(vocabulary.tokens)
    w = Writer(path, "t5", vocabulary)
    w.sizes(context=512, width=width, inner=inner, layers=1, heads=heads)
    w.gguf.add_decoder_block_count(1)
    w.gguf.add_key_length(head)
    w.gguf.add_value_length(head)
    w.gguf.add_layer_norm_eps(1e-6)
    w.gguf.add_layer_norm_rms_eps(1e-6)
    w.gguf.add_relative_attn_buckets_count(32)
    w.gguf.add_decoder_start_token_id(0)
    w.noise("token_embd.weight", words, width)
    for side, attentions in (("enc", ["attn"]), ("dec", ["attn", "cross_attn"])):
        w.ones(f"{side}.output_norm.weight", width)
        block = f"{side}.blk.0."
        for attention in attentions:
            w.ones(f"{block}{attention}_norm.weight", width)
            for name in "qkv":
                w.noise(f"{block}{attention}_{name}.weight", heads * head, width)
            w.noise(f"{block}{attention}_o.weight", width, heads * head)
        w.noise(f"{block}attn_rel_b.weight", 32, heads)
        w.ones(f"{block}ffn_norm.weight", width)
        w.noise(f"{block}ffn_up.weight", inner, width)
        w.noise(f"{block}ffn_down.weight", width, inner)
    w.close()
