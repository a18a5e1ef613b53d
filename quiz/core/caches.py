"""What a process remembers of things that do not change, or not within seconds.

Every cache is made here, so that tests that change databases, or acts that change the past, can clear them.
"""

from typing import Any

_all: list[dict[Any, Any]] = []


def new_cache() -> dict[Any, Any]:
    """An empty dictionary that `forget_all` empties."""
    cache: dict[Any, Any] = {}
    _all.append(cache)
    return cache


def forget_all() -> None:
    """Empty every cache of this process."""
    for cache in _all:
        cache.clear()
