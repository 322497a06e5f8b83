"""What a process of ours is before it does anything, asked of processes of their own."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.runtime.process import _LARGE_BYTES

ROOT = Path(__file__).parents[2]
_A_FILE = """
import os, pathlib
os.umask(0o022)
from bot.runtime.process import prepare
prepare()
pathlib.Path("folder").mkdir()
pathlib.Path("folder/file").touch()
"""
# The bytes of blocks that the system gets back as soon as they are free: one that is freed has taught glibc to keep it.
_LARGE = """
import ctypes
from bot.runtime.process import prepare
prepare()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]

class Info(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in "a b c d hblkhd e f g h i".split()]

libc.mallinfo2.restype = Info
libc.free(libc.malloc(4_000_000))
before = libc.mallinfo2().hblkhd
kept = libc.malloc(4_000_000)
print(libc.mallinfo2().hblkhd - before)
"""
# The most that comes in one piece of what waits on a socket when its reader begins.
_READS = """
import asyncio, os, signal, socket
from contextlib import asynccontextmanager
from bot.runtime.signals import run_process

class Pieces(asyncio.Protocol):
    def data_received(self, data):
        print(len(data))
        os.kill(os.getpid(), signal.SIGTERM)

@asynccontextmanager
async def running():
    ours, theirs = socket.socketpair()
    theirs.send(bytes(150_000))
    await asyncio.get_running_loop().create_connection(Pieces, sock=ours)
    yield

run_process(running)
"""


def said_by(code: str, cwd: Path) -> str:
    environment = {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, env=environment, check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.falha(265)
def test_whatever_it_makes_is_for_its_owner_alone(tmp_path: Path) -> None:
    said_by(_A_FILE, tmp_path)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "folder", tmp_path / "folder" / "file")]
    assert modes == [0o700, 0o600]


@pytest.mark.falha(266)
def test_large_blocks_go_back_to_the_system_however_often_there_were_some(tmp_path: Path) -> None:
    assert int(said_by(_LARGE, tmp_path)) >= 4_000_000


def test_what_is_read_at_once_is_no_large_block(tmp_path: Path) -> None:
    """Those go back to the system after every read: as long as it takes to read ten times as much."""
    assert int(said_by(_READS, tmp_path).splitlines()[0]) < _LARGE_BYTES
