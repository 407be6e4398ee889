"""Numbers into NumPy arrays of an exact type, without a silent loss."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from cocreate.errors import ArgumentError

__all__ = ["exact", "exact_unsigned"]


def exact(values: npt.ArrayLike, dtype: npt.DTypeLike, dimensions: int = 1) -> npt.NDArray[Any]:
    """Values as an array of one integer type, in C order and the byte order of the machine.

    An array that is so already is returned itself, not copied. `numpy.asarray` would make 1 of 1.7 and 4294967295 of
    -1; this refuses.

    Parameters
    ----------
    values : array_like of int
        What to convert.
    dtype : dtype_like
        An integer type.
    dimensions : int
        How many the result must have.

    Raises
    ------
    cocreate.errors.ArgumentError
        If a value cannot be held exactly, or the shape is another.

    Examples
    --------
    >>> exact([1, 2], "uint32")
    array([1, 2], dtype=uint32)
    >>> exact([-1], "uint32")
    Traceback (most recent call last):
    cocreate.errors.ArgumentError: -1 at index 0 is no uint32
    >>> exact([0.5], "int64")
    Traceback (most recent call last):
    cocreate.errors.ArgumentError: expected integers, got float64
    """
    target = np.dtype(dtype)
    try:
        given = np.asarray(values)
    except (ValueError, OverflowError) as error:
        raise ArgumentError(f"no array: {error}") from None
    if given.ndim != dimensions:
        raise ArgumentError(f"expected {dimensions} dimension{'s' * (dimensions > 1)}, got {given.ndim}")
    if given.size == 0:
        return np.ascontiguousarray(given.astype(target))
    if given.dtype.kind not in "iub":
        raise ArgumentError(f"expected integers, got {given.dtype}")
    limits = np.iinfo(target)
    if given.dtype != target and given.dtype.kind != "b":
        for bad, index in ((int(given.min()), given.argmin()), (int(given.max()), given.argmax())):
            if not limits.min <= bad <= limits.max:
                raise ArgumentError(f"{bad} at index {int(index)} is no {target.name}")
    return np.ascontiguousarray(given, dtype=target)


def exact_unsigned(values: npt.ArrayLike) -> npt.NDArray[Any]:
    """A matrix of unsigned integers of any width; signed ones become the unsigned type of their width.

    Examples
    --------
    >>> exact_unsigned([[1, 2]]).dtype
    dtype('uint64')
    """
    given = np.asarray(values)
    if given.dtype.kind == "u" and given.dtype.isnative:
        return exact(given, given.dtype, 2)
    width = given.dtype.itemsize if given.dtype.kind in "iu" else 8
    return exact(given, f"uint{width * 8}", 2)
