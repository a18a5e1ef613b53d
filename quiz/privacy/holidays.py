"""Public holidays of Viet Nam on which offices are closed, as far as the law alone says so. Pure.

Labour Code 2019, articles 111 and 112: 1 January; five days of Tết; the Hùng Kings' day (10th of the third
lunar month); 30 April; 1 May; 2 September and one day beside it; a holiday on a weekly day off is made up for
on the next working day. Lunar days are by the calendar of Viet Nam (UTC+7). Which days the fifth of Tết and
the second of September are is announced year by year; until then only those stand here that are free either
way, and days that an announcement moves do not stand here at all: a day that is missing makes a due date
earlier than the law's, never later.
"""

from datetime import date, timedelta

# First and last working day (Monday to Friday) of each stretch, by year.
_STRETCHES = (
    # 2026: Tết as announced, Monday 29 Chạp to Friday mùng 4 (mùng 1: Tuesday 17 February).
    (date(2026, 1, 1), date(2026, 1, 1)),
    (date(2026, 2, 16), date(2026, 2, 20)),
    (date(2026, 4, 27), date(2026, 4, 27)),  # for the Hùng Kings' day, a Sunday
    (date(2026, 4, 30), date(2026, 5, 1)),
    (date(2026, 9, 1), date(2026, 9, 2)),  # as announced
    # 2027: mùng 1 is Saturday 6 February; 30 Chạp to mùng 3 and what makes up for the weekend.
    (date(2027, 1, 1), date(2027, 1, 1)),
    (date(2027, 2, 5), date(2027, 2, 5)),
    (date(2027, 2, 8), date(2027, 2, 10)),
    (date(2027, 4, 16), date(2027, 4, 16)),
    (date(2027, 4, 30), date(2027, 4, 30)),
    (date(2027, 5, 3), date(2027, 5, 3)),  # for 1 May, a Saturday
    (date(2027, 9, 2), date(2027, 9, 2)),
    # 2028: mùng 1 is Wednesday 26 January; 30 Chạp to mùng 3.
    (date(2028, 1, 3), date(2028, 1, 3)),  # for 1 January, a Saturday
    (date(2028, 1, 25), date(2028, 1, 28)),
    (date(2028, 4, 4), date(2028, 4, 4)),
    (date(2028, 5, 1), date(2028, 5, 2)),  # the second for 30 April, a Sunday
    (date(2028, 9, 4), date(2028, 9, 4)),  # for 2 September, a Saturday
)
HOLIDAYS = frozenset(
    first + timedelta(days=more) for first, last in _STRETCHES for more in range((last - first).days + 1)
)
