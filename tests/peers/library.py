"""The library through its C interface: profiles from files or from ballots, and results as parsed JSON."""

from __future__ import annotations

import ctypes
import json
from collections.abc import Iterable, Sequence

APPROVAL, RANKING, SCORE, POINTS = 1, 2, 3, 4
NO_TIME = -(2**63)


class Error(ctypes.Structure):
    _fields_ = [
        ("status", ctypes.c_int32),
        ("reserved", ctypes.c_uint32),
        ("where", ctypes.c_uint64),
        ("text", ctypes.c_char * 240),
    ]


class Option(ctypes.Structure):
    _fields_ = [
        ("size", ctypes.c_size_t),
        ("id", ctypes.c_char_p),
        ("name", ctypes.c_char_p),
        ("cost", ctypes.c_int64),
        ("at", ctypes.c_int64),
        ("withdrawn", ctypes.c_int32),
    ]


class Refused(Exception):
    """A call that failed: the name of its status, and the sentence it gave."""

    def __init__(self, status: str, text: str) -> None:
        super().__init__(f"{status}: {text}")
        self.status = status
        self.text = text


class Profile:
    """Evidence in the library; freed with the object."""

    def __init__(self, library: Library, handle: ctypes.c_void_p) -> None:
        self.library = library
        self.handle = handle

    def __del__(self) -> None:
        self.library.c.cocreate_profile_free(self.handle)

    def add(self, options: Sequence[int], values: Sequence[int] | None = None, count: int = 1,
            weight: int | None = None) -> None:  # fmt: skip
        n = len(options)
        self.library.call(
            "cocreate_profile_add", self.handle, (ctypes.c_uint32 * n)(*options),
            None if values is None else (ctypes.c_int64 * n)(*values), ctypes.c_size_t(n),
            ctypes.c_int64(count), ctypes.c_int64(count if weight is None else weight),
        )  # fmt: skip

    def let_run(self, ids: Iterable[str]) -> None:
        """Withdraws all options but these."""
        running = set(ids)
        for text, index in self.library.ids(self).items():
            option = Option(ctypes.sizeof(Option), text.encode(), None, 0, NO_TIME, int(text not in running))
            self.library.call("cocreate_profile_set_option", self.handle, ctypes.c_size_t(index), ctypes.byref(option))

    def set_budget(self, budget: int, exponent: int = 0) -> None:
        self.library.call(
            "cocreate_profile_set_budget", self.handle, ctypes.c_int64(budget), ctypes.c_int32(exponent)
        )

    def rank(self, method: str, **options: object) -> dict:
        """The result of a method, as its JSON."""
        ranking = ctypes.c_void_p()
        self.library.call(
            "cocreate_rank", self.handle, method.encode(), json.dumps(options).encode(), None, ctypes.byref(ranking)
        )
        try:
            return json.loads(self.library.c.cocreate_ranking_json(ranking))
        finally:
            self.library.c.cocreate_ranking_free(ranking)


class Library:
    """libcocreate.so."""

    def __init__(self, path: str) -> None:
        self.c = ctypes.CDLL(path)
        self.c.cocreate_status_name.restype = ctypes.c_char_p
        self.c.cocreate_ranking_json.restype = ctypes.c_char_p
        self.c.cocreate_text_data.restype = ctypes.c_char_p
        for name in ("cocreate_ranking_json", "cocreate_ranking_free", "cocreate_profile_free", "cocreate_text_data",
                     "cocreate_text_free"):  # fmt: skip
            getattr(self.c, name).argtypes = [ctypes.c_void_p]

    def call(self, name: str, *arguments: object) -> None:
        error = Error()
        status = getattr(self.c, name)(*arguments, ctypes.byref(error))
        if status != 0:
            raise Refused(self.c.cocreate_status_name(status).decode(), error.text.decode(errors="replace"))

    def read(self, format: str, data: bytes, kind: int = 0) -> Profile:
        """A profile from the bytes of a file."""
        handle = ctypes.c_void_p()
        self.call(
            "cocreate_profile_read", None, format.encode(), data, ctypes.c_size_t(len(data)), ctypes.c_int32(kind),
            None, None, ctypes.byref(handle),
        )  # fmt: skip
        return Profile(self, handle)

    def ids(self, profile: Profile) -> dict[str, int]:
        """The index of every option."""
        out: dict[str, int] = {}
        option = Option(size=ctypes.sizeof(Option))
        while self.c.cocreate_profile_option(profile.handle, ctypes.c_size_t(len(out)), ctypes.byref(option), None) == 0:
            out[option.id.decode()] = len(out)
        return out

    def build(self, kind: int, ids: Sequence[str], ballots: Iterable[tuple] = (),
              withdrawn: Iterable[str] = ()) -> Profile:  # fmt: skip
        """A profile from (options, values or None, count) with the given ids."""
        handle = ctypes.c_void_p()
        self.call("cocreate_profile_new", None, ctypes.c_int32(kind), ctypes.c_size_t(len(ids)), ctypes.byref(handle))
        profile = Profile(self, handle)
        out = set(withdrawn)
        for i, text in enumerate(ids):
            option = Option(ctypes.sizeof(Option), text.encode(), None, 0, NO_TIME, int(text in out))
            self.call("cocreate_profile_set_option", profile.handle, ctypes.c_size_t(i), ctypes.byref(option))
        for options, values, count in ballots:
            profile.add(options, values, count)
        return profile
