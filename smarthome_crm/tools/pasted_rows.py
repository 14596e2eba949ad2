"""Rows pasted from a table or a letter: an article and a quantity in each.

>>> read_rows("SH-1\\t2\\n\\n  sh-2 ; 1,5 \\nSH-3\\nSH-4\\tmany")
[Row(number=1, article='SH-1', quantity=2.0), Row(number=3, article='sh-2', quantity=1.5), \
Row(number=4, article='SH-3', quantity=1.0), Row(number=5, article='SH-4', quantity=None)]
"""

import math
import re
from dataclasses import dataclass

SEPARATORS = re.compile(r"\t|;|\s{2,}")
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Row:
    """Row by its number in the text; ``quantity`` is None when it cannot be read."""

    number: int
    article: str
    quantity: float | None


def read_rows(text):
    """Split pasted text into rows; the quantity is the last number, 1 when there is none."""
    rows = []
    for number, line in enumerate((text or "").splitlines(), 1):
        cells = [cell.strip() for cell in SEPARATORS.split(line.strip()) if cell.strip()]
        if len(cells) == 1 and " " in cells[0]:
            article, last = cells[0].rsplit(" ", 1)
            if read_quantity(last) is not None:
                cells = [article, last]
        if cells:
            quantity = read_quantity(cells[-1]) if len(cells) > 1 else 1.0
            rows.append(Row(number, cells[0], quantity))
    return rows


def read_quantity(text):
    """Read a quantity as people write it, or None.

    >>> [read_quantity(text) for text in ("2", "1 000,5", "3 pcs", "x", "-1", "0", "1e400")]
    [2.0, 1000.5, 3.0, None, None, None, None]
    """
    match = re.fullmatch(r"(\d[\d\s]*(?:[.,]\d+)?)\s*[^\W\d]*\.?", text.strip())
    if not match:
        return None
    quantity = float(SPACES.sub("", match[1]).replace(",", "."))
    return quantity if 0 < quantity < math.inf else None


def article_key(article):
    """Spell an article in one way: blanks and case do not matter.

    >>> article_key(" sh - 10 ")
    'SH-10'
    """
    return SPACES.sub("", article or "").upper()
