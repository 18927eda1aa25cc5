"""Text to tokens and back, with the vocabulary of the loaded model."""

import ctypes
from functools import cached_property
from typing import Any

from desktop.engines.llama.binding import api

_NO_TOKEN = -1
_THINKING = frozenset({"<think>", "</think>"})  # a person may write these
_SPECIAL = (
    api.LLAMA_TOKEN_ATTR_CONTROL | api.LLAMA_TOKEN_ATTR_UNKNOWN | api.LLAMA_TOKEN_ATTR_USER_DEFINED
)


class Vocabulary:
    """The tokens of a model. Text is str, pieces are bytes (a token may be part of a character)."""

    def __init__(self, model: Any) -> None:
        self._vocab = api.llama_model_get_vocab(model)
        self._buffer = ctypes.create_string_buffer(256)
        self.size = int(api.llama_vocab_n_tokens(self._vocab))
        self.bos = int(api.llama_vocab_bos(self._vocab))
        self.eos = int(api.llama_vocab_eos(self._vocab))
        self.adds_bos = self.bos != _NO_TOKEN and bool(api.llama_vocab_get_add_bos(self._vocab))

    def tokenize(self, text: str, *, special: bool) -> list[int]:
        """Return tokens, without BOS; `special` lets control tokens in the text become tokens."""
        data = text.encode("utf-8")
        if not data:
            return []
        room = len(data) + 8  # never more tokens than bytes, but for a space in front
        tokens = (api.llama_token * room)()
        count = api.llama_tokenize(self._vocab, data, len(data), tokens, room, False, special)
        if count < 0:
            room = -count
            tokens = (api.llama_token * room)()
            count = api.llama_tokenize(self._vocab, data, len(data), tokens, room, False, special)
        return tokens[: max(count, 0)]

    def piece(self, token: int, *, special: bool = False) -> bytes:
        """Return the bytes that a token stands for; control tokens have none but with `special`."""
        while True:
            room = len(self._buffer)
            size = api.llama_token_to_piece(self._vocab, token, self._buffer, room, 0, special)
            if size >= 0:
                return self._buffer.raw[:size]
            self._buffer = ctypes.create_string_buffer(-size)

    def ends_reply(self, token: int) -> bool:
        """Whether a token means that the model has finished."""
        return bool(api.llama_vocab_is_eog(self._vocab, token))

    def is_special(self, token: int) -> bool:
        """Whether a token is more than text: a control, unknown or user-defined one."""
        return bool(self._attributes(token) & _SPECIAL)

    def is_control(self, token: int) -> bool:
        """Whether a token is a control token."""
        return bool(api.llama_vocab_is_control(self._vocab, token))

    def strips_left(self, token: int) -> bool:
        """Whether a special token swallows the white space before it."""
        return bool(self._attributes(token) & api.LLAMA_TOKEN_ATTR_LSTRIP)

    def strips_right(self, token: int) -> bool:
        """Whether a special token swallows the white space behind it."""
        return bool(self._attributes(token) & api.LLAMA_TOKEN_ATTR_RSTRIP)

    def text(self, token: int) -> str:
        """Return how a token is written, "" for none."""
        if token == _NO_TOKEN:
            return ""
        return bytes(api.llama_vocab_get_text(self._vocab, token) or b"").decode("utf-8", "replace")

    def markers(self, template: str) -> dict[str, int]:
        """Return the special tokens that a message must not be able to write, by their spelling.

        All control tokens, and the user-defined ones that look like `<|this|>` or that the chat
        template names. (Other user-defined tokens, such as runs of spaces, are plain text.)
        """
        found = {
            text: token
            for token, text in self._specials
            if not self._attributes(token) & api.LLAMA_TOKEN_ATTR_USER_DEFINED
            or (text.startswith("<|") and text.endswith("|>"))
            or (len(text.strip()) > 2 and text in template and text not in _THINKING)
        }
        found.pop("", None)
        return found

    @cached_property
    def _specials(self) -> list[tuple[int, str]]:
        return [(t, self.text(t)) for t in range(self.size) if self.is_special(t)]

    def _attributes(self, token: int) -> int:
        return int(api.llama_vocab_get_attr(self._vocab, token))
