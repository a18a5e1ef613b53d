"""Too often, too soon."""

from quiz.core.errors import DomainError
from quiz.limits.deeds import Deed


class TooMany(DomainError):
    """There is no room in a bucket; `seconds` later there is. `is_shared`: it is the network's."""

    status = 429

    def __init__(self, deed: Deed, seconds: int, *, is_shared: bool, code: str = "too_many") -> None:
        super().__init__(code, seconds=seconds)
        self.deed = deed
        self.seconds = seconds
        self.is_shared = is_shared


class TooSoon(TooMany):
    """The person's last attempt began a moment ago."""

    def __init__(self, seconds: int) -> None:
        super().__init__(Deed.START, seconds, is_shared=False, code="too_soon")
