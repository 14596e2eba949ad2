"""What goods are found by, without the ORM."""

import re

_SIGNS = re.compile(r"[\W_]+")


def fold(text):
    """Text as it is looked for: in small letters, «ё» as «е».

    >>> fold("Счётчик WB-MAP"), fold(None)
    ('счетчик wb-map', '')
    """
    return (text or "").lower().replace("ё", "е")


def join_texts(article, *texts):
    """All texts of a product in one; the article with its signs and without them.

    >>> join_texts("WB-MR6", "Реле", None, "Реле")
    'wb-mr6 wbmr6 реле'
    """
    found = dict.fromkeys((article, _SIGNS.sub("", article or ""), *texts))
    return fold(" ".join(text for text in found if text))
