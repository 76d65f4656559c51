"""The child that aligns one document after another, so that none can harm the job.

It reads frames from its standard input and answers on its standard output: four bytes of
length, big-endian, then JSON. The first frame is the job.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import shutil
import signal
import struct
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import bitext
from bitext._job import Job, build

if TYPE_CHECKING:
    from collections.abc import Callable


_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def read_frame(stream: BinaryIO) -> bytes | None:
    """Read a frame; ``None`` at the end of the stream."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack(">I", head)
    content = stream.read(length)
    return content if len(content) == length else None


def write_frame(stream: BinaryIO, content: bytes) -> None:
    """Write a frame."""
    stream.write(struct.pack(">I", len(content)) + content)
    stream.flush()


def aligned(aligner: bitext.Aligner, job: Job, request: dict[str, Any]) -> dict[str, Any]:
    """Align a document; give its row, without name and fingerprint."""
    if request.get("zh_path"):
        pair, message = _of_paths(aligner, request)
    elif request.get("zh") is None or request.get("en") is None:
        raise bitext.ReadError("a row without texts or paths")
    else:
        pair = aligner.align(request["zh"], request["en"], name=request["doc"])
        message = _told(pair)
    beads = [
        {
            "bead": one.bead,
            "zh": one.zh,
            "en": one.en,
            "score": round(one.score * 10_000),
            "unit": one.unit,
            "zh_line": one.zh_line,
            "zh_line_end": one.zh_line_end,
            "en_line": one.en_line,
            "en_line_end": one.en_line_end,
        }
        for one in pair.beads
    ]
    terms = [
        {
            "zh": one.zh,
            "en": one.en,
            "count": one.count,
            "zh_count": one.zh_count,
            "en_count": one.en_count,
            "confidence": round(one.confidence * 10_000),
        }
        for one in (pair.terms if job.terms else ())
    ]
    source: Any = job.source
    memory = pair.export(".tmx", source=source, created=job.created).decode()
    head, body = memory.split("<body>\n", 1)
    units, _ = body.split("</body>", 1)
    size = sum(
        len(one.zh.encode()) + len(one.en.encode())
        for one in pair.beads
        if is_paired(one.zh_line, one.en_line)
    )
    return {
        "code": "ok",
        "message": message,
        "beads": beads,
        "terms": terms,
        "size": size,
        "tmx_head": head + "<body>\n",
        "tmx": units,
    }


def is_paired(zh_line: int | None, en_line: int | None) -> bool:
    """Tell whether both sides of a bead hold a segment, by their lines."""
    return zh_line is not None and en_line is not None


def _of_paths(aligner: bitext.Aligner, request: dict[str, Any]) -> tuple[bitext.Bitext, str]:
    """Align two files, or one with both languages, wherever Arrow's file systems reach.

    Gives the notices too, in which files go by their names: where they lie tells nothing.
    """
    given = [path for path in (request["zh_path"], request.get("en_path")) if path]
    with tempfile.TemporaryDirectory(prefix="bitext-") as folder:
        local = [_fetched(path, Path(folder) / str(at)) for at, path in enumerate(given)]
        try:
            pair = aligner.align_files(*local, name=request["doc"])
        except bitext.ReadError as error:
            raise bitext.ReadError(_renamed(str(error), local, given)) from error
    names = [Path(path).name for path in given]
    return pair, _renamed(_told(pair), local, names)


def _renamed(text: str, paths: list[str], names: list[str]) -> str:
    for path, name in zip(paths, names, strict=True):
        text = text.replace(path, name)
    return text


def _told(pair: bitext.Bitext) -> str:
    return "; ".join(f"{one.kind}: {one.message}" for one in pair.notices)


def _fetched(path: str, folder: Path) -> str:
    """Give the path of a file on this machine, copied there if need be."""
    if "://" not in path:
        return path
    from pyarrow import fs

    system, inner = fs.FileSystem.from_uri(path)
    folder.mkdir()
    local = folder / Path(inner).name
    with system.open_input_stream(inner) as source, open(local, "wb") as target:
        shutil.copyfileobj(source, target)
    return str(local)


def serve(
    answer: Callable[[bitext.Aligner, Job, dict[str, Any]], dict[str, Any]],
) -> None:
    """Answer requests until the standard input ends."""
    _die_with_parent()
    # Standard output is the channel: what a stray print writes goes to standard error.
    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    first = read_frame(sys.stdin.buffer)
    if first is None:
        return
    job = Job.from_json(first.decode())
    aligner = bitext.Aligner(**job.align)
    _limit_memory(job.limits.memory)
    write_frame(channel, json.dumps({"build": build()}).encode())
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        _limit_cpu(job.limits.cpu_seconds)
        request = json.loads(frame)
        try:
            row = answer(aligner, job, request)
        except (bitext.ReadError, OSError) as error:
            row = _failed("unreadable", error)
        except MemoryError:
            os._exit(_OUT_OF_MEMORY)
        except Exception as error:
            row = _failed("fault", error)
        write_frame(channel, json.dumps(row, ensure_ascii=False).encode())


_OUT_OF_MEMORY = 77
"""The exit status of a child that got no more memory; what it holds is not to be trusted."""


def _failed(code: str, error: Exception) -> dict[str, Any]:
    text = str(error) or type(error).__name__
    return {"code": code, "message": text}


def _die_with_parent() -> None:
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _limit_memory(limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _limit_cpu(seconds: int) -> None:
    """Set the limit anew: it counts whole seconds of the process, not of the document."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, hard))


if __name__ == "__main__":
    serve(aligned)
