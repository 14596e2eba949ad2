"""Sentences of the import by code; the files are read without the ORM, so they are filled here."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

MESSAGES = {
    # the file
    "empty_file": _lt("The file is empty."),
    "file_too_big": _lt("The file is larger than %(limit)s MB: split it."),
    "not_workbook": _lt("This is not an Excel workbook: save the table as .xlsx and try again."),
    "old_excel": _lt("This is a workbook of old Excel: save it as .xlsx and try again."),
    "password": _lt("The workbook is protected by a password: save it without one."),
    "damaged": _lt("The workbook is damaged: open it in Excel and save it anew as .xlsx."),
    "broken_xml": _lt("The workbook is broken inside: open it in Excel and save it anew as .xlsx."),
    "entities": _lt("The workbook holds entities that no Excel writes, so it is not read."),
    "macros": _lt("The workbook holds macros or programs: save it as .xlsx without them."),
    "outside": _lt("The workbook takes data from other files: save it with values only."),
    "bomb": _lt("The workbook unpacks into far more than it should, so it is not read."),
    "unpacked_too_big": _lt("The workbook unpacks into more than %(limit)s MB: split it."),
    "too_many_rows": _lt("The workbook has more than %(limit)s rows: split it."),
    "too_many_columns": _lt(
        "The workbook has a row of more than %(limit)s cells, so it is not read."
    ),
    "too_many_sheets": _lt("The workbook has more than %(limit)s sheets: leave those to import."),
    "no_rows": _lt("The workbook has no filled rows."),
    "no_goods_header": _lt(
        "No price list is found: one row must hold the headings «Артикул», «Наименование» and "
        "«Закупка» or «Розница»."
    ),
    "no_works_header": _lt(
        "Neither works nor norms are found: the sheet «Работы» needs the headings «Код», "
        "«Наименование работы», «Цена клиенту» and «Оплата монтажнику»."
    ),
    "no_brief_header": _lt(
        "No brief is found: one row must hold the headings «Помещение», «Артикул» and «Кол-во»."
    ),
    # reading a row
    "no_article": _lt("The row has no article."),
    "article_twice": _lt(
        "Article %(article)s stands in the file more than once, in rows %(rows)s."
    ),
    "article_formula": _lt("A formula stands where the article should be."),
    "article_not_text": _lt("The article reads as the date %(value)s: make its cell a text."),
    "name_formula": _lt("A formula stands where the name should be."),
    "text_formula": _lt("A formula stands where a text should be."),
    "text_too_long": _lt("A text of the row is longer than %(limit)s characters."),
    "purchase_not_number": _lt("The purchase price «%(value)s» is not a number."),
    "purchase_negative": _lt("The purchase price %(value)s is negative."),
    "purchase_formula": _lt("The purchase price is a formula without a stored value."),
    "retail_not_number": _lt("The commercial price «%(value)s» is not a number."),
    "retail_negative": _lt("The commercial price %(value)s is negative."),
    "retail_formula": _lt("The commercial price is a formula without a stored value."),
    "rate_not_number": _lt("The installer's pay «%(value)s» is not a number."),
    "rate_negative": _lt("The installer's pay %(value)s is negative."),
    "rate_formula": _lt("The installer's pay is a formula without a stored value."),
    "hours_not_number": _lt("The hours «%(value)s» are not a number."),
    "hours_negative": _lt("The hours %(value)s are negative."),
    "hours_formula": _lt("The hours are a formula without a stored value."),
    "quantity_not_number": _lt("The quantity «%(value)s» is not a number."),
    "quantity_negative": _lt("The quantity %(value)s is not above zero."),
    "quantity_formula": _lt("The quantity is a formula without a stored value."),
    "no_quantity": _lt("The row has no quantity."),
    "norm_no_quantity": _lt("The norm needs a quantity above zero."),
    # products
    "no_name": _lt("The new product %(article)s has no name."),
    "unit_unknown": _lt("The unit «%(unit)s» is unknown."),
    "unit_differs": _lt(
        "The product is counted in «%(old)s», the file says «%(new)s»: its prices cannot be taken."
    ),
    "product_archived": _lt("Product %(article)s is archived: restore it or remove the row."),
    "product_ambiguous": _lt("Several products have the article %(article)s: leave it to one."),
    "product_not_goods": _lt("%(article)s is a work or a service, not goods."),
    "product_not_work": _lt("%(article)s is not a work, but goods or another service."),
    "product_unknown": _lt("Article %(article)s is unknown."),
    "product_not_sold": _lt("Product %(article)s is not sold."),
    "goods_new": _lt("New product «%(name)s»"),
    "goods_change": _lt("Product «%(name)s» changes"),
    "goods_same": _lt("Product «%(name)s» does not change"),
    "works_new": _lt("New work «%(name)s»"),
    "works_change": _lt("Work «%(name)s» changes"),
    "works_same": _lt("Work «%(name)s» does not change"),
    "name_changed": _lt("name «%(old)s» → «%(new)s»"),
    "purchase_set": _lt("purchase %(new)s"),
    "purchase_changed": _lt("purchase %(old)s → %(new)s"),
    "cost_changed": _lt("cost %(old)s → %(new)s"),
    "retail_set": _lt("commercial %(new)s"),
    "retail_changed": _lt("commercial %(old)s → %(new)s"),
    "rate_set": _lt("installer's pay %(new)s"),
    "rate_changed": _lt("installer's pay %(old)s → %(new)s"),
    "hours_set": _lt("hours %(new)s"),
    "hours_changed": _lt("hours %(old)s → %(new)s"),
    "unit_set": _lt("unit %(new)s"),
    "category_set": _lt("category «%(new)s»"),
    "category_changed": _lt("category «%(old)s» → «%(new)s»"),
    "note_changed": _lt("the note is new"),
    "order_changed": _lt("place in the list %(old)s → %(new)s"),
    "percent_changed": _lt("counted as a percent of the equipment from now on"),
    "percent_ended": _lt("no longer counted as a percent of the equipment"),
    "below_purchase": _lt("the commercial price is below the purchase price"),
    "no_purchase": _lt("there is no purchase price"),
    "no_retail": _lt("there is no commercial price"),
    # norms
    "norm_where_unknown": _lt("«%(where)s» is neither «группа», nor «товар», nor «предложение»."),
    "norm_basis_unknown": _lt("The basis «%(basis)s» of the norm is unknown."),
    "norm_basis_wrong": _lt("The basis «%(basis)s» does not fit «%(where)s»."),
    "norm_percent_wrong": _lt(
        "Only a work priced in percents of the equipment, and no other, is counted as a percent: "
        "%(work)s with the basis «%(basis)s»."
    ),
    "norm_twice": _lt("The same norm stands in the file more than once, in rows %(rows)s."),
    "category_unknown": _lt("The group of goods «%(group)s» is unknown."),
    "work_unknown": _lt("The work %(work)s is unknown or refused."),
    "norms_new": _lt("New norm %(work)s for «%(what)s»"),
    "norms_change": _lt("Norm %(work)s for «%(what)s» changes"),
    "norms_same": _lt("Norm %(work)s for «%(what)s» does not change"),
    "once_per_proposal": _lt("once per proposal"),
    "quantity_set": _lt("quantity %(new)s"),
    "quantity_changed": _lt("quantity %(old)s → %(new)s"),
    "basis_changed": _lt("another basis"),
    "own_only_set": _lt("instead of the norms of the group"),
    "own_only_ended": _lt("added to the norms of the group"),
    "not_equipment": _lt("«%(group)s» no longer counts as equipment"),
    "bare_change": _lt("Product %(article)s asks for no works from now on"),
    "bare_same": _lt("Product %(article)s asks for no works already"),
    # brief
    "brief_new": _lt("New row «%(name)s»"),
    "brief_change": _lt("Row «%(name)s» changes"),
    "brief_same": _lt("Row «%(name)s» stands in the proposal already"),
    "room_set": _lt("room «%(room)s»"),
    # summaries
    "summary_checked": _lt(
        "Of %(total)s rows: %(new_count)s new, %(changed_count)s changed, %(error_count)s refused."
    ),
    "summary_applied": _lt(
        "Applied: %(new_count)s new, %(changed_count)s changed; %(error_count)s refused."
    ),
    "summary_same": _lt("Nothing changes: all good rows of the file are here already."),
    "summary_nothing_good": _lt("Nothing can be applied: see why below."),
    "summary_all_or_nothing": _lt(
        "Nothing is applied: %(error_count)s rows are refused, and all must be good."
    ),
}
