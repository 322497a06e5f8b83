"""Files of the object store that go out to a channel."""

from core.delivery import Again, Refused
from storage.objects import ObjectMissing, ObjectStore, ObjectStoreError


async def content_of(objects: ObjectStore, key: str) -> bytes:
    """The file's content. Raises `core.delivery` errors: what is gone will not come back, the store itself may."""
    try:
        return await objects.get(key)
    except ObjectMissing:
        raise Refused("the file is no longer in the object store", "no_object") from None
    except ObjectStoreError as error:
        raise Again(str(error), "objects") from None
