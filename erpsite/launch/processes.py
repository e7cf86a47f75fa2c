"""What other processes are doing, as the machine tells it, without `ps` where that is missing."""

import ctypes
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
    listed = subprocess.run(
        ["/bin/ps", "-ww", "-o", "stat=,args=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    state, _, command = listed.stdout.strip().partition(" ")
    return bool(state) and not state.startswith("Z") and all(word in command for word in words)


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
