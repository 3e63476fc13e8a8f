"""Causes before effects (因果次序): entries put into an order in which each stands on what it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from .chain import Chain

T = TypeVar("T")
Link = tuple[Chain, int]  # a chain and a number in it


def in_causal_order(
    items: Iterable[T], place: Callable[[T], Link], needs: Callable[[T], Iterable[Link]]
) -> Iterator[T]:
    """The items as they come, each held back until what it ``needs`` was given out.

    ``place`` says which link an item is; links of a chain are given out in rising number. What
    needs something that never comes stands at the end, in the order it came.
    """
    reached: dict[Chain, int] = defaultdict(int)
    held: dict[Chain, list[T]] = defaultdict(list)

    def lacking(item: T) -> Chain | None:
        return next((chain for chain, seq in needs(item) if reached[chain] < seq), None)

    for item in items:
        ready = [item]
        while ready:
            each = ready.pop()
            chain = lacking(each)
            if chain is not None:
                held[chain].append(each)
                continue
            yield each
            own, seq = place(each)
            reached[own] = max(reached[own], seq)
            ready.extend(reversed(held.pop(own, [])))
    for rest in held.values():
        yield from rest
