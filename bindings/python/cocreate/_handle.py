"""What every class around a handle of the library has in common."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Generic, Self, TypeVar

from cocreate.errors import ArgumentError

T = TypeVar("T")


class Handle(Generic[T]):
    """Owns a handle, and lets go of it once.

    The low-level object frees itself with its last reference. A call in another thread holds one, so closing under its
    feet is safe.
    """

    _handle: T | None
    _noun: str

    def __init__(self, handle: T, noun: str) -> None:
        self._handle = handle
        self._noun = noun

    @property
    def _h(self) -> T:
        handle = self._handle
        if handle is None:
            raise ArgumentError(f"the {self._noun} is closed")
        return handle

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._handle is None

    def close(self) -> None:
        """Free what is held; every later use raises `ArgumentError`. Closing twice is fine."""
        self._handle = None

    def __enter__(self) -> Self:
        self._h  # noqa: B018  a closed one cannot be entered
        return self

    def __exit__(self, *exception: Any) -> None:
        self.close()


class Turns:
    """Many readers or one writer: evidence may be read in many threads at once, a change must be alone."""

    def __init__(self) -> None:
        self._free = threading.Condition()
        self._readers = 0

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self._free:
            self._readers += 1
        try:
            yield
        finally:
            with self._free:
                self._readers -= 1
                self._free.notify_all()

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._free:
            self._free.wait_for(lambda: self._readers == 0)
            yield
