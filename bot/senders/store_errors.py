"""What the object store says, as senders say it (core/delivery_errors.py)."""

from collections.abc import Iterator
from contextlib import contextmanager

from core.delivery_errors import Refused, StoreAway
from storage.objects import ObjectMissing, ObjectStoreError


@contextmanager
def store_errors() -> Iterator[None]:
    """Around calls to the store: an object that is not there is refused, a store that is away is no try."""
    try:
        yield
    except ObjectMissing:
        raise Refused("no object has this key", "missing") from None
    except ObjectStoreError as error:
        raise StoreAway(str(error)) from None
