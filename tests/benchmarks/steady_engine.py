"""An engine that writes Markdown at a steady pace until it is stopped."""

import time
from collections.abc import Iterator

from desktop.core.cancel import CancelToken
from desktop.core.events import Event, Loading, Reading, Text
from desktop.core.options import ModelOptions
from desktop.engines.base import ChatRequest, ModelInfo

TOKENS_A_SECOND = 200
CHARACTERS = 4  # of one token

ANSWER = """\
## What to look at first

The **first** thing is memory: a model must *fit*, together with the `context` it works in.
模型必须能装进内存。

1. Look at the size of the file, and add one or two gigabytes.
2. Close what you do not need; a browser takes more than you think.
   - A smaller quantization helps.
   - So does a shorter context.

```python
def fits(model: int, free: int, context: int = 4096) -> bool:
    \"\"\"Whether a model of so many bytes fits.\"\"\"
    return model + context * 131_072 < free
```

| quantization | size | what is lost |
|---|---:|---|
| Q8_0 | 8.5 GB | nothing that one notices |
| Q4_K_M | 4.9 GB | very little |

> Speed follows from it: half the size, twice the words.

"""


def tokens() -> Iterator[str]:
    """Yield the same answer again and again, in pieces of the size of tokens."""
    while True:
        yield from (ANSWER[i : i + CHARACTERS] for i in range(0, len(ANSWER), CHARACTERS))


class SteadyEngine:
    """An Engine whose speed does not depend on the computer."""

    def generate(self, request: ChatRequest, cancel: CancelToken) -> Iterator[Event]:
        """Yield TOKENS_A_SECOND pieces of text a second."""
        yield Reading(0, 1)
        began = time.monotonic()
        for number, token in enumerate(tokens()):
            due = began + number / TOKENS_A_SECOND
            time.sleep(max(0.0, due - time.monotonic()))
            cancel.check()
            yield Text(token)

    def prepare(self, model: str, options: ModelOptions, cancel: CancelToken) -> Iterator[Event]:
        """Be ready at once."""
        yield Loading(1.0)

    def prompt(self, request: ChatRequest) -> str:
        """Return the last message."""
        return request.messages[-1].content

    def count_tokens(self, model: str, text: str) -> int:
        """Return about how many tokens a text is."""
        return len(text) // CHARACTERS

    def info(self) -> ModelInfo | None:
        """There is no model."""
        return None

    def close(self) -> None:
        """There is nothing to end."""
