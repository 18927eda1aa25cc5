"""Short titles for chats."""

import re

LONGEST = 60  # characters; a sidebar row shows about half of them


def title_from(text: str) -> str:
    """Return the first line that says something, without Markdown signs, at most LONGEST long."""
    for line in text.splitlines():
        words = re.sub(r"[`*_#>~]+", "", line)
        words = " ".join(words.split())
        if words:
            return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"
    return ""
