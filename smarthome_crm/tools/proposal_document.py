"""What stands in a proposal's spreadsheet, as plain values in the language of its reader."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Costs:
    """What a line costs the company; for the office only."""

    unit_cost: float
    cost: float
    pay: float
    is_work: bool = False


@dataclass(frozen=True)
class Line:
    """A priced line; ``amount`` is its sum as the order has it, rounded, without tax."""

    number: int
    article: str
    name: str
    unit: str
    quantity: float
    price: float
    discount: float
    amount: float
    costs: Costs | None = None


@dataclass(frozen=True)
class Text:
    """A note among the lines, or the heading of a subsection."""

    text: str
    is_heading: bool = False


@dataclass
class Group:
    """Lines of one section of the proposal (a room); without a title, those above all sections."""

    title: str = ""
    rows: list = field(default_factory=list)
    hides_prices: bool = False

    @property
    def lines(self):
        return [row for row in self.rows if isinstance(row, Line)]


@dataclass
class Block:
    """Goods, works or the rest, with the label of its total."""

    title: str
    total_label: str
    groups: list = field(default_factory=list)

    @property
    def lines(self):
        return [line for group in self.groups for line in group.lines]


@dataclass(frozen=True)
class Tax:
    """Amount of a group of taxes; ``percent`` when one rate on the whole total gives it."""

    label: str
    amount: float
    percent: float | None = None


@dataclass(frozen=True)
class Labels:
    """Words of the sheet that do not depend on the proposal."""

    number: str = "No."
    article: str = "Article"
    name: str = "Name"
    unit: str = "Unit"
    quantity: str = "Quantity"
    price: str = "Price"
    discount: str = "Discount, %"
    amount: str = "Sum"
    subtotal: str = "Total: %s"
    total: str = "Total without VAT"
    rounding: str = "Rounding"
    options: str = "Options, not in the total"
    page: str = "Page %(page)s of %(pages)s"
    unit_cost: str = "Cost or rate per unit"
    cost: str = "Cost"
    pay: str = "Pay of works"
    profit: str = "Profit"
    percent: str = "Profit, %"
    coefficient: str = "Coefficient of work payment"


@dataclass(frozen=True)
class Logo:
    """A picture that spreadsheets can show (PNG, JPEG), with its size in pixels."""

    content: bytes
    width: int
    height: int


@dataclass
class Document:
    """A whole proposal.

    ``facts`` are pairs of (label, text) for the left and the right half above the table,
    ``terms`` such pairs below it. ``total`` and ``grand_total`` are the order's own, without and
    with taxes. ``coefficient`` and the lines' costs are there for the office only.
    """

    title: str
    sheet: str
    company: list
    currency: str
    rounding: float = 0.01
    decimals: int = 2
    logo: Logo | None = None
    facts: tuple = ((), ())
    blocks: list = field(default_factory=list)
    options: list = field(default_factory=list)
    taxes: list = field(default_factory=list)
    total: float = 0.0
    grand_total: float = 0.0
    grand_label: str = "Total"
    words: str = ""
    terms: list = field(default_factory=list)
    labels: Labels = field(default_factory=Labels)
    properties: dict = field(default_factory=dict)
    footer: str = ""
    for_office: bool = False
    coefficient: float = 1.0
