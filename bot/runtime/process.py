"""What a process of ours is before it does anything."""

import ctypes
import os
from contextlib import suppress

# Of mallopt(3) in glibc, and the value that it has until the first large block is given back.
_M_MMAP_THRESHOLD, _LARGE_BYTES = -3, 128 * 1024


def prepare() -> None:
    """Files are for their owner alone, whatever the umask was; large blocks go back to the system once they are free.

    glibc keeps those it has seen once, and strangers' bodies of some megabytes would stay for as long as the process.
    """
    os.umask(0o077)
    # Another C library has no such call, or none of that name.
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
