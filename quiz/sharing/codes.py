"""QR codes. Pure."""

import io

import segno

_BORDER = 4  # modules of quiet around the code, as the standard asks for


def qr_svg(address: str, *, scale: int = 8) -> bytes:
    """A picture file of its own."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=scale, border=_BORDER, xmldecl=False)
    return out.getvalue()


def qr_inline(address: str) -> str:
    """SVG to stand inside a page, as large as its stylesheet says; no style of its own."""
    text: str = segno.make(address, error="m").svg_inline(
        border=_BORDER, omitsize=True, svgclass="qr", lineclass=None, dark="#0e1729", light="#ffffff"
    )
    return text


def qr_png(address: str, *, scale: int = 24) -> bytes:
    """For printing and for programs that know no SVG: black on white, about 900 points wide."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="png", scale=scale, border=_BORDER)
    return out.getvalue()
