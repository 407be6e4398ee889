"""Whether another order of the options that tie in a count leads to a peer's answer: the only excuse that a tie is."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from library import Option, Profile, Refused

RUNS = 3000  # at most so many counts for one answer

TIE = "another order of the options that tie in the count leads to the peer's answer (every such order is tried)"


def arrange(profile: Profile, order: list[int]) -> None:
    """Lets the chain `earliest` follow this order of all options."""
    for time, index in enumerate(order):
        option = Option(size=ctypes.sizeof(Option))
        profile.library.call("cocreate_profile_option", profile.handle, ctypes.c_size_t(index), ctypes.byref(option))
        option.at = time
        profile.library.call("cocreate_profile_set_option", profile.handle, ctypes.c_size_t(index), ctypes.byref(option))


def after_ties(result: dict, order: tuple[int, ...], index: dict[str, int]) -> Iterator[tuple[int, ...]]:
    """The orders that let one of several that tied go before the others, or behind them."""
    for tie in result["ties"]:
        if tie["step"] != "earliest":
            continue
        tied = [i for i in order if i in {index[option] for option in tie["options"]}]
        for one in tied:
            for moved in ([one] + [i for i in tied if i != one], [i for i in tied if i != one] + [one]):
                rest = iter(moved)
                yield tuple(next(rest) if i in tied else i for i in order)


def counts(profile: Profile, method: str, start: Sequence[str] = (), **options: object) -> Iterator[dict]:
    """The results under all orders of the options that tie, from the one that begins with `start` on; refused counts left out."""
    index = profile.library.ids(profile)
    first = tuple(index[option] for option in start) + tuple(i for option, i in index.items() if option not in start)
    seen, due = {first}, deque([first])
    for _ in range(RUNS):
        if not due:
            return
        order = due.popleft()
        arrange(profile, list(order))
        try:
            result = profile.rank(method, **{**options, "ties": ["earliest"]})
        except Refused:
            continue
        yield result
        for other in after_ties(result, order, index):
            if other not in seen:
                seen.add(other)
                due.append(other)


def some(profile: Profile, holds: Callable[[dict], bool], method: str, start: Sequence[str] = (), **options: object) -> str | None:
    """The reason TIE where the result of some order holds what is asked."""
    return TIE if any(holds(result) for result in counts(profile, method, start, **options)) else None


def electing(profile: Profile, winners: set[str], method: str, **options: object) -> str | None:
    """The reason TIE where some order elects these."""
    return some(profile, lambda result: set(result["winners"]) == winners, method, **options)
