"""``python -m bitext`` is the program ``align``."""

import sys

from bitext._program import main

if __name__ == "__main__":
    sys.exit(main())
