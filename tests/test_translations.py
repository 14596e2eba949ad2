"""Everything a person reads is there in Russian, and what is filled in stays in its place."""

import re

import polib

from odoo.tests import TransactionCase
from odoo.tools.translate import TranslationModuleReader

from tools.addons import find_addons
from tools.places import ROOT

LANGUAGE = "ru_RU"
PLACEHOLDER = re.compile(r"%\(\w+\)[sdrf]|%[sdrf%]|\{\{.*?\}\}|\{\w*\}")
LATIN = re.compile(r"[A-Za-z]")
#: what a Russian writes in the same way
SAME_IN_RUSSIAN = {"Excel", "ID", "ZIP", "object.display_name", "object._get_print_name()"}


def find_catalogues(addon):
    """The addon's files of translations: its own words and those it puts over Odoo's."""
    return [
        path for folder in ("i18n", "i18n_extra") for path in addon.path.glob(f"{folder}/ru.po")
    ]


def read_catalogue(path):
    """Parse a file; Odoo's own text may have several translations, one for each place."""
    return polib.pofile(str(path), check_for_duplicates=path.parent.name == "i18n")


def list_texts(entries):
    return "\n".join(f"{where}: {text}" for where, text in sorted(set(entries)))


class TestTranslations(TransactionCase):
    """The terms of each installed addon of ours, as Odoo itself exports them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addons = find_addons(ROOT)
        installed = cls.env["ir.module.module"].search([("state", "=", "installed")])
        cls.installed = [name for name in cls.addons if name in installed.mapped("name")]

    def _read_terms(self, module):
        """Yield (where, source, Russian) of each term, from the base and from the code."""
        for row in TranslationModuleReader(self.env.cr, [module], LANGUAGE):
            _module, kind, name, res_id, source, value, _comments = row
            if any(letter.isalpha() for letter in source):
                yield f"{module} {kind} {name} {res_id}", source, value

    def _read_own(self, module):
        path = self.addons[module].path / "i18n" / "ru.po"
        return {entry.msgid: entry.msgstr for entry in read_catalogue(path)}

    def test_every_term_has_russian(self):
        for module in self.installed:
            own = self._read_own(module)
            missing = [
                (where, source)
                for where, source, value in self._read_terms(module)
                if not (value or own.get(source))
            ]
            with self.subTest(module=module):
                self.assertFalse(missing, f"No Russian for:\n{list_texts(missing)}")

    def test_template_holds_the_terms(self):
        for module in self.installed:
            path = self.addons[module].path / "i18n" / f"{module}.pot"
            exported = {source for _where, source, _value in self._read_terms(module)}
            stored = {entry.msgid for entry in read_catalogue(path)}
            with self.subTest(module=module):
                self.assertFalse(exported - stored, f"{path.name} is old: run ./smarthome pot")

    def test_placeholders_are_kept(self):
        for module in self.installed:
            wrong = [
                (where, f"{source!r} → {value!r}")
                for where, source, value in self._read_terms(module)
                if value
                and sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(value))
            ]
            with self.subTest(module=module):
                self.assertFalse(wrong, f"Other placeholders in:\n{list_texts(wrong)}")

    def test_units_are_short(self):
        for xmlid, name in (
            ("uom.product_uom_unit", "шт."),
            ("uom.product_uom_meter", "м"),
            ("uom.product_uom_hour", "ч"),
            ("smarthome_crm.uom_set", "компл"),
        ):
            self.assertEqual(self.env.ref(xmlid).with_context(lang=LANGUAGE).name, name)

    def test_words_of_the_warehouse(self):
        if "smarthome_stock" not in self.installed:
            self.skipTest("there is no warehouse")
        pickings = self.env["stock.picking"].with_context(lang=LANGUAGE)
        field = pickings.fields_get(["name", "state"])
        self.assertEqual(field["name"]["string"], "Номер")
        self.assertEqual(dict(field["state"]["selection"])["assigned"], "К выполнению")

    def test_proposals_are_not_called_orders(self):
        model = self.env.ref("sale.model_sale_order").with_context(lang=LANGUAGE)
        self.assertEqual(model.name, "Предложение")

    def test_screens_of_odoo_speak_russian(self):
        """Where Odoo has no Russian for a word of its own screens, ours is taken."""
        http = self.env["ir.http"]
        modules, _parameters = http._get_translations_for_webclient(["account", "web"], LANGUAGE)
        for module, source, text in (
            ("account", "+ Add Section", "+ Добавить раздел"),
            ("web", "Missing required fields", "Заполните обязательные поля"),
            ("web", "Save", "Сохранить"),
        ):
            words = {term["id"]: term["string"] for term in modules[module]["messages"]}
            self.assertEqual(words[source], text)

    def test_other_languages_are_left_alone(self):
        modules, _parameters = self.env["ir.http"]._get_translations_for_webclient(["web"], "en_US")
        self.assertNotIn("Missing required fields", str(modules["web"]["messages"]))


class TestCatalogues(TransactionCase):
    """The files themselves, those of addons that are not installed here included."""

    def test_catalogues_are_clean(self):
        for name, addon in find_addons(ROOT).items():
            paths = find_catalogues(addon)
            self.assertTrue(paths, f"{name} has no i18n/ru.po: run ./smarthome pot")
            for path in paths:
                with self.subTest(path=str(path)):
                    self._check_catalogue(read_catalogue(path))

    def _check_catalogue(self, catalogue):
        self.assertEqual(catalogue.metadata["Language"], "ru")
        for entry in catalogue:
            text = entry.msgid
            self.assertFalse(entry.fuzzy, f"fuzzy: {text}")
            self.assertTrue(entry.translated(), f"without Russian: {text}")
            self.assertIn("module: ", entry.comment, f"without its addon: {text}")
            self.assertEqual(
                sorted(PLACEHOLDER.findall(text)), sorted(PLACEHOLDER.findall(entry.msgstr)), text
            )
            if text == entry.msgstr and LATIN.search(PLACEHOLDER.sub("", text)):
                self.assertIn(text, SAME_IN_RUSSIAN, f"not translated: {text}")
            self._check_marks(entry)

    def _check_marks(self, entry):
        """Odoo reads a term of code at run time only by the mark of its language."""
        files = [place for place, _line in entry.occurrences if place.startswith("code:")]
        if any(place.endswith(".py") for place in files):
            self.assertIn("odoo-python", entry.comment, entry.msgid)
        if any(place.endswith((".js", ".xml")) for place in files):
            self.assertIn("odoo-javascript", entry.comment, entry.msgid)
