"""/pictures/<digest>.<extension>: pictures of questions, for whoever has a page that shows them.

No sign-in is asked for: a digest cannot be guessed, and stands only on pages that may show the question. The
same bytes under the same address for ever, so browsers and proxies keep them.
"""

import re

from flask import Blueprint, Response, request

from quiz.bank.picture_queries import find_picture
from quiz.core.errors import NotFound
from quiz.web.sessions import without_session

bp = Blueprint("pictures", __name__, url_prefix="/pictures")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@bp.get("/<digest>.<extension>")
@without_session
def picture(digest: str, extension: str) -> Response:
    """One picture, the same for everybody."""
    found = find_picture(digest, extension) if _DIGEST.fullmatch(digest) else None
    if found is None:
        raise NotFound("picture")
    response = Response(found.data, content_type=found.media_type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    # Opened on its own, a picture can do nothing, whatever its bytes pretend to be.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.set_etag(digest)
    response.make_conditional(request)
    return response
