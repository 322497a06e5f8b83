"""What became of an event, and so how whoever sent it is answered."""

from enum import StrEnum


class Outcome(StrEnum):
    """How the turn of an event ended."""

    DONE = "done"
    REPEATED = "repeated"
    # Failed for the third time and put aside: answered like success, or it would block its conversation.
    DEAD = "dead"
    FAILED = "failed"
    # About something we do not know; nothing was kept.
    UNKNOWN = "unknown"
    OVERLOADED = "overloaded"
