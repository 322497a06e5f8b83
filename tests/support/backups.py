"""The store of a worker's tests is one: what earlier ones kept there is none of the next one's business."""

from bot.backup.copies import PREFIX
from tests.support.service import RunningService


async def no_backups(service: RunningService) -> None:
    """As on the first day."""
    objects = service.wiring.objects
    for key in await objects.list(PREFIX):
        await objects.delete(key)
