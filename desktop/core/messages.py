"""Messages as a chat template sees them."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who speaks; the values are the role names of chat templates."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt. `reasoning` is thinking text kept apart from the answer."""

    role: Role
    content: str
    reasoning: str = ""
