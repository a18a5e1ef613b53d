"""The quick drills on both databases, and that they notice a server which is broken on purpose."""

import pytest

from drills.outcome import Drill, Run
from drills.seats import PAGE_BREAKS, page_break
from drills.table import DRILLS
from quiz.core.settings import ROOT
from tests.support.fixtures import not_available
from tests.support.run import Unavailable

_QUICK = {"R01", "R07", "R08", "R09", "R10", "R15", "R18"}
_SAME_ON_BOTH = {"R07", "R15"}  # nothing races for a row: on the second database `make faults` is enough
_SCALE = 0.1
_BY_CODE = {drill.code: drill for drill in DRILLS}


def _quick() -> list[tuple[Drill, str]]:
    return [
        (drill, kind)
        for drill in DRILLS
        if drill.code in _QUICK
        for kind in (drill.kinds[:1] if drill.code in _SAME_ON_BOTH else drill.kinds)
    ]


@pytest.mark.parametrize("drill,kind", _quick(), ids=lambda value: getattr(value, "code", value))
def test_the_server_passes(drill: Drill, kind: str):
    try:
        outcome = drill.play(Run(kind, seed=7, scale=_SCALE))
    except Unavailable as error:
        not_available(error)
    assert outcome.passed, outcome.seen


@pytest.mark.parametrize("code", ["R08", "R09", "R10", "R18"])
def test_a_broken_server_does_not(code: str):
    drill = _BY_CODE[code]
    assert not drill.play(Run("sqlite", seed=7, broken=drill.control, scale=_SCALE)).passed


@pytest.mark.parametrize("broken", PAGE_BREAKS)
def test_what_is_broken_in_the_page_is_still_there(broken: str):
    """A control that breaks nothing would prove nothing."""
    script = "".join(path.read_text() for path in sorted((ROOT / "static/js/attempt").glob("*.js")))
    assert [old for old in page_break(broken) if old not in script] == []
