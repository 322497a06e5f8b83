"""What a process of ours is before it does anything, asked of processes of their own."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

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
