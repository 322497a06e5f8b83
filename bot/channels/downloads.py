"""Files that people sent, as their channel gives them out."""

from typing import Protocol

# Telegram's own limit for downloads, and well above any invoice.
MAX_BYTES = 20_000_000


class Downloads(Protocol):
    """A channel one can download a file from."""

    async def download(self, file_id: str) -> bytes:
        """The file's content. Raises errors of core/delivery_errors.py."""
