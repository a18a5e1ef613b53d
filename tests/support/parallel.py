"""Doing the same thing many times at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from flask import Flask

from quiz.core.database import db

T = TypeVar("T")
_WIDTH = 12  # threads behind one barrier; the pool of connections is not much wider


def at_once(app: Flask, times: int, act: Callable[[], T]) -> list[T]:
    """Results of `times` calls, each in an application context of its own, in waves that start together."""
    barrier = threading.Barrier(min(times, _WIDTH))
    waves = times // _WIDTH * _WIDTH or times

    def one(index: int) -> T:
        if index < waves:
            barrier.wait(timeout=30)
        with app.app_context():
            try:
                return act()
            finally:
                db.session.remove()

    db.session.rollback()  # a transaction that is open here would not see what the others do
    with ThreadPoolExecutor(min(times, _WIDTH)) as pool:
        return list(pool.map(one, range(times)))
