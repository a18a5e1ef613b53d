"""From rows to the public pages of contests."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from flask import url_for
from flask_babel import gettext as _

from quiz.attempts import allowance
from quiz.attempts.admitting import why_not_admitted
from quiz.attempts.page_queries import find_entrant
from quiz.contests import labels
from quiz.contests import queries as contests
from quiz.contests.models import Contest, Round
from quiz.contests.pages import (
    RoundLine,
    contact_of,
    contest_rules,
    decision_of,
    milliseconds_left,
    round_facts,
)
from quiz.contests.phases import Phase
from quiz.public.pages import (
    ContestCard,
    ContestPage,
    Entrance,
    HelpPage,
    HomePage,
    KeyNotice,
    RulesPage,
    Share,
)
from quiz.rulebook.pages import public_rules
from quiz.sharing.figures import NOTHING, open_figures
from quiz.standings.regrading import list_key_changes
from quiz.web.entrants import entrant_id
from quiz.web.site import site

_OPEN = (Phase.OPEN, Phase.RESTING, Phase.PAUSED)
_OVER = (Phase.CLOSED, Phase.FROZEN, Phase.PUBLISHED)


def home_page(now: datetime) -> HomePage:
    """All public contests by what can be done with them."""
    cards = [_card(contest, now) for contest in contests.list_public_contests()]
    return HomePage(
        now=now,
        open=[card for card in cards if Phase(card.phase) in _OPEN],
        coming=[card for card in cards if Phase(card.phase) is Phase.SCHEDULED],
        ended=[card for card in cards if Phase(card.phase) in _OVER],
    )


def contest_page(contest: Contest, now: datetime) -> ContestPage:
    """One contest."""
    rounds = contests.list_public_rounds(contest)
    round_ = contests.current_round(contest, now)
    shown = open_figures(contest, round_, now)
    url = url_for("public.contest", slug=contest.slug, _external=True)
    return ContestPage(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        phase=round_.window.phase(now).value if round_ else Phase.SCHEDULED.value,
        round=round_facts(round_, now) if round_ else None,
        round_count=len(rounds),
        milliseconds=milliseconds_left(round_, now) if round_ else None,
        people=shown.people,
        attempts=shown.attempts,
        figures_at=None if shown == NOTHING else now,
        rules=contest_rules(contest, round_),
        rounds=_lines(contest, rounds, round_, now),
        entrance=_entrance(contest, round_, now),
        share=Share(url, urlsplit(url).netloc + urlsplit(url).path, url_for("public.qr", slug=contest.slug)),
        contact=contact_of(contest),
        pdf_url=None,
        documents_url=url_for("public.documents", slug=contest.slug) if contest.settings.documents else None,
        notices=_notices(contest, rounds),
    )


def _notices(contest: Contest, rounds: Sequence[Round]) -> tuple[KeyNotice, ...]:
    """Corrected keys of the public rounds, the newest first."""
    if not any(round_.corrections_data for round_ in rounds):
        return ()
    names = {round_.number: round_.settings.name for round_ in rounds}
    return tuple(
        KeyNotice(change.applied_at, names[change.round_number], change.notice)
        for change in list_key_changes(contest.id)
        if change.round_number in names
    )


def rules_page(contest: Contest) -> RulesPage:
    """The rules in full: of the rounds that have left the draft."""
    return RulesPage(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        decision=decision_of(contest),
        articles=public_rules(contest),
    )


def help_page() -> HelpPage:
    """Help without a contest."""
    return HelpPage("", "", site().contact, None, None)


def contest_help(contest: Contest, now: datetime) -> HelpPage:
    """Help of a contest, with the times of its round."""
    round_ = contests.current_round(contest, now)
    return HelpPage(
        slug=contest.slug,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        round=round_facts(round_, now) if round_ else None,
        guide_url=url_for("sharing.guide", slug=contest.slug),
    )


def _card(contest: Contest, now: datetime) -> ContestCard:
    rounds = contests.list_public_rounds(contest)
    round_ = contests.current_round(contest, now)
    phase = round_.window.phase(now) if round_ else Phase.SCHEDULED
    shown = open_figures(contest, round_, now)
    published = round_ is not None and phase is Phase.PUBLISHED
    return ContestCard(
        slug=contest.slug,
        title=contest.settings.title,
        organiser=contest.settings.organiser,
        phase=phase.value,
        round=round_facts(round_, now) if round_ else None,
        round_count=len(rounds),
        milliseconds=milliseconds_left(round_, now) if round_ else None,
        people=shown.people,
        attempts=shown.attempts,
        can_register=phase is Phase.SCHEDULED or phase in _OPEN,
        note=_ages(contest),
        published_on=round_.state_since.astimezone(contest.settings.zone).date()
        if round_ and published
        else None,
        publish_by=None,
    )


def _ages(contest: Contest) -> str:
    lowest, highest = contest.entry.lowest_age, contest.entry.max_age
    if lowest and highest:
        return _("từ %(lowest)s đến %(highest)s tuổi", lowest=lowest, highest=highest)
    if lowest:
        return _("từ %(lowest)s tuổi", lowest=lowest)
    return _("đến %(highest)s tuổi", highest=highest) if highest else ""


def _lines(
    contest: Contest, rounds: Sequence[Round], current: Round | None, now: datetime
) -> tuple[RoundLine, ...]:
    return tuple(
        RoundLine(
            facts=round_facts(round_, now),
            is_current=current is not None and round_.number == current.number,
            publish_by=None,
            results_url=(
                url_for("standings.people", slug=contest.slug, round=round_.number)
                if round_.counts and round_.window.phase(now) in _OVER
                else None
            ),
            answers_url=None,
        )
        for round_ in rounds
    )


def _entrance(contest: Contest, round_: Round | None, now: datetime) -> Entrance:
    phase = round_.window.phase(now) if round_ else None
    enter_url = url_for("entries.enter", slug=contest.slug)
    entry_id = entrant_id(contest.id)
    if round_ is None or phase in _OVER:
        closed = _("Cuộc thi đã đóng, không nhận người dự thi nữa.")
        way = "attempts.mine" if entry_id else "entries.resume"
        return Entrance("review", url_for(way, slug=contest.slug), None, closed)
    found = find_entrant(contest.id, entry_id) if entry_id else None
    if found is None:
        waits = phase in (Phase.SCHEDULED, Phase.RESTING)
        return Entrance("register" if waits else "enter", enter_url, None, "")
    entry, past = found
    if entry.status != "active":
        told = _("Đăng ký này đang ở ngoài xét giải. Xem quyết định và cách khiếu nại ở trang của đăng ký.")
        return Entrance("review", url_for("attempts.mine", slug=contest.slug), None, told)
    left = allowance.attempts_left(past, contest, round_, now)
    running = allowance.running_attempt(past, round_, now)
    if running is not None:
        return Entrance("resume", url_for("attempts.play", code=running.code), left, "")
    ready_url = url_for("attempts.ready", slug=contest.slug, number=round_.number)
    if phase is Phase.SCHEDULED:
        return Entrance("none", None, left, _("Đã đăng ký. Vòng thi chưa mở."))
    if phase is Phase.RESTING:
        return Entrance("none", None, left, _("Đã đăng ký. Đang ngoài giờ thi."))
    if round_.settings.admits and why_not_admitted(round_, entry.id):
        return Entrance("review", ready_url, None, labels.admission_in_words(round_.settings.admits))
    if left == 0:
        return Entrance("none", None, 0, _("Đã dùng hết số lượt dự thi được phép."))
    return Entrance("start", ready_url, left, "")
