"""Children that work on documents, and what is made of their deaths."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from typing import IO, Any

from bitext._job import Job, build
from bitext._worker import _OUT_OF_MEMORY


class Child:
    """A child process, started when there is work and again when it died."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Have a request answered: a row, or one that says how the child died of it."""
        content = json.dumps(request, ensure_ascii=False).encode()
        attempts = max(self._job.limits.attempts, 1)
        while True:
            attempts -= 1
            row = self._try(content)
            is_final = row["code"] not in ("died", "memory") or attempts == 0
            if is_final:
                return row

    def close(self) -> None:
        """End the child."""
        if self._process is not None:
            self._process.kill()
            self._reap()

    def _try(self, content: bytes) -> dict[str, Any]:
        deadline = time.monotonic() + self._job.limits.wall_seconds
        try:
            process = self._started(deadline)
            _send(process.stdin, content)
            answer = _receive(process.stdout, deadline)
        except TimeoutError:
            self.close()
            return {"code": "timeout", "message": "over its time by the clock"}
        except BrokenPipeError:
            answer = None
        if answer is None:
            return _death(self._reap())
        row: dict[str, Any] = json.loads(answer)
        return row

    def _started(self, deadline: float) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        command = self._job.command or (sys.executable, "-m", "bitext._worker")
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        self._process = process
        _send(process.stdin, self._job.to_json().encode())
        hello = _receive(process.stdout, deadline)
        if hello is None:
            status = self._reap()
            raise RuntimeError(f"a child could not start: {_death(status)['message']}")
        theirs = json.loads(hello)["build"]
        if theirs != build():
            raise RuntimeError(f"a child runs build {theirs} and the job {build()}")
        return process

    def _reap(self) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        return process.wait()


def _death(status: int) -> dict[str, Any]:
    """Tell how a child died."""
    if status == -signal.SIGXCPU:
        return {"code": "cpu", "message": "over its time of the processor"}
    if status == _OUT_OF_MEMORY:
        return {"code": "memory", "message": "over its memory"}
    if status < 0:
        return {"code": "died", "message": signal.Signals(-status).name}
    return {"code": "died", "message": f"exit {status}"}


def _send(pipe: IO[bytes] | None, content: bytes) -> None:
    assert pipe is not None
    frame = memoryview(len(content).to_bytes(4, "big") + content)
    while frame:
        frame = frame[pipe.write(frame) or 0 :]


def _receive(pipe: IO[bytes] | None, deadline: float) -> bytes | None:
    """Read a frame; ``None`` where the child is gone."""
    assert pipe is not None
    head = _exactly(pipe.fileno(), 4, deadline)
    return head and _exactly(pipe.fileno(), int.from_bytes(head, "big"), deadline)


def _exactly(file: int, length: int, deadline: float) -> bytes | None:
    parts: list[bytes] = []
    while length > 0:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([file], [], [], left)[0]:
            raise TimeoutError
        part = os.read(file, min(length, 1 << 20))
        if not part:
            return None
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
