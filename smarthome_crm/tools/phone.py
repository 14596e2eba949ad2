"""Telephone numbers as people type them: plain Python, no ``env``."""

import unicodedata
from functools import lru_cache

import phonenumbers

#: countries whose own notation is tried when the company's country does not know a number
NEIGHBOUR_REGIONS = ("BY", "RU")
#: fewer digits than this are not searched by their end
MIN_DIGITS = 3


def digits_of(number):
    """Return the digits of a text, whatever script they are written in.

    >>> digits_of("+375 (29) 123-45-67")
    '375291234567'
    >>> digits_of("garbage"), digits_of(None)
    ('', '')
    """
    return "".join(str(unicodedata.digit(char)) for char in number or "" if char.isdigit())


def to_e164(number, region=None):
    """Return a number in E.164, or False when it is no valid telephone number.

    :param str number: as typed
    :param str region: ISO code of the country whose notation is tried first
    :return: str or False

    >>> to_e164("8 029 1234567", "BY"), to_e164("00375291234567", "BY")
    ('+375291234567', '+375291234567')
    >>> to_e164("375291234567", "RU"), to_e164("8 921 000-11-22", "BY")
    ('+375291234567', '+79210001122')
    >>> to_e164("1234567", "BY"), to_e164("who knows", "BY"), to_e164(None)
    (False, False, False)
    """
    typed = (number or "").strip()
    digits = digits_of(typed)
    if not digits:
        return False
    attempts = [(typed, region)]
    if not typed.startswith("+"):
        attempts.append((f"+{digits.removeprefix('00')}", None))
        attempts += [(typed, neighbour) for neighbour in NEIGHBOUR_REGIONS if neighbour != region]
    return next(filter(None, (_parse(text, country) for text, country in attempts)), False)


def _parse(text, region):
    try:
        parsed = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return False
    if not phonenumbers.is_valid_number(parsed):
        return False
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def reversed_digits(number):
    """Return the digits from the last to the first, by which an end of a number is a prefix.

    >>> reversed_digits("+375291234567")
    '765432192573'
    """
    return digits_of(number)[::-1]


@lru_cache(maxsize=20_000)
def readable(e164):
    """Return a number as it is read aloud.

    >>> readable("+375291234567"), readable(False)
    ('+375 29 123-45-67', '')
    """
    if not e164:
        return ""
    try:
        parsed = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
