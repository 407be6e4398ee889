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


class Turn:
    """One thread at a time, and again for the thread that has its turn, but not inside a progress callback."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._calling = False

    def __enter__(self) -> None:
        self._lock.acquire()
        if self._calling:
            self._lock.release()
            raise ArgumentError("a progress callback may not use what it reports on")

    def __exit__(self, *exception: Any) -> None:
        self._lock.release()

    @contextmanager
    def calling(self) -> Iterator[None]:
        """A turn in which Python is called back."""
        with self:
            self._calling = True
            try:
                yield
            finally:
                self._calling = False


class Turns:
    """Many readers or one writer: evidence may be read in many threads at once, a change must be alone.

    A thread that would have to wait for itself, from a progress callback, is told so.
    """

    def __init__(self) -> None:
        self._change = threading.Condition(threading.Lock())
        self._readers: list[int] = []
        self._writer: int | None = None

    def _refuse_myself(self, me: int) -> None:
        if self._writer == me:
            raise ArgumentError("a progress callback may not use what it reports on")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Beside other readers."""
        me = threading.get_ident()
        with self._change:
            self._refuse_myself(me)
            self._change.wait_for(lambda: self._writer is None)
            self._readers.append(me)
        try:
            yield
        finally:
            with self._change:
                self._readers.remove(me)
                self._change.notify_all()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Alone."""
        me = threading.get_ident()
        with self._change:
            self._refuse_myself(me)
            if me in self._readers:
                raise ArgumentError("a progress callback may not change what it reports on")
            self._change.wait_for(lambda: self._writer is None and not self._readers)
            self._writer = me
        try:
            yield
        finally:
            with self._change:
                self._writer = None
                self._change.notify_all()

    @contextmanager
    def writing_by(self, other: Turns) -> Iterator[None]:
        """Alone, while another is read: in one order for all, so that two that change by each other never wait."""
        turns = [(id(self), self.writing()), (id(other), other.reading())]
        (_, first), (_, second) = sorted(turns, key=lambda turn: turn[0])
        with first, second:
            yield
