"""Exceptions, one to one with the failing statuses of the library.

Each inherits from `Error` and, where Python has one that fits, from a built-in exception.
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "ArgumentError",
    "BusyError",
    "CancelledError",
    "ConflictError",
    "CorruptError",
    "Error",
    "InternalError",
    "LimitError",
    "NotAllowedError",
    "NotFoundError",
    "OutOfMemoryError",
    "ParseError",
    "RefusedError",
    "SchemaError",
    "StorageError",
    "TieError",
    "TimeOrderError",
    "TooLargeError",
    "UnboundedError",
    "VerifyError",
    "VersionError",
    "from_status",
]


class Error(Exception):
    """A call of the library failed, and changed nothing.

    Parameters
    ----------
    text : str
        What is wrong, in one line.
    where : int
        Line, byte offset, index or sequence number of the offender, as the function tells; 0 where none applies.

    Examples
    --------
    >>> from cocreate import money
    >>> try:
    ...     money.parse("12.345", 2)
    ... except Error as error:
    ...     print(type(error).__name__, error.where)
    ParseError 5
    """

    #: The status that became this exception.
    status: ClassVar[int] = 0

    text: str
    where: int

    def __init__(self, text: str, where: int = 0) -> None:
        super().__init__(text)
        self.text = text
        self.where = where

    def __reduce__(self) -> tuple[type[Error], tuple[str, int]]:
        return type(self), (self.text, self.where)


class ArgumentError(Error, ValueError):
    """An argument is not valid."""

    status = -1


class OutOfMemoryError(Error, MemoryError):
    """Out of memory."""

    status = -2


class TooLargeError(Error, OverflowError):
    """A number is too large."""

    status = -3


class ParseError(Error, ValueError):
    """A text is not well-formed. For a file of the field, `where` is its line."""

    status = -4

    @property
    def line(self) -> int:
        """The line, from 1, where a reader of files failed: the same as `where`."""
        return self.where


class SchemaError(Error, ValueError):
    """A document does not follow its schema; the text begins with the JSON path."""

    status = -5


class LimitError(Error, ValueError):
    """A declared size limit is exceeded."""

    status = -6


class NotFoundError(Error, LookupError):
    """There is no such name or id."""

    status = -7


class ConflictError(Error):
    """The same id exists with different content."""

    status = -8


class RefusedError(Error):
    """A rule of the campaign refuses the command; the text names the rule."""

    status = -9


class TimeOrderError(Error, ValueError):
    """Time runs backwards."""

    status = -10


class NotAllowedError(Error):
    """The actor may not do this."""

    status = -11


class BusyError(Error):
    """The store is in use by another writer."""

    status = -12


class StorageError(Error, OSError):
    """The store cannot be read or written."""

    status = -13


class CorruptError(Error, ValueError):
    """The bytes are damaged, or not of this library."""

    status = -14


class VerifyError(Error):
    """Verification failed; `where` is the sequence number of the event, or the line."""

    status = -15


class CancelledError(Error):
    """Cancelled by the progress callback."""

    status = -16


class UnboundedError(Error, ValueError):
    """The scheme has no bound on what it may cost."""

    status = -17


class VersionError(Error):
    """Written by a newer version of the library."""

    status = -18


class TieError(Error):
    """A tie that no declared rule breaks."""

    status = -19


class InternalError(Error, RuntimeError):
    """A defect of the library."""

    status = -20


_BY_STATUS: dict[int, type[Error]] = {kind.status: kind for kind in Error.__subclasses__()}


def from_status(status: int, text: str, where: int = 0) -> Error:
    """Make the exception of a failing status; one that is not known becomes a plain `Error`.

    Examples
    --------
    >>> from_status(-7, "no method 'best'")
    NotFoundError("no method 'best'")
    """
    return _BY_STATUS.get(status, Error)(text, where)
