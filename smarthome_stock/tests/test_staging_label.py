import io
import re
from urllib.parse import parse_qs, urlsplit

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools.pdf import PdfFileReader

from odoo.addons.smarthome_print.tools.chromium import find_chromium

from .test_staging_page import StagingPageCommon

POINTS_PER_MM = 72 / 25.4
SIZES = {"a6": (105, 148), "roll": (58, 90)}


@tagged("post_install", "-at_install")
class TestStagingLabel(StagingPageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.object.write({"name": "Дом у озера", "address": "Минск, ул. Озёрная, 1"})

    def _create(self, count=1, user=None):
        wizard = self.env["smarthome.staging.label"].with_user(user or self.storekeeper)
        return wizard.create({"object_id": self.object.id, "count": count})

    def _render(self, size, wizard):
        report = self.env.ref(f"smarthome_stock.smarthome_staging_label_report_{size}")
        reports = self.env["ir.actions.report"].with_user(self.storekeeper)
        return reports.with_context(force_report_rendering=True)._render_qweb_pdf(
            report, wizard.ids
        )[0]

    def test_paper(self):
        if not find_chromium():
            self.skipTest("no Chromium on this machine")
        for size, (width, height) in SIZES.items():
            with self.subTest(size=size):
                reader = PdfFileReader(io.BytesIO(self._render(size, self._create(3))))
                self.assertEqual(len(reader.pages), 3)
                for number, page in enumerate(reader.pages, 1):
                    box = page["/MediaBox"]
                    self.assertAlmostEqual(float(box[2]), width * POINTS_PER_MM, delta=1)
                    self.assertAlmostEqual(float(box[3]), height * POINTS_PER_MM, delta=1)
                    text = re.sub(r"\s+", " ", page.extract_text())
                    for part in (
                        self.object.number,
                        "Дом у озера",
                        "Озёрная, 1",
                        self.manager.name,
                        self.engineer.name,
                        f"{number} of 3",
                    ):
                        self.assertIn(part, text)

    def test_one_box_has_no_count(self):
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("smarthome_stock.report_staging_label_a6", self._create().ids)[0]
            .decode()
        )
        self.assertNotRegex(html, r"1</span>\s*of")

    def test_code_holds_the_page(self):
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("smarthome_stock.report_staging_label_roll", self._create().ids)[0]
            .decode()
        )
        source = re.search(r'src="(/report/barcode/[^"]+)"', html)[1].replace("&amp;", "&")
        query = parse_qs(urlsplit(source).query)
        address = f"{self.object.get_base_url()}/odoo/smarthome-staging/{self.object.id}"
        self.assertEqual(query["value"], [address])
        self.assertEqual(query["barcode_type"], ["QR"])

    def test_who_prints(self):
        for user in self.storekeeper, self.manager, self.engineer:
            with self.subTest(user.login):
                self.assertEqual(
                    self._create(user=user).action_print_a6()["type"], "ir.actions.report"
                )
        with self.assertRaises(AccessError):
            self._create(user=self.other_manager).action_print_roll()
        for user in self.secretary, self.installer:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._create(user=user)

    def test_buttons(self):
        place = self._get_place().sudo(False).with_user(self.storekeeper)
        picking = self.object.picking_ids[:1].with_user(self.storekeeper)
        for record in place, picking:
            action = record.action_smarthome_label()
            self.assertEqual(action["context"]["default_object_id"], self.object.id)
        action = self.object.with_user(self.engineer).action_staging_page()
        self.assertEqual(action["params"], {"object_id": self.object.id})
        with self.assertRaises(AccessError):
            self.object.with_user(self.other_manager).action_staging_label()


#: reads the code of the picture as a telephone does, by the library that Odoo ships
DECODE = """
(async () => {
    const script = document.createElement("script");
    script.src = "/web/static/lib/zxing-library/zxing-library.js";
    document.head.append(script);
    await new Promise((done) => (script.onload = done));
    const image = new Image();
    image.src = %r;
    await image.decode();
    const canvas = document.createElement("canvas");
    const read = (size) => {
        canvas.width = canvas.height = size + 120;
        const context = canvas.getContext("2d");
        context.fillStyle = "white";
        context.fillRect(0, 0, canvas.width, canvas.height);
        context.drawImage(image, 60, 60, size, size);
        const source = new ZXing.HTMLCanvasElementLuminanceSource(canvas);
        try {
            const bitmap = new ZXing.BinaryBitmap(new ZXing.HybridBinarizer(source));
            return new ZXing.QRCodeReader().decode(bitmap).getText();
        } catch {
            return "";
        }
    };
    const text = [300, 240, 400, 500, 600].map(read).find(Boolean);
    console.log(text === %r ? "test successful" : "the code says " + text);
})();
"""


@tagged("post_install", "-at_install")
class TestStagingCode(StagingPageCommon, HttpCase):
    def test_code_can_be_read(self):
        wizard = self.env["smarthome.staging.label"].create({"object_id": self.object.id})
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("smarthome_stock.report_staging_label_a6", wizard.ids)[0]
            .decode()
        )
        source = re.search(r'src="(/report/barcode/[^"]+)"', html)[1].replace("&amp;", "&")
        address = wizard._get_labels()[0]["address_of_page"]
        self.browser_js("/web/login", DECODE % (source, address), "document.body !== null")

    def test_stranger_logs_in_and_comes_back(self):
        path = f"/odoo/smarthome-staging/{self.object.id}"
        response = self.url_open(path)
        self.assertIn("/web/login", response.url)
        self.assertEqual(parse_qs(urlsplit(response.url).query)["redirect"], [f"{path}?"])
