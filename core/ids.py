"""Ids that grow with time, so that the newest rows are the last ones and a page can begin after an id."""

import secrets
from datetime import datetime
from uuid import UUID


def new_id(now: datetime) -> UUID:
    """A UUID of version 7 (RFC 9562, 5.7): 48 bits of milliseconds, then chance."""
    milliseconds = int(now.timestamp() * 1000)
    high = (milliseconds << 16) | 0x7000 | secrets.randbits(12)
    low = (0b10 << 62) | secrets.randbits(62)
    return UUID(int=(high << 64) | low)


def first_id_at(moment: datetime) -> UUID:
    """The least id of that moment: whatever is made from then on has a greater one."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
