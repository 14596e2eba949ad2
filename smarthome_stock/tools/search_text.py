"""What goods are found by, without the ORM."""

import re

_SIGNS = re.compile(r"[\W_]+")
#: letters of a word that are looked at; PostgreSQL takes no endless ones into an index
_LONGEST = 40


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


def list_endings(text):
    """Every ending of every word: any part of a word is the beginning of one of them.

    >>> list_endings("реле ле")
    ['е', 'еле', 'ле', 'реле']
    """
    words = set(text.split())
    return sorted({word[start:][:_LONGEST] for word in words for start in range(len(word))})


def make_query(text):
    """What is asked of the index of endings, in PostgreSQL's words; empty if nothing is.

    >>> make_query("Реле д'Арт")
    "'реле':* & 'д''арт':*"
    """
    words = (word[:_LONGEST] for word in fold(text).split())
    return " & ".join(f"'{_quote(word)}':*" for word in words)


def _quote(word):
    return word.replace("\\", "\\\\").replace("'", "''")
