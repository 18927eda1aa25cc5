"""Models of a few hundred kilobytes whose answers are known, made on the spot."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from tests.models import networks
from tests.models.networks import Metadata, Writer
from tests.models.vocabularies import (
    CHATML,
    LLAMA3,
    TURNS,
    Vocabulary,
    byte_pairs,
    rwkv_world,
    sentencepiece,
    unigrams,
)

HELLO = " Greetings! This reply was scripted: café, 🙂."
"""What the kind "hello" answers: a token a word, the last characters in single bytes."""
THOUGHT, AFTER_THOUGHT = "Pondering quietly", "Done thinking."
"""What the kind "think" answers: <think> …</think> …"""
ENDLESS = " tick tock"
"""What the kinds "endless" and "slow" repeat until they are stopped."""

_HELLO = ["▁Greetings!", "▁This", "▁reply", "▁was", "▁scripted:", "▁", "caf", "<0xC3>", "<0xA9>",
          ",", "<0x20>", "<0xF0>", "<0x9F>", "<0x99>", "<0x82>", ".", "<|im_end|>"]  # fmt: skip
_THINK = ["<think>", "▁Pondering", "▁quietly", "</think>", "▁Done", "▁thinking.", "<|im_end|>"]
_ENDLESS = ["▁tick", "▁tock", "▁tick"]
_LEAD_BYTES = ["<0xF0>", "<0xC6>", "<0xF0>"]


@dataclass(frozen=True)
class Extras:
    """What a test may want otherwise; None and empty leave it as it is."""

    template: str | None = None
    context: int | None = None
    metadata: Metadata | None = None


def write_tiny(
    kind: str,
    path: Path,
    *,
    template: str | None = None,
    context: int | None = None,
    metadata: Metadata | None = None,
) -> Path:
    """Write the model of this kind (a key of KINDS) to `path` and return the path.

    `template` is another chat template ("" for none), `context` another trained length, and
    `metadata` more keys for the file, such as general.sampling.temp.
    """
    KINDS[kind](path, Extras(template, context, metadata))
    return path


def _scripted(
    script: list[str], *, user_defined: tuple[str, ...] = (), context: int = 2048, **sizes: int
) -> Callable[[Path, Extras], None]:
    def write(path: Path, extras: Extras) -> None:
        words = [t for t in script if not t.startswith("<")]
        vocabulary = _with(sentencepiece(words, user_defined), extras)
        length = extras.context or context
        networks.scripted(
            path, vocabulary, script, context=length, metadata=extras.metadata, **sizes
        )

    return write


def _llama_spm(path: Path, extras: Extras) -> None:
    vocabulary = _with(sentencepiece(), extras)
    networks.llama(path, vocabulary, context=extras.context or 512, metadata=extras.metadata)


def _llama_bpe(path: Path, extras: Extras) -> None:
    control = ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>",
               "<|eot_id|>"]  # fmt: skip
    vocabulary = byte_pairs("llama-bpe", control)
    vocabulary.named = {"bos": control[0], "eos": control[1], "eot": control[4]}
    vocabulary.add_bos, vocabulary.template = True, LLAMA3
    vocabulary = _with(vocabulary, extras)
    networks.llama(path, vocabulary, context=extras.context or 512, metadata=extras.metadata)


def _qwen2(path: Path, extras: Extras) -> None:
    control = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    vocabulary = byte_pairs("qwen2", control, user_defined=["<think>", "</think>"])
    vocabulary.named = {"bos": control[0], "eos": control[2]}
    vocabulary.template = CHATML
    networks.llama(
        path,
        _with(vocabulary, extras),
        architecture="qwen2",
        bias=True,
        context=extras.context or 512,
        metadata=extras.metadata,
    )


def _markers(path: Path, extras: Extras) -> None:
    vocabulary = byte_pairs("gpt-2", ["<|end|>"], user_defined=["<|turn|>", "<|done|>"])
    vocabulary.named = {"bos": "<|end|>", "eos": "<|end|>"}
    vocabulary.template = TURNS
    networks.llama(path, _with(vocabulary, extras), context=extras.context or 512)


def _rwkv7(path: Path, extras: Extras) -> None:
    networks.rwkv7(path, _with(rwkv_world(), extras))


def _t5(path: Path, _extras: Extras) -> None:
    networks.t5(path, unigrams())


def _bytes(content: bytes) -> Callable[[Path, Extras], None]:
    def write(path: Path, _extras: Extras) -> None:
        path.write_bytes(content)

    return write


def _truncated(path: Path, extras: Extras) -> None:
    _llama_spm(path, extras)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _incomplete(
    *, architecture: str = "llama", vocabulary: bool = True, width: int = 64
) -> Callable[[Path, Extras], None]:
    """Make a file whose header is in order, but whose network is not."""

    def write(path: Path, _extras: Extras) -> None:
        w = Writer(path, architecture, sentencepiece() if vocabulary else None)
        w.sizes(context=512, width=width, inner=128, layers=1, heads=4, kv_heads=4)
        w.gguf.add_layer_norm_rms_eps(1e-5)
        w.gguf.add_rope_dimension_count(16)
        w.noise("token_embd.weight", 64, 64)
        w.close()

    return write


def _with(vocabulary: Vocabulary, extras: Extras) -> Vocabulary:
    if extras.template is None:
        return vocabulary
    return replace(vocabulary, template=extras.template)


KINDS: dict[str, Callable[[Path, Extras], None]] = {
    # scripted answers
    "hello": _scripted(_HELLO),
    "think": _scripted(_THINK, user_defined=("<think>", "</think>")),
    "endless": _scripted(_ENDLESS),
    "lead-bytes": _scripted(_LEAD_BYTES),  # never a whole character
    "slow": _scripted(_ENDLESS, context=32_768, layers=12, width=128),  # reads for many seconds
    # random answers
    "llama-spm": _llama_spm,
    "llama-bpe": _llama_bpe,
    "qwen2": _qwen2,
    "markers": _markers,  # turns are marked by user-defined tokens instead of control tokens
    "rwkv7": _rwkv7,  # a recurrent state, which cannot be cut back
    "t5": _t5,  # an encoder and a decoder
    # to be refused
    "bad-text": _bytes(b"This is a text file that somebody renamed.\n" * 50),
    "bad-magic": _bytes(b"ggjt" + bytes(range(256)) * 8),
    "bad-empty": _bytes(b""),
    "bad-truncated": _truncated,
    "bad-architecture": _incomplete(architecture="gptj"),
    "bad-tensors": _incomplete(),
    "bad-shape": _incomplete(width=128),
    "bad-vocabulary": _incomplete(vocabulary=False),
}
