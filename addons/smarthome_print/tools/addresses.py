"""The addresses that a report's page may ask for, as Odoo's own controllers have them."""

from urllib.parse import unquote

from werkzeug.routing import Map, Rule

RECORDS = (
    "/<int:id>",
    "/<int:id>-<unique>",
    "/<string(minlength=3):xmlid>",
    "/<model>/<int:id>/<field>",
    "/<model>/<int:id>-<unique>/<field>",
)
ENDINGS = ("", "/<filename>", "/<int:width>x<int:height>", "/<int:width>x<int:height>/<filename>")


def _record_rules(kind):
    """Return the addresses of ``/web/content`` or ``/web/image``, as Odoo's controllers have them."""
    paths = ["", *(record + ending for record in RECORDS for ending in ENDINGS)]
    return [Rule(f"/web/{kind}{path}", endpoint=kind) for path in paths]


_ADDRESSES = Map(
    [
        Rule("/<module>/static/<path:resource>", endpoint="static"),
        Rule("/web/assets/<unique>/<filename>", endpoint="asset"),
        Rule("/report/barcode", endpoint="barcode"),
        Rule("/report/barcode/<barcode_type>/<path:value>", endpoint="barcode"),
        Rule("/logo", endpoint="logo"),
        Rule("/logo.png", endpoint="logo"),
        Rule("/web/binary/company_logo", endpoint="logo"),
        *_record_rules("content"),
        *_record_rules("image"),
    ],
    strict_slashes=False,
)


def plain_path(path):
    """Return a decoded path, unless it climbs out of where it seems to lie.

    >>> plain_path("/web/image/%D0%90.png") == "/web/image/\u0410.png"
    True
    >>> plain_path("/web/static/..%2F..%2Fodoo.conf")
    Traceback (most recent call last):
    ...
    ValueError: the path climbs
    """
    plain = unquote(path)
    if {".", ".."} & set(plain.split("/")) or "\\" in plain or "\0" in plain:
        raise ValueError("the path climbs")
    return plain


def match(path):
    """Return the kind of what an address names, and what it says of it.

    :param str path: as it stands in the address, encoded
    :raise ValueError: the path climbs
    :raise werkzeug.exceptions.HTTPException: there is no such kind of address

    >>> match("/web/image/res.partner/7/image_128/face.png")[0]
    'image'
    >>> match("/web/static/img/logo.png")
    ('static', {'module': 'web', 'resource': 'img/logo.png'})
    """
    return _ADDRESSES.bind("", path_info=plain_path(path)).match()
