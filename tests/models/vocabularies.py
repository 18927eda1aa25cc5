"""Small vocabularies of each kind that llama.cpp knows, made from a few lines of text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import gguf

TEXT = """\
Hello! How are you today? I am a tiny test model and I can answer your question.
The user asks a question and the assistant writes a helpful answer to the user.
What is the capital of France? The capital of France is Paris. Thank you very much.
Below is an instruction that describes a task. Write a response that completes it.
You are a helpful assistant. Hi there, who are you? Another question please.
one two three four five six seven eight nine ten system user assistant model
for (int i = 0; i < 10; i++) { return x + y; } def main(): print("hello world")
"""

CHATML = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
    "{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
LLAMA3 = (
    "{{ bos_token }}{% for message in messages %}<|start_header_id|>{{ message['role'] }}"
    "<|end_header_id|>\n\n{{ message['content'] | trim }}<|eot_id|>{% endfor %}"
    "{% if add_generation_prompt %}<|start_header_id|>assistant<|end_header_id|>\n\n{% endif %}"
)
TURNS = (
    "{% for message in messages %}<|turn|>{{ message['role'] }}\n"
    "{{ message['content'] }}<|done|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|turn|>assistant\n{% endif %}"
)
RWKV = (
    "{% for message in messages %}{{ message['role'] | capitalize }}: "
    "{{ message['content'] | trim }}\n\n{% endfor %}"
    "{% if add_generation_prompt %}Assistant:{% endif %}"
)

_Kind = gguf.TokenType


@dataclass
class Vocabulary:
    """Tokens with their types; `model` is the tokenizer's name in GGUF."""

    model: str
    pre: str = "default"
    tokens: list[str] = field(default_factory=list[str])
    types: list[int] = field(default_factory=list[int])
    scores: list[float] = field(default_factory=list[float])
    merges: list[str] = field(default_factory=list[str])
    named: dict[str, str] = field(default_factory=dict[str, str])  # bos, eos, eot, unk → token
    add_bos: bool = False
    template: str = ""

    def add(self, tokens: Sequence[str], kind: _Kind, score: float = 0.0) -> None:
        """Append tokens that are not there yet; each has a lower score than the one before."""
        for token in tokens:
            if token not in self.tokens:
                self.tokens.append(token)
                self.types.append(int(kind))
                self.scores.append(score - len(self.tokens) / 1e4)

    def id(self, token: str) -> int:
        """Return the number of a token."""
        return self.tokens.index(token)

    def write(self, writer: gguf.GGUFWriter) -> None:
        """Write it into a file's metadata."""
        writer.add_vocab_size(len(self.tokens))
        writer.add_tokenizer_model(self.model)
        writer.add_tokenizer_pre(self.pre)
        writer.add_token_list(self.tokens)
        writer.add_token_types(self.types)
        if self.model == "gpt2":
            writer.add_token_merges(self.merges)
        else:
            writer.add_token_scores(self.scores)
        for name, token in self.named.items():
            getattr(writer, f"add_{name}_token_id")(self.id(token))
        writer.add_add_bos_token(self.add_bos)
        if self.template:
            writer.add_chat_template(self.template)


def sentencepiece(words: Sequence[str] = (), user_defined: Sequence[str] = ()) -> Vocabulary:
    """SentencePiece with byte fallback; `words` are tokens that no text is ever cut into."""
    found = Vocabulary("llama", add_bos=True, template=CHATML)
    found.named = {"bos": "<s>", "eos": "</s>", "eot": "<|im_end|>", "unk": "<unk>"}
    found.add(["<unk>"], _Kind.UNKNOWN)
    found.add(["<s>", "</s>"], _Kind.CONTROL)
    found.add([f"<0x{byte:02X}>" for byte in range(256)], _Kind.BYTE)
    merged = ["".join(pair) for pair in _pairs(["▁" + w for w in TEXT.split()], 200)]
    found.add(merged, _Kind.NORMAL)
    found.add(["▁", *map(chr, range(33, 127))], _Kind.NORMAL, score=-1e3)
    found.add(words, _Kind.NORMAL, score=-1e6)
    found.add(user_defined, _Kind.USER_DEFINED)
    found.add(["<|im_start|>", "<|im_end|>"], _Kind.CONTROL)
    return found


def byte_pairs(pre: str, control: Sequence[str], *, user_defined: Sequence[str] = ()) -> Vocabulary:
    """Byte-level BPE; `pre` names how llama.cpp cuts text into words."""
    found = Vocabulary("gpt2", pre)
    letters = _byte_letters()
    words = [
        "".join(letters[b] for b in word.encode())
        for word in re.findall(r" ?[A-Za-z]+| ?[^\sA-Za-z]+|\s+", TEXT)
    ]
    pairs = _pairs(words, 200)
    found.merges = [" ".join(pair) for pair in pairs]
    found.add(list(letters.values()), _Kind.NORMAL)
    found.add(["".join(pair) for pair in pairs], _Kind.NORMAL)
    found.add(control, _Kind.CONTROL)
    found.add(user_defined, _Kind.USER_DEFINED)
    return found


def rwkv_world() -> Vocabulary:
    """RWKV's trie of byte strings, written as convert_hf_to_gguf.py does it."""
    found = Vocabulary("rwkv", template=RWKV)
    found.named = {"bos": "<s>", "eos": "<s>", "unk": "<s>"}
    found.add(["<s>"], _Kind.CONTROL)
    pieces = [bytes([b]) for b in range(256)]
    pieces += [w.encode() for w in Counter(re.findall(r" ?[A-Za-z]+", TEXT)) if len(w) > 1]
    found.add([repr(piece)[2:-1] for piece in pieces], _Kind.NORMAL)
    return found


def unigrams() -> Vocabulary:
    """SentencePiece-Unigram as T5 has it."""
    found = Vocabulary("t5")
    found.named = {"pad": "<pad>", "eos": "</s>", "unk": "<unk>"}
    found.add(["<pad>", "</s>"], _Kind.CONTROL)
    found.add(["<unk>"], _Kind.UNKNOWN)
    found.add(["▁" + word for word in Counter(TEXT.split())], _Kind.NORMAL, score=-5)
    found.add(["▁", *map(chr, range(33, 127))], _Kind.NORMAL, score=-12)
    return found


def _pairs(words: Sequence[str], count: int) -> list[tuple[str, str]]:
    """Train byte pairs: join the most frequent neighbours, `count` times."""
    cut = Counter(tuple(word) for word in words)
    found: list[tuple[str, str]] = []
    for _ in range(count):
        neighbours: Counter[tuple[str, str]] = Counter()
        for word, times in cut.items():
            for pair in pairwise(word):
                neighbours[pair] += times
        if not neighbours:
            break
        best = min(neighbours, key=lambda pair: (-neighbours[pair], pair))
        found.append(best)
        cut = Counter({_joined(word, best): times for word, times in cut.items()})
    return found


def _joined(word: tuple[str, ...], pair: tuple[str, str]) -> tuple[str, ...]:
    joined: list[str] = []
    at = 0
    while at < len(word):
        width = 2 if word[at : at + 2] == pair else 1
        joined.append("".join(word[at : at + width]))
        at += width
    return tuple(joined)


def _byte_letters() -> dict[int, str]:
    """Return GPT-2's printable letter for each byte."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    letters = {byte: chr(byte) for byte in printable}
    letters |= {byte: chr(256 + i) for i, byte in enumerate(others)}
    return dict(sorted(letters.items()))
