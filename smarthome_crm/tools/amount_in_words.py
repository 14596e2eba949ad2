"""An amount of money in words, as papers for a client have it.

Russian spells the whole part with its gender and declension and leaves the minor units in
digits; other languages follow ``num2words``.

>>> amount_in_words(21.05, "USD", "ru_RU")
'Двадцать один доллар США 05 центов'
>>> amount_in_words(1002.5, "EUR", "ru_RU")
'Одна тысяча два евро 50 центов'
>>> amount_in_words(8642.01, "BYN", "ru_RU")
'Восемь тысяч шестьсот сорок два белорусских рубля 01 копейка'
>>> amount_in_words(111, "RUB", "ru_RU")
'Сто одиннадцать рублей 00 копеек'
>>> amount_in_words(1, "UAH", "ru_RU")
'Одна гривна 00 копеек'
>>> amount_in_words(1234, "JPY", "ru_RU", decimals=0)
'Одна тысяча двести тридцать четыре иены'
>>> amount_in_words(-3.02, "CHF", "ru_RU")
'Минус три CHF 02/100'
>>> amount_in_words(1234.05, "USD", "en_US")
'One thousand, two hundred and thirty-four dollars, five cents'
>>> amount_in_words(21.05, "MDL", "en_US")
'Twenty-one MDL 05/100'
>>> amount_in_words(5000, "JPY", "en_US", decimals=0)
'Five thousand JPY'
>>> amount_in_words(2.1, "USD", "xx_XX")
'Two dollars, ten cents'
"""

from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal

from num2words import num2words

_KOPECK = ("f", "копейка", "копейки", "копеек")
_CENT = ("m", "цент", "цента", "центов")
#: by currency: gender and forms for 1, 2 and 5 of the unit, and of its hundredth
_RUSSIAN = {
    "RUB": (("m", "рубль", "рубля", "рублей"), _KOPECK),
    "BYN": (("m", "белорусский рубль", "белорусских рубля", "белорусских рублей"), _KOPECK),
    "USD": (("m", "доллар США", "доллара США", "долларов США"), _CENT),
    "EUR": (("m", "евро", "евро", "евро"), _CENT),
    "UAH": (("f", "гривна", "гривны", "гривен"), _KOPECK),
    "KZT": (("m", "тенге", "тенге", "тенге"), ("m", "тиын", "тиына", "тиынов")),
    "PLN": (("m", "злотый", "злотых", "злотых"), ("m", "грош", "гроша", "грошей")),
    "GBP": (
        ("m", "фунт стерлингов", "фунта стерлингов", "фунтов стерлингов"),
        ("m", "пенс", "пенса", "пенсов"),
    ),
    "CNY": (("m", "юань", "юаня", "юаней"), ("m", "фэнь", "фэня", "фэней")),
    "JPY": (("f", "иена", "иены", "иен"), _CENT),
}


def amount_in_words(amount, currency, lang, decimals=2):
    """Spell an amount.

    :param amount: rounded amount of money
    :param currency: ISO code of its currency
    :param lang: code of the language, as in ``res.lang``
    :param decimals: decimals of the currency
    :return: a sentence part that begins with a capital letter
    """
    exact = Decimal(str(amount)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    spell = _spell_russian if lang.startswith("ru") else _spell_other
    words = spell(exact, currency, lang, decimals)
    return words[:1].upper() + words[1:]


def plural_form(number):
    """Index of the Russian form after a number: 0 as after 1, 1 as after 2, 2 as after 5.

    >>> [plural_form(number) for number in (1, 3, 5, 11, 14, 21, 104, 111, 0)]
    [0, 1, 2, 2, 2, 0, 1, 2, 2]
    """
    if 10 < number % 100 < 20:
        return 2
    return {1: 0, 2: 1, 3: 1, 4: 1}.get(number % 10, 2)


def _spell_russian(amount, currency, lang, decimals):
    whole, minor = _split(amount, decimals)
    sign = "минус " if amount < 0 else ""
    if currency not in _RUSSIAN:
        return f"{sign}{num2words(whole, lang='ru')} {_with_code(currency, minor, decimals)}"
    (gender, *units), (__, *hundredths) = _RUSSIAN[currency]
    words = num2words(whole, lang="ru", gender=gender, animate=False)
    words = f"{sign}{words} {units[plural_form(whole)]}"
    if decimals:
        words += f" {minor:0{decimals}d} {hundredths[plural_form(minor)]}"
    return words


def _spell_other(amount, currency, lang, decimals):
    for code in (lang, lang.split("_")[0], "en"):
        try:
            return _spell_by_library(amount, currency, code, decimals)
        except (NotImplementedError, OverflowError):
            continue
    return f"{amount} {currency}"


def _spell_by_library(amount, currency, code, decimals):
    if decimals == 2:
        # the language may be unknown, or have no name for this currency
        with suppress(NotImplementedError):
            return num2words(amount, lang=code, to="currency", currency=currency)
    whole, minor = _split(amount, decimals)
    words = num2words(-whole if amount < 0 else whole, lang=code)
    return f"{words} {_with_code(currency, minor, decimals)}"


def _split(amount, decimals):
    whole, minor = divmod(int(abs(amount).scaleb(decimals)), 10**decimals)
    return whole, minor


def _with_code(currency, minor, decimals):
    return f"{currency} {minor:0{decimals}d}/{10**decimals}" if decimals else currency
