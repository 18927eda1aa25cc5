"""Writes the trained decoder as a GGUF: Q8_0 matrices, tokenizer, chat template, sampling."""

from collections.abc import Iterator
from pathlib import Path

import gguf
import numpy as np
from torch import Tensor

from .model import Decoder, Shape
from .tokenizer import Tokenizer

NAME = "Fireside Guide"
DESCRIPTION = (
    "The guide built into Fireside: answers questions about the program, helps to choose a model, "
    "makes small talk, in English and Chinese, and refuses everything else."
)
CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\n' }}"
    "{{ message['content'] | trim + '<|im_end|>' + '\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
TRAINED_CONTEXT = 2048


def write_gguf(model: Decoder, tokenizer: Tokenizer, target: Path) -> None:
    """Write the file beside its place first, so that a broken one never takes its name."""
    unfinished = target.with_suffix(".new")
    writer = gguf.GGUFWriter(unfinished, "llama")
    _add_general(writer)
    _add_shape(writer, model.shape)
    _add_tokenizer(writer, tokenizer)
    for name, weights in _tensors(model):
        _add_tensor(writer, name, weights.detach().float().numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    unfinished.replace(target)


def _add_general(writer: gguf.GGUFWriter) -> None:
    writer.add_type(gguf.GGUFType.MODEL)
    writer.add_name(NAME)
    writer.add_description(DESCRIPTION)
    writer.add_organization("Fireside")
    writer.add_license("mit")
    writer.add_languages(["en", "zh"])
    writer.add_size_label("5M")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_sampling_temp(0.2)
    writer.add_sampling_top_k(40)
    writer.add_sampling_top_p(0.9)
    writer.add_sampling_penalty_repeat(1.0)


def _add_shape(writer: gguf.GGUFWriter, shape: Shape) -> None:
    writer.add_context_length(TRAINED_CONTEXT)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.hidden)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_layer_norm_rms_eps(shape.norm_epsilon)
    writer.add_rope_dimension_count(shape.head_width)
    writer.add_rope_freq_base(shape.rope_base)
    writer.add_vocab_size(shape.vocab)


def _add_tokenizer(writer: gguf.GGUFWriter, tokenizer: Tokenizer) -> None:
    pieces = tokenizer.pieces
    ids = range(len(tokenizer))
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([pieces.id_to_piece(token).encode() for token in ids])
    writer.add_token_scores([pieces.get_score(token) for token in ids])
    writer.add_token_types([_token_type(tokenizer, token) for token in ids])
    writer.add_bos_token_id(tokenizer.bos)
    writer.add_eos_token_id(tokenizer.end)
    writer.add_eot_token_id(tokenizer.end)
    writer.add_unk_token_id(pieces.unk_id())
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(CHAT_TEMPLATE)


def _token_type(tokenizer: Tokenizer, token: int) -> gguf.TokenType:
    if tokenizer.pieces.is_unknown(token):
        return gguf.TokenType.UNKNOWN
    if tokenizer.pieces.is_control(token):
        return gguf.TokenType.CONTROL
    return gguf.TokenType.BYTE if tokenizer.pieces.is_byte(token) else gguf.TokenType.NORMAL


def _tensors(model: Decoder) -> Iterator[tuple[str, Tensor]]:
    """The weights under llama.cpp's names; products that were trained as one are taken apart."""
    yield "token_embd.weight", model.embedding.weight
    for index, block in enumerate(model.blocks):
        query, key, value = block.attention.qkv.weight.chunk(3)
        gate, up = block.feed_forward.gate_up.weight.chunk(2)
        parts = {
            "attn_norm": block.attention_norm.weight,
            "attn_q": query,
            "attn_k": key,
            "attn_v": value,
            "attn_output": block.attention.out.weight,
            "ffn_norm": block.feed_forward_norm.weight,
            "ffn_gate": gate,
            "ffn_up": up,
            "ffn_down": block.feed_forward.down.weight,
        }
        yield from ((f"blk.{index}.{name}.weight", weights) for name, weights in parts.items())
    yield "output_norm.weight", model.norm.weight


def _add_tensor(writer: gguf.GGUFWriter, name: str, weights: np.ndarray) -> None:
    """Quantize matrices to 8 bits; vectors, which are few, stay as they are."""
    if weights.ndim == 1:
        writer.add_tensor(name, weights)
        return
    kind = gguf.GGMLQuantizationType.Q8_0
    writer.add_tensor(name, gguf.quants.quantize(weights, kind), raw_dtype=kind)
