"""Moving the dates of an object that has several contracts."""


def move_spans(spans, start, end):
    """Dates of each contract after their object was moved or stretched to new dates.

    Moved as a whole, every contract goes along. Stretched or shortened, those at the moved edge
    follow it, and the others stay as long as they fit in between.

    :param spans: list of (first day, last day), at least one
    :param start: new first day of the object
    :param end: new last day, not before the first
    :return: list of (first day, last day) in the same order

    >>> from datetime import date
    >>> def days(*pairs):
    ...     return [tuple(date(2026, 12, number) for number in pair) for pair in pairs]
    >>> def moved(spans, *pair):
    ...     moves = move_spans(spans, *days(pair)[0])
    ...     return [(first.day, last.day) for first, last in moves]
    >>> two = days((1, 10), (3, 5))
    >>> moved(two, 4, 13)
    [(4, 13), (6, 8)]
    >>> moved(two, 1, 20)
    [(1, 20), (3, 5)]
    >>> moved(two, 4, 10)
    [(4, 10), (4, 5)]
    >>> moved(two, 7, 10)
    [(7, 10), (7, 7)]
    >>> moved(two, 1, 2)
    [(1, 2), (2, 2)]
    """
    first = min(begin for begin, _last in spans)
    last = max(stop for _first, stop in spans)
    shift = start - first
    if end - last == shift:
        return [(begin + shift, stop + shift) for begin, stop in spans]

    def fit(day):
        return min(max(day, start), end)

    return [
        (start if begin == first else fit(begin), end if stop == last else fit(stop))
        for begin, stop in spans
    ]
