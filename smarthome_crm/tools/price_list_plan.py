"""What an import would do with each row, before anything is written, without the ORM.

>>> row = PlannedRow("Sheet", 2, "AJ-MP", head=("goods", {}))
>>> row.add_change("purchase_changed", old="29.00", new="31.00")
>>> row.action, row.level
('change', 'info')
>>> row.refuse("unit_unknown", unit="бочка")
>>> row.action, row.level, row.parts
('', 'error', [])
"""

from dataclasses import dataclass, field


@dataclass
class PlannedRow:
    """One row with its sentence: ``head`` and ``parts`` are (code, values) of sentences.

    The code of a good row's ``head`` is completed by its action: goods_new, goods_same.
    """

    sheet: str
    row: int
    article: str
    head: tuple = ("", {})
    parts: list = field(default_factory=list)
    level: str = "info"
    action: str = "same"
    payload: dict = field(default_factory=dict)

    def refuse(self, code, **values):
        self.head, self.parts = (code, values), []
        self.level, self.action, self.payload = "error", "", {}

    def tell(self, code, **values):
        self.parts.append((code, values))

    def warn(self, code, **values):
        self.level = "warning"
        self.tell(code, **values)

    def add_change(self, code, **values):
        if self.action == "same":
            self.action = "change"
        self.tell(code, **values)

    @property
    def is_good(self):
        return self.level != "error"


def format_price(number):
    """Money with two decimals, more when they are there.

    >>> format_price(1250.4), format_price(0.125)
    ('1250.40', '0.125')
    """
    short = f"{number:.2f}"
    return short if abs(float(short) - number) < 1e-9 else f"{number:.4f}".rstrip("0")
