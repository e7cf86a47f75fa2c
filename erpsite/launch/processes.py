"""What other processes are doing, as the machine tells it, without `ps` where that is missing."""

import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def runs(pid: int, *words: str) -> bool:
    """Whether a process of this number is alive (no zombie) and has all the words in its command line."""
    if Path("/proc/self").exists():
        return _runs_by_proc(pid, words)
    try:
        listed = subprocess.run(
            ["/bin/ps", "-ww", "-o", "stat=,args=", "-p", str(pid)],
            capture_output=True,
            text=True,
            check=False,
        )
    except (
        FileNotFoundError
    ):  # a bare tree without /proc: all that can be asked is whether the number is taken
        return _is_taken(pid)
    state, _, command = listed.stdout.strip().partition(" ")
    return bool(state) and not state.startswith("Z") and all(word in command for word in words)


def _is_taken(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True  # somebody else's, but there
    except ProcessLookupError:
        return False
    return True


def _runs_by_proc(pid: int, words: tuple[str, ...]) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        command = os.fsdecode(Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" "))
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z" and all(word in command for word in words)


def end_with_parent() -> None:
    """Ask the kernel to end this process when its parent ends, be it by `kill -9`. Linux only; elsewhere nothing.

    Call it between fork and exec, or first thing in a process whose parent must not be outlived.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def can_share_locks() -> bool:
    """Whether processes can share semaphores here; some containers and bare trees have no usable /dev/shm."""
    try:
        multiprocessing.Lock()
    except OSError:
        return False
    return True
