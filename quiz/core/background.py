"""Work that a reader starts and nobody waits for: a thread of this process with a session of its own."""

import logging
import threading
from collections.abc import Callable
from typing import cast

from flask import Flask, current_app

log = logging.getLogger(__name__)


def in_background(work: Callable[[], None], done: Callable[[], None]) -> None:
    """Do it in the application's surroundings; `done` is called in any case. What fails is logged."""
    app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]  # a proxy

    def run() -> None:
        try:
            with app.app_context():
                work()
        except Exception:
            log.exception("work in the background failed")
        finally:
            done()

    threading.Thread(target=run, name="background", daemon=True).start()
