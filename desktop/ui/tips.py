"""Tool tips with names in them: Qt takes what looks like markup for markup."""

from html import escape


def plain_tip(text: str) -> str:
    """Return a tool tip that shows `text` as it is, whatever somebody wrote into a name."""
    if "<" not in text and "&" not in text:
        return text
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>'
