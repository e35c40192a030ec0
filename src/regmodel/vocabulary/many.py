"""Numbers of many scenarios side by side, used in place of the number or the array of one.

Code is written for one scenario. Where a number differs between scenarios it is ``Many``: an array with one axis more,
the last, for the scenarios, which indices, shapes and sums do not see. What no scenario changes stays as it is and is
computed once. A condition that some scenarios fulfil and others do not raises ``Disagree``: they have to part there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Disagree(Exception):
    """Scenarios take different ways from here; ``fulfilled`` says which of them fulfil the condition."""

    def __init__(self, fulfilled: NDArray[np.bool_]) -> None:
        self.fulfilled = fulfilled
        super().__init__(f"{int(fulfilled.sum())} of {len(fulfilled)} scenarios fulfil a condition")


class Many(NDArrayOperatorsMixin):
    """One number or array for each scenario; ``each`` holds them with the scenarios along its last axis."""

    __slots__ = ("each",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, each: NDArray[Any]) -> None:
        self.each = each

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of one scenario's array."""
        return self.each.shape[:-1]

    @property
    def ndim(self) -> int:
        """Axes of one scenario's array."""
        return self.each.ndim - 1

    @property
    def dtype(self) -> Any:
        """Kind of number."""
        return self.each.dtype

    def __len__(self) -> int:
        return self.shape[0]

    def __iter__(self) -> Iterator[Many]:
        return (Many(part) for part in self.each) if self.ndim else iter(())

    def __getitem__(self, key: Any) -> Many:
        return Many(self.each[_before_last(key)])

    def __setitem__(self, key: Any, value: Any) -> None:
        self.each[_before_last(key)] = _with_axis(value)

    def __bool__(self) -> bool:
        truth = self.each.reshape(-1, self.each.shape[-1]).astype(bool)
        if len(truth) != 1:
            raise ValueError("an array of several numbers is neither true nor false")
        if truth[0].all() or not truth[0].any():
            return bool(truth[0].all())
        raise Disagree(truth[0])

    def __float__(self) -> float:
        raise TypeError("numbers of many scenarios were to become one")

    def __array__(self, *_: Any, **__: Any) -> NDArray[Any]:
        raise TypeError("numbers of many scenarios were to become those of one")

    def __format__(self, how: str) -> str:
        return format(float(self.each.flat[0]), how)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        if method != "__call__":
            return NotImplemented
        if ufunc is np.matmul:
            return (inputs[0] * inputs[1]).sum(axis=-1)
        kept = options.pop("out", None)
        if kept is not None and not all(isinstance(one, Many) for one in kept):
            raise TypeError("numbers of many scenarios do not fit into the array of one")
        found = ufunc(*(_with_axis(one) for one in inputs), **options)
        if kept is None:
            return Many(found)
        kept[0].each = np.broadcast_to(found, kept[0].each.shape) if found.shape != kept[0].each.shape else found
        return kept[0]

    def __array_function__(self, function: Callable[..., Any], types: Any, args: Any, options: Any) -> Any:
        if function not in _FUNCTIONS:
            return NotImplemented
        return _FUNCTIONS[function](*args, **options)

    def sum(self, axis: int | tuple[int, ...] | None = None, *, keepdims: bool = False) -> Many:
        """Sum over axes of one scenario's array."""
        return Many(self.each.sum(axis=_axes(axis, self.ndim), keepdims=keepdims))

    def any(self) -> Many:
        """Whether anything of one scenario's array holds."""
        return Many(np.asarray(self.each.any(axis=tuple(range(self.ndim)))))

    def reshape(self, *shape: Any) -> Many:
        """The same numbers in another shape."""
        wanted = shape[0] if len(shape) == 1 and isinstance(shape[0], tuple) else shape
        return Many(self.each.reshape(*wanted, self.each.shape[-1]))

    def copy(self) -> Many:
        """A copy that may be changed."""
        return Many(self.each.copy())

    def astype(self, kind: Any) -> Many:
        """The same numbers as another kind."""
        return Many(self.each.astype(kind))


def stacked(parts: Sequence[Any]) -> Array:
    """One array of numbers or arrays of one shape, along a new first axis."""
    count = how_many(*parts)
    if count is None:
        return np.array(parts, dtype=float)
    inner = next(part.shape for part in parts if isinstance(part, Many))
    whole = np.empty((len(parts), *inner, count))
    for place, part in enumerate(parts):
        whole[place] = part.each if isinstance(part, Many) else np.asarray(part, dtype=float)[..., None]
    return cast("Array", Many(whole))


def blank(shape: tuple[int, ...], *like: Any) -> Array:
    """Zeros in a shape, for as many scenarios as any of ``like`` is for."""
    count = how_many(*like)
    return np.zeros(shape) if count is None else cast("Array", Many(np.zeros((*shape, count))))


def with_room(array: Array, *like: Any) -> Array:
    """The array, or where it is that of one, a copy for as many scenarios as any of ``like`` is for."""
    count = how_many(*like)
    if count is None or is_many(array):
        return array
    return cast("Array", Many(each_of(array, count).copy()))


def plain(value: Any) -> float:
    """A number of one scenario as a Python float; one of many as it is."""
    return cast("float", value) if isinstance(value, Many) else float(value)


def how_many(*values: Any) -> int | None:
    """For how many scenarios numbers are; None where they differ in none."""
    return next((value.each.shape[-1] for value in values if isinstance(value, Many)), None)


def is_many(value: Any) -> bool:
    """Whether a number differs between scenarios."""
    return isinstance(value, Many)


def anywhere(condition: Any) -> bool:
    """Whether a condition holds for anything of any scenario."""
    return bool(np.any(condition.each if isinstance(condition, Many) else condition))


def at_least_nothing(value: Any) -> float:
    """The number, or nothing where it is below."""
    return cast("float", np.maximum(value, 0.0) if isinstance(value, Many) else max(value, 0.0))


def each_of(value: Any, count: int) -> Array:
    """The array with the scenarios along its last axis, also where they are all the same."""
    if isinstance(value, Many):
        return value.each
    whole = np.asarray(value, dtype=float)[..., None]
    return np.broadcast_to(whole, (*whole.shape[:-1], count))


def _before_last(key: Any) -> Any:
    whole = key if isinstance(key, tuple) else (key,)
    return (*whole, slice(None)) if any(part is Ellipsis for part in whole) else whole


def _with_axis(value: Any) -> Any:
    if isinstance(value, Many):
        return value.each
    if isinstance(value, np.ndarray) and value.ndim:
        return value[..., None]
    return value


def _axes(axis: int | tuple[int, ...] | None, ndim: int) -> tuple[int, ...]:
    if axis is None:
        return tuple(range(ndim))
    one_or_more = axis if isinstance(axis, tuple) else (axis,)
    return tuple(one % ndim for one in one_or_more)


def _full(values: Sequence[Any]) -> list[NDArray[Any]]:
    count = how_many(*values) or 1
    return [each_of(value, count) for value in values]


def _concatenate(parts: Sequence[Any], axis: int = 0) -> Many:
    return Many(np.concatenate(_full(parts), axis=_axes(axis, parts[0].ndim)[0]))


def _stack(parts: Sequence[Any], axis: int = 0) -> Many:
    return Many(np.stack(_full(parts), axis=_axes(axis, parts[0].ndim + 1)[0]))


def _broadcast_to(value: Many, shape: tuple[int, ...]) -> Many:
    return Many(np.broadcast_to(value.each, (*shape, value.each.shape[-1])))


def _moveaxis(value: Many, source: int, target: int) -> Many:
    return Many(np.moveaxis(value.each, source % value.ndim, target % value.ndim))


def _repeat(value: Many, repeats: int, axis: int) -> Many:
    return Many(np.repeat(value.each, repeats, axis=axis % value.ndim))


def _cumsum(value: Many, axis: int) -> Many:
    return Many(np.cumsum(value.each, axis=axis % value.ndim))


def _average(values: Any, weights: Any) -> Any:
    return (values * weights).sum() / weights.sum()


def _clip(value: Any, low: Any, high: Any) -> Any:
    raised = value if low is None else np.maximum(value, low)
    return raised if high is None else np.minimum(raised, high)


def _where(condition: Any, yes: Any, no: Any) -> Many:
    return Many(np.where(_with_axis(condition), _with_axis(yes), _with_axis(no)))


_FUNCTIONS: dict[Callable[..., Any], Callable[..., Any]] = {
    np.concatenate: _concatenate,
    np.stack: _stack,
    np.broadcast_to: _broadcast_to,
    np.moveaxis: _moveaxis,
    np.repeat: _repeat,
    np.cumsum: _cumsum,
    np.average: _average,
    np.clip: _clip,
    np.where: _where,
    np.zeros_like: lambda value: Many(np.zeros_like(value.each)),
    np.empty_like: lambda value: Many(np.empty_like(value.each)),
}
