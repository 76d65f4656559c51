"""What can go wrong."""


class Error(Exception):
    """Any error of this package."""


class ReadError(Error, ValueError):
    """A document could not be read; the message names the file and says why."""


class GlossaryError(Error, ValueError):
    """A glossary or termbase could not be read or written."""


class Fault(Error, RuntimeError):
    """A fault of the program itself, not of its input: please report it."""
