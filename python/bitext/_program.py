"""The program ``align`` inside the package."""

import signal
import sys

from bitext._bitext import main as _main


def main() -> int:
    """Run the program with the arguments of this process; give its exit status."""
    # The interpreter's handlers would wait until the work is done: back to the system's.
    for name in ("SIGINT", "SIGPIPE"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    return _main(["align", *sys.argv[1:]])
