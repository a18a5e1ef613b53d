"""The geometry of the workspace's charts."""

import pytest

from quiz.web.charts import SPARK_HEIGHT, SPARK_WIDTH, WIDTH, hour_chart, line_chart, sparkline, stacked


def _counts(**hours: int) -> list[int]:
    return [hours.get(f"h{hour}", 0) for hour in range(24)]


def test_nothing_counted_is_no_chart():
    assert hour_chart(_counts(), _counts(), 12) is None
    assert stacked([("21/11", 0, 0)]) is None
    assert line_chart(["21/11", "22/11"], [("a", [0, 0])]) is None
    assert sparkline([0, 0, 0]) == ""


def test_hours_that_have_not_come_are_unknown():
    chart = hour_chart(_counts(h8=3), _counts(h8=2, h20=4), 9)
    assert chart is not None
    assert [place.label for place in chart.places] == [f"{hour:02d}" for hour in range(8, 21)]
    assert [place.now for place in chart.places][:3] == [3, 0, None]
    assert chart.places[-1].other == 4
    assert (chart.highest, chart.highest_label, chart.running) == (3, "08", "09")


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
    for place in chart.places:
        for bar in (place.first, place.second):
            assert bar is not None
            assert bar.x >= 44
            assert bar.x + bar.width <= WIDTH
            assert bar.y >= 22
            assert bar.y + bar.height == pytest.approx(222, abs=0.11)
    assert sum(1 for place in chart.places if place.first and place.first.label) == 3


def test_the_second_count_stands_on_the_first():
    chart = stacked([("20/11", 30, 20), ("21/11", 0, 10), ("22/11", 10, 0)])
    assert chart is not None
    both, only_second, only_first = chart.places
    assert both.first is not None
    assert both.second is not None
    assert both.second.y + both.second.height == pytest.approx(both.first.y, abs=0.11)
    assert both.second.label == 50
    assert only_second.first is None
    assert only_second.second is not None
    assert only_first.second is not None
    assert only_first.second.height == 0


def test_many_places_have_fewer_labels():
    chart = stacked([(f"{day}", 1, 0) for day in range(60)])
    assert chart is not None
    assert 8 <= sum(1 for place in chart.places if place.is_ticked) <= 16


def test_lines_run_over_the_same_places():
    chart = line_chart(["a", "b", "c"], [("người", [1, 2, 4]), ("lượt", [2, 5, 10])])
    assert chart is not None
    assert chart.highest == 10
    assert chart.lines[1].end[1] < chart.lines[0].end[1]
    assert len(chart.lines[0].points.split()) == 3


def test_a_sparkline_fills_its_canvas():
    points = [tuple(map(float, point.split(","))) for point in sparkline([0, 5, 10]).split()]
    assert points == [(2, SPARK_HEIGHT - 2), (60, SPARK_HEIGHT / 2), (SPARK_WIDTH - 2, 2)]
