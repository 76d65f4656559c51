"""A child as the real one, but documents of some names do harm.

``poison_worker.py TRACES``: what happens once only leaves a trace in that folder.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import bitext
from bitext._job import Job
from bitext._worker import aligned, serve


def harmful(aligner: bitext.Aligner, job: Job, request: dict[str, Any]) -> dict[str, Any]:
    """Do harm, or what is asked."""
    name = request["doc"]
    if name == "abort":
        os.abort()
    if name == "endless":
        while True:
            pass
    if name == "asleep":
        signal.pause()
    if name == "memory":
        bytearray(64 << 30)
    if name == "talks":
        print("a stray line on standard output", flush=True)
    if name.startswith("kill-") and is_first(name):
        victims = {
            "kill-child": os.getpid,
            "kill-worker": os.getppid,
            "kill-executor": executor,
        }
        os.kill(victims[name](), signal.SIGKILL)
        signal.pause()
    return aligned(aligner, job, request)


def is_first(name: str) -> bool:
    """Tell whether this happens for the first time."""
    try:
        (Path(sys.argv[1]) / name).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def executor() -> int:
    """Give the process of the virtual machine that this child stands under."""
    process = os.getppid()
    while Path(f"/proc/{process}/comm").read_text().strip() != "java":
        stat = Path(f"/proc/{process}/stat").read_text()
        process = int(stat.rpartition(")")[2].split()[1])
    return process


if __name__ == "__main__":
    serve(harmful)
