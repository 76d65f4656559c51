"""``python -m bitext.scale``: many documents from the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bitext import Error
from bitext.scale import Job, PairsError, _plain, digest
from bitext.scale._pairs import is_folder_of_files, planned


def main(argv: list[str] | None = None) -> int:
    """Run a job; give its exit status: 0 done, 1 but for some documents, 2 not at all."""
    args = _parser().parse_args(argv)
    try:
        status: int = args.run(args)
    except KeyboardInterrupt:
        return 130  # as a shell says it
    except (Error, PairsError, OSError, RuntimeError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bitext.scale",
        description="Align many pairs of documents: the same bytes on one machine and on many.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="a loop on this machine")
    _add_pairs(run)
    _add_jobs(run)
    run.add_argument(
        "--shard",
        type=_shard,
        default=(1, 1),
        metavar="I/N",
        help="do the I-th of N parts only; `merge` when all are done",
    )
    run.set_defaults(run=_run)

    merge = commands.add_parser("merge", help="what is made of all documents together")
    _add_out(merge)
    merge.set_defaults(run=_merge)

    spark = commands.add_parser("spark", help="the same through Apache Spark")
    _add_pairs(spark, kind=str)  # of any of Spark's file systems
    spark.add_argument(
        "--master", metavar="URL", help="of the cluster [default: as spark-submit says]"
    )
    spark.add_argument(
        "--partitions",
        type=int,
        metavar="N",
        help="of the pairs [default: as they come]",
    )
    spark.add_argument(
        "--waves",
        type=int,
        default=1,
        metavar="N",
        help="write the rows in N steps: a broken job goes on from the last [default: 1]",
    )
    spark.set_defaults(run=_spark)

    compare = commands.add_parser("digest", help="name the content of a job's outputs")
    compare.add_argument("out", type=Path, metavar="OUT")
    compare.set_defaults(run=_digest)
    return parser


def _add_pairs(parser: argparse.ArgumentParser, kind: type[str | Path] = Path) -> None:
    parser.add_argument(
        "pairs",
        type=kind,
        metavar="PAIRS",
        help="a folder, or a table (.parquet .csv .jsonl) of doc and zh, en (texts) or "
        "zh_path, en_path",
    )
    _add_out(parser, kind)


def _add_out(parser: argparse.ArgumentParser, kind: type[str | Path] = Path) -> None:
    parser.add_argument(
        "out",
        type=kind,
        metavar="OUT",
        help="the folder of the outputs; what it holds is not done again",
    )
    parser.add_argument(
        "--options", type=Path, metavar="FILE", help="TOML: [align], [limits], [job]"
    )
    parser.add_argument("--quiet", "-q", action="store_true", help="no progress")


def _add_jobs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs",
        type=_count,
        default=1,
        metavar="N",
        help="children at once [default: 1]",
    )


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _shard(text: str) -> tuple[int, int]:
    part, _, parts = text.partition("/")
    shard = int(part), int(parts)
    if not 1 <= shard[0] <= shard[1]:
        raise argparse.ArgumentTypeError("I/N with I from 1 to N")
    return shard


def _job(args: argparse.Namespace) -> Job:
    return Job() if args.options is None else Job.load(args.options)


def _run(args: argparse.Namespace) -> int:
    job = _job(args)
    if is_folder_of_files(args.pairs):
        _, left = planned(args.pairs, args.out)
        if left:
            print(f"notice: {len(left)} files fit no other, such as {left[0]}", file=sys.stderr)
    _plain.run(args.pairs, args.out, job, jobs=args.jobs, shard=args.shard, quiet=args.quiet)
    if args.shard != (1, 1):
        return 0
    return _told(_plain.merge(args.out, job, quiet=args.quiet))


def _merge(args: argparse.Namespace) -> int:
    return _told(_plain.merge(args.out, _job(args), quiet=args.quiet))


def _spark(args: argparse.Namespace) -> int:
    from bitext.scale import spark

    counts = spark.run(
        args.pairs,
        args.out,
        _job(args),
        master=args.master,
        partitions=args.partitions,
        waves=args.waves,
    )
    return _told(counts)


def _digest(args: argparse.Namespace) -> int:
    for name, content in digest(args.out).items():
        print(f"{content}  {name}")
    return 0


def _told(counts: dict[str, int]) -> int:
    told = ", ".join(f"{number} {code}" for code, number in counts.items())
    print(f"documents: {told or 'none'}", file=sys.stderr)
    return 0 if set(counts) <= {"ok"} else 1


if __name__ == "__main__":
    sys.exit(main())
