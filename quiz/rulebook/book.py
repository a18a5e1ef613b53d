"""The whole rules of a contest: one value from its definition, for the rules page, drafts and print."""

from collections.abc import Mapping

from flask_babel import gettext as _

from quiz.contests.definition import ContestDefinition
from quiz.rulebook import people, ranking, rounds
from quiz.rulebook.articles import Article, Part, numbered, paragraphs
from quiz.vetting.integrity_timing import GOOD_SHARE, LEAST_SECONDS
from quiz.web.filters import number, percent


def rulebook(definition: ContestDefinition, unit_names: Mapping[str, str]) -> tuple[Article, ...]:
    """The articles in words of the language of the request; the same settings that rank make them.

    `unit_names` by code names the units that alone may take part, where the definition limits units.
    """
    settings, entry = definition.settings, definition.entry
    looked_at = people.violations(number(float(LEAST_SECONDS), 1), percent(float(GOOD_SHARE), 0))
    return numbered(
        [
            ("to-chuc", _("Cuộc thi và cơ quan tổ chức"), [people.organisers(settings)]),
            ("nguoi-du-thi", _("Người dự thi"), [people.entrants(settings, entry, unit_names)]),
            ("dang-ky", _("Đăng ký dự thi"), [people.entering(entry)]),
            ("lich", _("Lịch các vòng"), [rounds.timetable(definition.rounds)]),
            ("bai-thi", _("Bài thi và cách làm bài"), rounds.papers(definition.rounds)),
            ("du-doan", _("Câu dự đoán"), rounds.predictions(definition.rounds)),
            ("xep-hang", _("Xếp hạng cá nhân"), ranking.people(definition)),
            ("tap-the", _("Xếp hạng tập thể"), ranking.units(definition)),
            ("giai", _("Giải thưởng"), ranking.prizes(definition)),
            ("cong-bo", _("Công bố kết quả"), ranking.publication(definition)),
            ("vi-pham", _("Vi phạm và xem lại bài"), [looked_at]),
            ("du-lieu", _("Dữ liệu cá nhân"), [people.personal_data(entry)]),
            ("khac", _("Quy định khác"), [Part(clauses=paragraphs(settings.further_rules))]),
        ]
    )
