"""Which addresses may be offered for opening."""

from urllib.parse import urlsplit

SCHEMES = ("http", "https", "mailto")
LONGEST_ADDRESS = 2_000


def safe_address(address: str) -> str | None:
    """Return the address when a person may be asked to open it, else None.

    Only http, https with a host, and mailto; no control characters, blanks or bidirectional
    overrides, with which an address can look like another one.
    """
    if not 0 < len(address) <= LONGEST_ADDRESS or not address.isprintable() or " " in address:
        return None
    if "\\" in address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in SCHEMES:
        return None
    if parts.scheme == "mailto":
        return address if parts.path and not parts.netloc else None
    return address if parts.hostname else None
