"""What the transcript is told about each message."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.core.conversation import Node
from desktop.ui.wording import Trouble


class MessageAction(StrEnum):
    """What a person can ask of a message; the values `ChatView.action_requested` carries.

    A trouble card adds its TroubleAction.
    """

    COPY = "copy"  # already done by the view when it is reported
    EDIT = "edit"  # the same: the editor is open
    REGENERATE = "regenerate"
    CONTINUE = "continue"
    PREVIOUS_VERSION = "previous_version"
    NEXT_VERSION = "next_version"
    RETRY = "retry"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRow:
    """One message as it is shown; `version` counts from 1 and `versions` is how many there are."""

    node: Node
    version: int = 1
    versions: int = 1
    model_name: str = ""
    notices: tuple[str, ...] = ()
    is_last_reply: bool = False
    trouble: Trouble | None = None
