from odoo.tests import HttpCase


class RussianTourCase(HttpCase):
    """Tours of people who read Russian, on a desk."""

    browser_size = "1400x900"

    @classmethod
    def _speak_russian(cls, *users):
        """Load the language where the base has it not, and give it to the people."""
        if not cls.env["res.lang"]._get_data(code="ru_RU"):
            cls.env["base.language.install"].create(
                {"lang_ids": cls.env.ref("base.lang_ru").ids}
            ).lang_install()
        for user in users:
            user.write({"lang": "ru_RU", "tz": "Europe/Minsk"})

    @classmethod
    def _offer_file(cls, name, content):
        """Let the browser find a file that a person would choose from the disk."""
        cls.env["ir.attachment"].create(
            {"name": name, "raw": content, "url": f"/smarthome_tour/{name}", "public": True}
        )
