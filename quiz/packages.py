"""Everything that answers requests or commands, in one place."""

from click import Command
from flask import Blueprint

from quiz.analysis import bank_views as _analysis_bank_views
from quiz.analysis import labels as _analysis_words
from quiz.analysis.views import bp as analysis
from quiz.api.views import bp as api
from quiz.attempts import labels as _attempt_words
from quiz.attempts import own_views as _own_views
from quiz.attempts import sheet_views as _sheet_views
from quiz.attempts import waiting_views as _waiting_views
from quiz.attempts.cli import housekeeping
from quiz.attempts.views import bp as attempts
from quiz.awards import unit_views as _unit_award_views
from quiz.awards.views import bp as awards
from quiz.backups.cli import backup, restore
from quiz.bank import deciding_views as _deciding_views
from quiz.bank import export_views as _export_views
from quiz.bank import history_views as _history_views
from quiz.bank import import_views as _import_views
from quiz.bank import labels as _bank_words
from quiz.bank import question_views as _question_views
from quiz.bank import review_views as _review_views
from quiz.bank import topic_views as _topic_views
from quiz.bank import translation_views as _translation_views
from quiz.bank.admin import bp as bank
from quiz.bank.cli import bank as bank_commands
from quiz.bank.passage_views import bp as passages
from quiz.bank.picture_views import bp as pictures
from quiz.collective import file_views as _unit_file_views
from quiz.collective.admin import bp as unit_numbers
from quiz.complaints.admin import bp as complaints_desk
from quiz.complaints.views import bp as complaints
from quiz.contests.cli import contest as contest_commands
from quiz.demo.cli import demo as demo_commands
from quiz.doctor.cli import doctor
from quiz.documents import labels as _document_words
from quiz.documents.admin import bp as documents
from quiz.documents.cli import document as document_commands
from quiz.entries import consent_views as _consent_views
from quiz.entries import labels as _entry_words
from quiz.entries import return_views as _return_views
from quiz.entries import unit_views as _unit_views
from quiz.entries import way_views as _way_views
from quiz.entries.barred_admin import bp as barred
from quiz.entries.roster_admin import bp as rosters
from quiz.entries.views import bp as entries
from quiz.hooks.views import bp as hooks
from quiz.jobs import labels as _job_words
from quiz.jobs.cli import work
from quiz.jobs.views import bp as jobs
from quiz.observing.views import bp as observing
from quiz.organiser import addresses as _organiser_addresses
from quiz.organiser.cli import round_commands
from quiz.organiser.log_cli import audit as audit_commands
from quiz.organiser.views import bp as organiser
from quiz.privacy import labels as _privacy_words
from quiz.privacy import winner_views as _winner_views
from quiz.privacy.cli import keys
from quiz.privacy.desk_views import bp as privacy_desk
from quiz.privacy.views import bp as privacy
from quiz.public import document_views as _document_views
from quiz.public.views import bp as public
from quiz.screens.views import bp as screens
from quiz.sharing import invite_views as _sharing
from quiz.signin import account_views as _signin_account_views
from quiz.signin import admin as _codes_admin
from quiz.signin import labels as _signin_words
from quiz.signin import provider_views as _provider_views
from quiz.signin.views import bp as signin
from quiz.simulation.cli import simulate_command
from quiz.staff import join_views as _join_views
from quiz.staff import labels as _staff_words
from quiz.staff import people_views as _staff_views
from quiz.staff import second_step_views as _second_step_views
from quiz.staff.cli import staff as staff_commands
from quiz.staff.views import bp as accounts
from quiz.standings.cli import standings as standings_commands
from quiz.standings.views import bp as standings
from quiz.unitdesk.views import bp as unitdesk
from quiz.units import labels as _unit_words
from quiz.units.admin import bp as units
from quiz.units.cli import units as unit_commands
from quiz.vetting import annul_views as _annul_views
from quiz.vetting import appeal_views as _appeal_views
from quiz.vetting import integrity_labels as _integrity_words
from quiz.vetting import ruling_views as _ruling_views
from quiz.vetting.duplicate_views import bp as vetting
from quiz.vetting.integrity_views import bp as integrity
from quiz.vetting.objection_views import bp as objections

# Imported for what they register: words for error codes, addresses on another module's blueprint.
REGISTERING = (
    _organiser_addresses,
    _consent_views,
    _analysis_bank_views,
    _analysis_words,
    _annul_views,
    _appeal_views,
    _attempt_words,
    _bank_words,
    _unit_file_views,
    _history_views,
    _deciding_views,
    _export_views,
    _import_views,
    _integrity_words,
    _question_views,
    _review_views,
    _topic_views,
    _translation_views,
    _document_views,
    _document_words,
    _entry_words,
    _job_words,
    _sheet_views,
    _own_views,
    _privacy_words,
    _winner_views,
    _return_views,
    _ruling_views,
    _join_views,
    _second_step_views,
    _staff_views,
    _codes_admin,
    _provider_views,
    _signin_account_views,
    _signin_words,
    _staff_words,
    _unit_award_views,
    _unit_views,
    _unit_words,
    _waiting_views,
    _way_views,
)
BLUEPRINTS: tuple[Blueprint, ...] = (
    public,
    accounts,
    signin,
    entries,
    rosters,
    barred,
    unit_numbers,
    attempts,
    standings,
    awards,
    screens,
    _sharing.bp,
    _sharing.desk,
    api,
    analysis,
    integrity,
    objections,
    complaints,
    complaints_desk,
    documents,
    hooks,
    bank,
    passages,
    pictures,
    units,
    jobs,
    observing,
    organiser,
    privacy,
    privacy_desk,
    unitdesk,
    vetting,
)
COMMANDS: tuple[Command, ...] = (
    audit_commands,
    backup,
    bank_commands,
    contest_commands,
    demo_commands,
    doctor,
    document_commands,
    housekeeping,
    keys,
    restore,
    round_commands,
    simulate_command,
    staff_commands,
    standings_commands,
    unit_commands,
    work,
)
