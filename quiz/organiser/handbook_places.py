"""Which page of the handbook is about which page of the desk: one table, read by the desk's heading."""

from quiz.organiser.contest_places import places

# Page of the handbook, with the part where it has a fitting one; then the pages of the desk that it is about,
# together with what is reached from them.
_ABOUT = {
    "start#1-dang-nhap": """
        accounts.people accounts.person accounts.account accounts.second_step organiser.audit
        """,
    "start#2-don-vi": "units.trees units.tree units.upload units.preview",
    "start#3-cau-hoi": "bank.banks bank.bank",
    "start#4-lap-cuoc-thi": """
        organiser.home organiser.new_contest organiser.create_contest organiser.rounds organiser.edit_contest
        organiser.clone organiser.notices organiser.definition
        """,
    "start#6-theo-doi": "organiser.contest organiser.entrants organiser.starts organiser.contest_audit",
    "awards": "awards.awards",
    "changing-units": "organiser.unit_requests",
    "complaints": "complaints_desk.queue",
    "correcting-keys": "organiser.key_page organiser.correct",
    "documents": "documents.documents documents.document documents.passages passages.coverage",
    "editing-questions": "bank.question bank.new_question bank.history bank.add bank.revise",
    "entry": "organiser.entry_policy",
    "entry#danh-sach-duoc-du-thi": "rosters.roster",
    "entry#khong-duoc-du-thi": "barred.people",
    "entry#cach-vao-du-thi": "signin.codes_sent",
    "helping": "organiser.help_page",
    "importing": "bank.upload bank.preview",
    "importing#6-tai-ngan-hang-ve": "bank.choose_export",
    "integrity": "integrity.cases",
    "integrity#huy-bai": "integrity.annul_page",
    "item-statistics": "analysis.items analysis.bank analysis.bank_item",
    "personal-data#hang-cho": "privacy_desk.queue",
    "personal-data#xem-du-lieu-day-du": "privacy_desk.winners_file privacy_desk.reveal",
    "pictures-and-languages#ban-dich": "bank.translation bank.translate",
    "publishing": "organiser.approvals organiser.step organiser.take_step",
    "publishing#vi-sao-can-hai-nguoi": "organiser.two_persons",
    "ranking": "organiser.edit_round organiser.save_round",
    "ranking#bang-chung": "organiser.combined_lists",
    "ranking#so-thuc-te-cua-cau-du-doan": "organiser.actual_page",
    "reports": "awards.papers",
    "reviewing": "bank.review bank.judge",
    "reviewing#cay-chu-de": "bank.topics",
    "rules": "organiser.rules_draft_page",
    "screens-and-sharing": "sharing.share",
    "screens-and-sharing#lien-ket-lan-toa": "sharing_desk.referrals",
    "shared-numbers": "organiser.numbers",
    "suspected-twins": "vetting.suspicions",
    "suspected-twins#hoan-tac-khieu-nai": "vetting.decided",
    "unit-desk": "unitdesk.home unitdesk.absent unitdesk.report unitdesk.headcount unitdesk.propose",
    "units-ranking": "organiser.collective",
    "units-ranking#tong-so-nguoi": "unit_numbers.numbers",
    "webhooks": "hooks.hooks",
}


def _table() -> dict[str, str]:
    """By endpoint; what is reached from a place is helped by the place's page unless it has its own."""
    named = {endpoint: page for page, endpoints in _ABOUT.items() for endpoint in endpoints.split()}
    below = {
        endpoint: named[place.endpoint]
        for place in places()
        for endpoint in place.endpoints
        if place.endpoint in named
    }
    return below | named


HELP = _table()
WITHOUT: frozenset[str] = frozenset()  # places of which the handbook has nothing to say
