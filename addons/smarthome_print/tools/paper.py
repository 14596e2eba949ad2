"""The paper of a report: its size, its margins and its scale."""

from dataclasses import dataclass

POINTS_PER_MM = 72 / 25.4
A4 = (210.0, 297.0)


@dataclass(frozen=True)
class Paper:
    """A sheet, everything in millimetres but ``zoom``."""

    width: float
    height: float
    top: float = 0
    right: float = 0
    bottom: float = 0
    left: float = 0
    head: float = 0
    """Where the header begins, from the upper edge."""
    zoom: float = 1
    line: bool = False
    """Whether a line is drawn under the header."""

    @property
    def points(self):
        """Return width and height in whole points, as PDFs count.

        >>> Paper(210, 297).points
        (595, 842)
        """
        return round(self.width * POINTS_PER_MM), round(self.height * POINTS_PER_MM)


def paper(size, margins, landscape=False, dpi=96, spacing=0, line=False):
    """Return the paper that wkhtmltopdf would print on with these settings.

    :param tuple size: width and height in mm; A4 where one is missing
    :param tuple margins: top, right, bottom and left in mm
    :param bool landscape: turn the sheet
    :param float dpi: wkhtmltopdf prints everything smaller by the square of 96 / dpi
    :param float spacing: mm between the beginning of the header and the body, 0 for all of the margin

    >>> paper((105, 148), (10, 5, 10, 5), landscape=True).points
    (420, 298)
    >>> paper((0, 0), (52, 7, 32, 7), dpi=90, spacing=52).zoom
    0.8789
    >>> paper(A4, (40, 7, 20, 7), spacing=35).head
    5
    """
    width, height = size if all(size) else A4
    if landscape:
        width, height = height, width
    top, right, bottom, left = margins
    head = max(0, top - spacing) if spacing else 0
    zoom = round((dpi / 96) ** 2, 4)
    return Paper(width, height, top, right, bottom, left, head, zoom, line)
