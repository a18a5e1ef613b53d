"""/_kit: every component in every state, on one page. For those who build pages: not there in production."""

import re

from flask import Blueprint, Flask, render_template

from quiz.core.settings import ROOT
from quiz.web.kit_values import SampleForm, samples

bp = Blueprint("kit", __name__)


@bp.get("/_kit")
def kit() -> str:
    """The catalogue; the links at its foot show it dark and with high contrast."""
    sprite = (ROOT / "static" / "img" / "icons.svg").read_text(encoding="utf-8")
    wrong = SampleForm(meta={"csrf": False}, prefix="sai-")
    wrong.validate()
    return render_template(
        "web/kit.html",
        shown=samples(),
        form=SampleForm(meta={"csrf": False}),
        wrong=wrong,
        icons=re.findall(r'<symbol id="([a-z0-9-]+)"', sprite),
    )


def init_app(app: Flask) -> None:
    """Register the page where pages are built and tested."""
    if not app.config["SETTINGS"].is_production:
        app.register_blueprint(bp)
