"""The shape of everything that the API says. The description at /api/v1/openapi.json is made from these."""

from marshmallow import Schema, fields, validate

from quiz.contests.phases import Phase

MOST_ROWS = 100
_PHASES = [phase.value for phase in Phase if phase is not Phase.DRAFT]


def _said(words: str, **more: object) -> dict[str, object]:
    return {"description": words, **more}


class Strict(Schema):
    """A reply: every field is always there; null stands for what is not told."""

    class Meta:
        """Order of the fields as written."""

        ordered = True


class RoundRef(Strict):
    """A round, shortly."""

    number = fields.Integer(required=True)
    name = fields.String(required=True)


class ListRef(RoundRef):
    """A combined list over several rounds, shortly."""

    rounds = fields.List(fields.Integer(), required=True, metadata=_said("Over which rounds."))


class Figures(Strict):
    """People and attempts are always two numbers; null while a prediction keeps one of them secret."""

    people = fields.Integer(required=True, allow_none=True, metadata=_said("People who handed in."))
    attempts = fields.Integer(required=True, allow_none=True, metadata=_said("Attempts handed in."))


class RoundReply(Strict):
    """A round with its times and figures."""

    number = fields.Integer(required=True, metadata=_said("From 1, as in addresses."))
    name = fields.String(required=True)
    phase = fields.String(
        required=True,
        validate=validate.OneOf(_PHASES),
        metadata=_said("frozen: the results are being checked. published: they are final."),
    )
    is_practice = fields.Boolean(required=True, metadata=_said("Practice rounds have no boards."))
    opens_at = fields.AwareDateTime(required=True)
    closes_at = fields.AwareDateTime(required=True)
    questions = fields.Integer(required=True)
    minutes = fields.Integer(required=True, allow_none=True, metadata=_said("null: as long as it is open."))
    figures = fields.Nested(Figures, required=True)
    url = fields.Url(required=True, require_tld=False)


class ContestLine(Strict):
    """A contest in the list."""

    slug = fields.String(required=True)
    title = fields.String(required=True)
    short_title = fields.String(required=True)
    organiser = fields.String(required=True)
    phase = fields.String(
        required=True, validate=validate.OneOf(_PHASES), metadata=_said("Of the round that matters now.")
    )
    url = fields.Url(required=True, require_tld=False, metadata=_said("The contest's page for people."))


class RuleRef(RoundRef):
    """A ranking of units, shortly."""

    formula = fields.String(required=True, metadata=_said("What ranks, in words."))
    list = fields.Integer(
        required=True, allow_none=True, metadata=_said("The combined list on which it counts, or null.")
    )


class ContestReply(ContestLine):
    """A contest with its rounds."""

    rounds = fields.List(fields.Nested(RoundReply), required=True)
    lists = fields.List(fields.Nested(ListRef), required=True, metadata=_said("Boards over several rounds."))
    collective = fields.List(
        fields.Nested(RuleRef), required=True, metadata=_said("Rankings of units; `rule` asks for one.")
    )


class PageReply(Strict):
    """What all lists have. `total` is null where the length of the list would tell too much."""

    page = fields.Integer(required=True)
    per_page = fields.Integer(required=True)
    total = fields.Integer(required=True, allow_none=True)
    next = fields.Url(
        required=True, allow_none=True, require_tld=False, metadata=_said("The following page, or null.")
    )


class ContestsReply(PageReply):
    """Contests, the newest first."""

    contests = fields.List(fields.Nested(ContestLine), required=True)


class BoardReply(PageReply):
    """What all boards have."""

    round = fields.Nested(RoundRef, required=True, metadata=_said("Of a combined list: the list."))
    is_shown = fields.Boolean(
        required=True, metadata=_said("false: the organisers do not show this board yet; no rows.")
    )
    is_official = fields.Boolean(required=True, metadata=_said("false: figures may still change."))
    as_of = fields.AwareDateTime(required=True, metadata=_said("When the figures were counted."))


class PersonRow(Strict):
    """One line; names are masked unless somebody won and agreed."""

    rank = fields.Integer(required=True, metadata=_said("Equal people share a rank: 1, 2, 2, 4."))
    name = fields.String(required=True)
    phone = fields.String(required=True, metadata=_said("Masked but for three digits, or empty."))
    unit_code = fields.String(required=True)
    unit = fields.String(required=True)
    category = fields.String(required=True)
    correct = fields.Integer(required=True)
    questions = fields.Integer(required=True)
    duration_ms = fields.Integer(required=True)
    prediction_error = fields.String(
        required=True, allow_none=True, metadata=_said("How far off the prediction was; null until counted.")
    )
    prize = fields.String(required=True, allow_none=True)


class PeopleReply(BoardReply):
    """The board of people."""

    most_rows = fields.Integer(
        required=True,
        allow_none=True,
        metadata=_said("So many rows are shown and no more, while their number must not be known."),
    )
    criteria = fields.List(fields.String(), required=True, metadata=_said("What ranks, in this order."))
    rows = fields.List(fields.Nested(PersonRow), required=True)


class UnitRow(Strict):
    """One unit with those below it; null for what must not be known yet."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    rank = fields.Integer(required=True, allow_none=True)
    value = fields.String(required=True, metadata=_said("The figure that ranks, as text; empty if hidden."))
    share = fields.Float(required=True, allow_none=True, metadata=_said("The same from 0 to 1, for a bar."))
    people = fields.Integer(required=True, allow_none=True)
    headcount = fields.Integer(required=True, allow_none=True)
    attempts = fields.Integer(required=True, allow_none=True)
    trouble = fields.String(required=True, allow_none=True, metadata=_said("Why the unit has no rank."))


class UnitsReply(BoardReply):
    """The board of units of one level."""

    formula = fields.String(required=True, metadata=_said("What `value` is."))
    rows = fields.List(fields.Nested(UnitRow), required=True)


class UnitReply(Strict):
    """One unit in a round."""

    round = fields.Nested(RoundRef, required=True)
    is_official = fields.Boolean(required=True)
    as_of = fields.AwareDateTime(required=True)
    formula = fields.String(required=True)
    unit = fields.Nested(UnitRow, required=True)
    ranked = fields.Integer(required=True, metadata=_said("How many units have a rank."))


class Problem(Schema):
    """RFC 9457: what went wrong."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True, metadata=_said("For programs; does not change."))


class PageQuery(Schema):
    """Which part of a list."""

    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))
    per_page = fields.Integer(load_default=50, validate=validate.Range(1, MOST_ROWS))


class BoardQuery(PageQuery):
    """Which part of a board."""

    division = fields.String(
        load_default="",
        validate=validate.Length(max=40),
        metadata=_said("Code of a unit: only this one and those below it."),
    )


class UnitsQuery(BoardQuery):
    """Which part of a board of units, and by which of the contest's rankings."""

    rule = fields.Integer(
        load_default=None,
        allow_none=True,
        validate=validate.Range(1, 1000),
        metadata=_said("Number of the ranking; without it the first."),
    )


class PeopleQuery(BoardQuery):
    """Which part of the board of people."""

    category = fields.String(
        load_default="", validate=validate.Length(max=40), metadata=_said("Code of a category of entrants.")
    )
