"""The geometry of the chart by hour."""

import pytest

from quiz.organiser.chart import WIDTH, hour_chart


def _counts(**hours: int) -> list[int]:
    return [hours.get(f"h{hour}", 0) for hour in range(24)]


def test_nothing_counted_is_no_chart():
    assert hour_chart(_counts(), _counts(), 12) is None


def test_hours_that_have_not_come_are_unknown():
    chart = hour_chart(_counts(h8=3), _counts(h8=2, h20=4), 9)
    assert chart is not None
    assert [hour.hour for hour in chart.hours] == list(range(8, 21))
    assert [hour.now for hour in chart.hours][:3] == [3, 0, None]
    assert chart.hours[-1].before == 4
    assert (chart.highest, chart.highest_hour) == (3, 8)


@pytest.mark.parametrize(
    "highest, top",
    [(1, 5), (5, 5), (6, 10), (26, 50), (51, 100), (452, 500), (501, 1000), (2001, 2500)],
)
def test_the_scale_ends_on_a_number_that_divides(highest, top):
    chart = hour_chart(_counts(h9=highest), _counts(), 23)
    assert chart is not None
    assert chart.rungs[0].value == 0
    assert chart.rungs[-1].value == top


def test_bars_stay_on_the_canvas():
    chart = hour_chart([7] * 24, [9] * 24, 23)
    assert chart is not None
    for hour in chart.hours:
        for bar in (hour.solid, hour.dashed):
            assert bar is not None
            assert bar.x >= 44
            assert bar.x + bar.width <= WIDTH
            assert bar.y >= 22
            assert bar.y + bar.height == pytest.approx(222, abs=0.11)
    assert sum(1 for hour in chart.hours if hour.solid and hour.solid.label) == 3
