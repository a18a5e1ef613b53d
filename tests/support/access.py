"""Who may ask for what: every address of the application, by endpoint. A new address needs a line here.

Staff's addresses stand under the permission that they need; what an address asks for beyond that, once it has
found its thing, is in its own tests.
"""

from enum import StrEnum

from quiz.accounts.permissions import Permission


class Door(StrEnum):
    """How an address knows who may come in where no permission does."""

    OPEN = "open"  # everybody; nothing about a person
    ENTRANT = "entrant"  # whose browser has entered; others see nothing, or the way to enter
    LINK = "link"  # who has the link
    SIGNED_IN = "signed in"  # any member of staff, about themselves


_P = Permission
_TABLE: dict[Permission | Door, str] = {
    Door.OPEN: """
        static kit.kit offline.worker offline.away offline.manifest
        observing.healthz observing.readyz observing.metrics_page
        public.home public.contest public.rules public.qr public.lookup public.document public.documents
        api.human api.list_combined api.list_combined_units
        api.list_contests api.list_people api.list_units api.openapi api.show_contest api.show_round
        api.show_unit
        public.help_page public.contest_help public.passage
        standings.people standings.people_rows standings.mine standings.unit standings.units
        attempts.line pictures.picture
        screens.display screens.embed screens.scenes
        sharing.card sharing.follow sharing.own_qr
        sharing.guide sharing.poster sharing.poster_file sharing.qr_picture sharing.share sharing.unit_card
        awards.winners privacy.policy accounts.login accounts.login_code accounts.logout
        awards.public_key awards.public_key_file
        """,
    Door.ENTRANT: """
        complaints.own complaints.send
        sharing.invite
        privacy.correction
        entries.withdraw_request
        entries.unit
        entries.change_unit
        entries.consent objections.own objections.send
        entries.enter entries.who entries.resume entries.come_back
        signin.ways signin.send signin.check signin.account signin.account_code signin.new
        signin.set_password signin.sign_in signin.sign_out signin.to_provider signin.from_provider
        signin.close_account
        attempts.ready attempts.start attempts.wait attempts.mine attempts.play attempts.answers
        attempts.confirm attempts.sheet attempts.save_sheet attempts.submit
        privacy.own privacy.download privacy.erasure privacy.objection privacy.publish_no_more
        privacy.show_clear privacy.take_back privacy.forget vetting.object_to vetting.own
        """,
    Door.LINK: "awards.certificate accounts.join accounts.accept_invitation",
    Door.SIGNED_IN: """
        accounts.account accounts.change_password accounts.end_session accounts.end_sessions
        accounts.second_step accounts.set_up_second_step accounts.renew_recovery_codes
        accounts.give_up_second_step jobs.job jobs.job_state
        organiser.handbook organiser.handbook_page organiser.handbook_picture
        """,
    _P.SEE_CONTESTS: """
        organiser.approval organiser.approvals complaints_desk.queue organiser.rules_draft_page
        sharing_desk.referrals
        organiser.unit_requests
        organiser.numbers organiser.starts awards.awards
        organiser.home organiser.keep_tour organiser.contest organiser.rounds organiser.definition
        organiser.attempt organiser.attempt_file organiser.entrant organiser.entrants
        organiser.starts
        analysis.export analysis.item analysis.items privacy_desk.queue
        integrity.annul_page integrity.case integrity.cases signin.codes_sent
        vetting.decided vetting.dismissed vetting.pair vetting.ruling vetting.suspicions
        """,
    _P.JUDGE_ENTRIES: """
        complaints_desk.answer_complaint complaints_desk.complaint
        organiser.decide_unit_requests
        organiser.keep_numbers organiser.settle_number organiser.undo_decision
        vetting.answer_appeal vetting.compare vetting.decide vetting.disqualify_entry
        vetting.disqualify_page vetting.undo_ruling
        """,
    _P.EDIT_CONTESTS: """
        hooks.add hooks.choose hooks.hook hooks.hooks hooks.ping hooks.redeliver hooks.remove
        hooks.rotate hooks.switch_off hooks.switch_on
        organiser.collective organiser.collective_rule organiser.save_collective_rule
        organiser.remove_collective_rule
        unit_numbers.numbers unit_numbers.template unit_numbers.unit unit_numbers.upload
        unit_numbers.preview unit_numbers.confirm unit_numbers.save_unit unit_numbers.decide
        barred.add barred.admit barred.people barred.sample rosters.confirm rosters.preview rosters.roster
        rosters.template rosters.upload
        organiser.add_round organiser.create_contest organiser.edit_contest organiser.edit_round
        organiser.clone organiser.make_clone organiser.notices organiser.post_notice
        organiser.change_notice organiser.end_notice
        organiser.new_contest organiser.remove_round organiser.save_contest organiser.save_round
        organiser.entry_policy organiser.save_entry_policy
        organiser.combined_lists organiser.edit_list organiser.new_list organiser.remove_list
        organiser.save_list
        rosters.confirm rosters.preview rosters.roster rosters.template rosters.upload
        barred.add barred.admit barred.people
        """,
    _P.RUN_ROUNDS: """
        analysis.compute organiser.add_time organiser.announce organiser.end_announcement
        organiser.extend_entrant organiser.give_back organiser.help_page organiser.note_need
        organiser.step organiser.take_step integrity.aside integrity.look
        """,
    _P.PUBLISH: """
        awards.check_winner awards.decide_tie awards.key_file awards.list_prizes awards.put_back
        awards.make_key awards.made_key
        awards.take_out awards.check_unit awards.decide_unit_tie awards.take_unit_out
        organiser.approve organiser.decline organiser.withdraw
        organiser.actual_page organiser.count_actual
        organiser.correct organiser.key_page integrity.annul integrity.take_back
        integrity.answer_objection
        """,
    _P.SEE_PERSONAL_DATA: """
        awards.issue_certificates awards.papers awards.print_certificates awards.printed_certificates
        awards.report awards.made_report awards.save_heading awards.withdraw_certificate
        privacy_desk.answer privacy_desk.data_request privacy_desk.fulfil privacy_desk.refuse
        privacy_desk.reveal privacy_desk.winners_file
        """,
    _P.SEE_AUDIT: "organiser.audit organiser.audit_file organiser.contest_audit",
    _P.SEE_BANKS: """
        analysis.bank analysis.bank_item bank.bank bank.banks bank.choose_export bank.export bank.history
        bank.question bank.sample bank.sample_of bank.take_step bank.topics bank.translation bank.trial
        documents.document documents.documents documents.passages passages.coverage
        """,
    _P.EDIT_BANKS: """
        bank.add bank.checks bank.confirm bank.decide bank.file_picture bank.judge_pair bank.mend
        bank.new_question bank.preview bank.problems bank.revise bank.translate bank.upload
        """,
    _P.REVIEW_QUESTIONS: "bank.approve_chosen bank.judge bank.review",
    _P.MANAGE_BANKS: """
        bank.change_topics bank.create bank.settings
        documents.confirm documents.preview documents.rename documents.upload
        """,
    _P.SEE_UNITS: "units.tree units.trees",
    _P.EDIT_UNITS: "units.confirm units.preview units.sample units.upload",
    _P.SEE_OWN_UNIT: """
        unitdesk.home unitdesk.figures unitdesk.absent unitdesk.report unitdesk.report_file unitdesk.headcount
        unitdesk.absent_file unitdesk.propose
        """,
    _P.WAIVE_SECOND_PERSON: "organiser.switch_two_persons organiser.two_persons",
    _P.EDIT_STAFF: """
        accounts.people accounts.person accounts.invite accounts.withdraw_invitation accounts.change_role
        accounts.decide
        """,
}
ACCESS = {endpoint: who for who, endpoints in _TABLE.items() for endpoint in endpoints.split()}
