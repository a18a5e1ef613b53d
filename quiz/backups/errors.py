"""Why a backup cannot be made or restored."""

from quiz.core.errors import Invalid


class BackupRefused(Invalid):
    """The file, the keys or the database do not fit; nothing was changed. `code` says which."""
