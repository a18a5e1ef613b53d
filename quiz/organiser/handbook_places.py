"""Which page of the handbook is about which page of the desk: one table, read by the desk's heading."""

from quiz.organiser.contest_places import places

# Page of the handbook, with the part where it has a fitting one; then the pages of the desk that it is about,
# together with what is reached from them.
_ABOUT = {
    "start#1-đăng-nhập": """
        accounts.people accounts.person accounts.account accounts.second_step organiser.audit
        """,
    "start#2-đơn-vị": "units.trees units.tree units.upload units.preview",
    "start#3-câu-hỏi": "bank.banks bank.bank",
    "start#4-lập-cuộc-thi": """
        organiser.home organiser.new_contest organiser.create_contest organiser.rounds organiser.edit_contest
        organiser.clone organiser.notices organiser.definition
        """,
    "start#6-theo-dõi": "organiser.contest organiser.entrants organiser.starts organiser.contest_audit",
    "awards": "awards.awards",
    "changing-units": "organiser.unit_requests",
    "complaints": "complaints_desk.queue",
    "correcting-keys": "organiser.key_page organiser.correct",
    "documents": "documents.documents documents.document documents.passages passages.coverage",
    "editing-questions": "bank.question bank.new_question bank.history bank.add bank.revise",
    "entry": "organiser.entry_policy",
    "entry#danh-sách-được-dự-thi": "rosters.roster",
    "entry#không-được-dự-thi": "barred.people",
    "entry#cách-vào-dự-thi": "signin.codes_sent",
    "helping": "organiser.help_page",
    "importing": "bank.upload bank.preview",
    "importing#6-tải-ngân-hàng-về": "bank.choose_export",
    "integrity": "integrity.cases",
    "integrity#hủy-bài": "integrity.annul_page",
    "item-statistics": "analysis.items analysis.bank analysis.bank_item",
    "personal-data#hàng-chờ": "privacy_desk.queue",
    "personal-data#xem-dữ-liệu-đầy-đủ": "privacy_desk.winners_file privacy_desk.reveal",
    "pictures-and-languages#bản-dịch": "bank.translation bank.translate",
    "publishing": "organiser.approvals organiser.step organiser.take_step",
    "publishing#vì-sao-cần-hai-người": "organiser.two_persons",
    "ranking": "organiser.edit_round organiser.save_round",
    "ranking#bảng-chung": "organiser.combined_lists",
    "ranking#số-thực-tế-của-câu-dự-đoán": "organiser.actual_page",
    "reports": "awards.papers",
    "reviewing": "bank.review bank.judge",
    "reviewing#cây-chủ-đề": "bank.topics",
    "rules": "organiser.rules_draft_page",
    "screens-and-sharing": "sharing.share",
    "screens-and-sharing#liên-kết-lan-tỏa": "sharing_desk.referrals",
    "shared-numbers": "organiser.numbers",
    "suspected-twins": "vetting.suspicions",
    "suspected-twins#hoàn-tác-khiếu-nại": "vetting.decided",
    "unit-desk": "unitdesk.home unitdesk.absent unitdesk.report unitdesk.headcount unitdesk.propose",
    "units-ranking": "organiser.collective",
    "units-ranking#tổng-số-người": "unit_numbers.numbers",
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
