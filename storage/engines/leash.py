"""A program of its own: it ties an engine to the process that started it, then becomes that engine.

Usage: `python leash.py PARENT_PID LOCK_FILE PROGRAM ARGUMENTS…`. Done here rather than in a `preexec_fn`,
which may deadlock when the parent has threads.
"""

import ctypes
import fcntl
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def main(parent: int, lock_file: str, command: list[str]) -> None:
    """Never returns. The kernel kills the engine when the parent's starting thread ends, kill -9 included.

    The lock travels with the descriptor into the engine, so two engines never share one directory: an engine
    that is still ending after its parent was killed is waited for.
    """
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("the process that wanted this engine is gone")
    descriptor = os.open(lock_file, os.O_RDWR | os.O_CREAT, 0o600)
    os.set_inheritable(descriptor, True)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    os.execv(command[0], command)  # noqa: S606 - an engine from a wheel, no shell wanted


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
