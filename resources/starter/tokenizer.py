"""Trains and wraps the tokenizer: BPE for English and Chinese, bytes for everything else."""

import io
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import sentencepiece

BOS, IM_START, IM_END = "<s>", "<|im_start|>", "<|im_end|>"
TOPIC = "<|topic-{}|>"
CUT_CHANCE = 0.06


def train(texts: Iterable[str], vocabulary: int, topics: int, target: Path) -> None:
    """Write a model of exactly `vocabulary` pieces, `topics` of them control tokens for topics.

    Text is taken as it is, as in llama.cpp.
    """
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=_lines(texts),
        model_writer=model,
        model_type="bpe",
        vocab_size=vocabulary,
        character_coverage=0.9998,
        byte_fallback=True,
        split_digits=True,
        max_sentencepiece_length=12,
        normalization_rule_name="identity",
        add_dummy_prefix=False,
        remove_extra_whitespaces=False,
        control_symbols=[IM_START, IM_END, *map(TOPIC.format, range(topics))],
        num_threads=1,
        minloglevel=2,
    )
    target.write_bytes(model.getvalue())


def _lines(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from filter(None, text.splitlines())


class Tokenizer:
    """Text to token ids; control tokens are only ever added by name, never read out of a text."""

    def __init__(self, path: Path) -> None:
        self.pieces = sentencepiece.SentencePieceProcessor(model_file=str(path))
        self.bos, self.start, self.end = (
            self.pieces.piece_to_id(name) for name in (BOS, IM_START, IM_END)
        )
        self.first_topic = self.pieces.piece_to_id(TOPIC.format(0))

    def __len__(self) -> int:
        return self.pieces.get_piece_size()

    def encode(self, text: str) -> list[int]:
        return self.pieces.encode(text)

    def encode_roughly(self, text: str, rng: random.Random) -> list[int]:
        """Encode with random cuts inside, so that a word is also learnt from its parts.

        The effect is that of BPE-dropout (https://arxiv.org/abs/1910.13267).
        """
        cuts = [at for at in range(1, len(text)) if rng.random() < CUT_CHANCE]
        parts = (text[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(text)], strict=True))
        return [token for part in parts for token in self.encode(part)]

    def decode(self, tokens: list[int]) -> str:
        return self.pieces.decode(tokens)
