"""Progress of long commands: a bar on a terminal, plain lines elsewhere."""

import sys
from collections.abc import Callable

import click

_WIDTH = 30
_LINES = 5


def reporter(label: str) -> Callable[[int, int], None]:
    """A function to call with (done, all): a bar on a terminal, elsewhere a line at every fifth."""
    last = -1

    def draw(done: int, total: int) -> None:
        nonlocal last
        share = done / total if total else 1.0
        if sys.stdout.isatty():
            filled = int(share * _WIDTH)
            bar = "█" * filled + "·" * (_WIDTH - filled)
            click.echo(f"\r{label} {bar} {done}/{total}", nl=done >= total)
        elif int(share * _LINES) > last or done >= total:
            last = int(share * _LINES) if done < total else _LINES
            click.echo(f"{label}: {done}/{total}")

    return draw
