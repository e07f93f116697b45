import io
from unittest.mock import patch

from PIL import Image, ImageFilter
from reportlab.pdfgen import canvas

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from ...tools import scans
from .base import TownshipCase
from .printing import KINDS, wkhtmltopdf
from .test_document import VERIFY, issue

ACCEPTANCE = "township_governance.report_case_acceptance"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
MM = 25.4


def encoded(image, kind="JPEG", **options):
    """:return: ``bytes``"""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def rendered(pdf, dpi):
    """:return: ``PIL.Image.Image``, the first page"""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[0].render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()


def photo(page, degrees=0, blur=0):
    """:return: ``bytes``, the page as a phone takes it"""
    image = page.rotate(degrees, expand=True, fillcolor="#777", resample=Image.BICUBIC)
    return encoded(image.filter(ImageFilter.GaussianBlur(blur)), quality=60)


@tagged("post_install", "-at_install")
class TestPages(TransactionCase):
    """What a file is, is told by its content, and bombs are refused before they burst."""

    def test_photo_is_one_upright_page(self):
        exif = Image.Exif()
        exif[0x0112] = 6
        for data in (
            encoded(Image.new("RGB", (300, 200)), exif=exif),
            encoded(Image.new("CMYK", (200, 300))),
            encoded(Image.new("RGBA", (200, 300)), "PNG"),
        ):
            [page] = scans.pages(data, "scan.pdf")
            self.assertEqual((page.mode, page.size), ("L", (200, 300)))

    def test_pdf_is_taken_apart(self):
        buffer = io.BytesIO()
        paper = canvas.Canvas(buffer, pagesize=(595, 842))
        for _number in range(3):
            paper.drawString(100, 700, "page")
            paper.showPage()
        paper.save()
        pages = list(scans.pages(buffer.getvalue()))
        self.assertEqual(len(pages), 3)
        for page in pages:
            self.assertAlmostEqual(page.width / 595 * 72, scans.SCAN_DPI, delta=1)

    def test_page_as_large_as_a_field_is_made_smaller(self):
        buffer = io.BytesIO()
        paper = canvas.Canvas(buffer, pagesize=(14400, 14400))
        paper.drawString(100, 700, "page")
        paper.save()
        with patch.object(scans, "MAX_PIXELS", 1_000_000):
            [page] = scans.pages(buffer.getvalue())
        self.assertLessEqual(page.width * page.height, 1_010_000)

    def test_too_large(self):
        bomb = encoded(Image.new("1", (20_000, 20_000)), "PNG")
        self.assertLess(len(bomb), 100_000)
        for data in (bomb, b"0" * (scans.MAX_BYTES + 1)):
            with self.assertRaises(scans.TooLarge):
                scans.pages(data)
        with patch.object(scans, "MAX_PIXELS", 100), self.assertRaises(scans.TooLarge):
            scans.pages(encoded(Image.new("L", (11, 10))))

    def test_heic_is_named(self):
        for data, name in ((HEIC, "a.jpg"), (b"other", "IMG_1.HEIC")):
            with self.assertRaises(scans.Heic):
                scans.pages(data, name)

    def test_unreadable(self):
        for data in (b"", b"junk", b"%PDF-1.7 junk", encoded(Image.new("L", (9, 9)), "GIF")):
            with self.assertRaises(scans.Unreadable):
                scans.pages(data)


@tagged("post_install", "-at_install")
class TestScans(TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.env["township.case"]
        for _number in range(2):
            cls.cases |= cls.make_case(committee_id=cls.committee.id, mediator_id=cls.mediator.id)
        cls.cases.action_register()

    def print_form(self, cases):
        """:return: ``bytes``, the forms as PDF"""
        Report = self.env["ir.actions.report"].with_user(self.officer)
        Report = Report.with_context(force_report_rendering=True)
        return Report._render_qweb_pdf(ACCEPTANCE, res_ids=cases.ids)[0]

    def documents(self):
        """:return: the issued papers of the cases, in their order"""
        Document = self.env["township.document"]
        found = Document.search([("res_model", "=", "township.case")])
        return Document.browse(
            found.filtered(lambda paper, case=case: paper.res_id == case.id).id
            for case in self.cases
        )

    def papers_on(self, data, user=None):
        Document = self.env["township.document"].with_user(user or self.officer)
        return Document._read_scan(data)

    def test_photo_of_a_signed_form_finds_its_record(self):
        for kind in KINDS:
            with self.subTest(kind=kind), wkhtmltopdf(kind):
                page = rendered(self.print_form(self.cases[0]), 300)
                for degrees, blur in ((0, 2), (4, 2), (-9, 1), (90, 2), (183, 2)):
                    [found] = self.papers_on(photo(page, degrees, blur))
                    self.assertEqual(found, self.documents()[0], (degrees, blur))

    def test_stack_of_scans_finds_each(self):
        with wkhtmltopdf(KINDS[0]):
            found = self.papers_on(self.print_form(self.cases))
        self.assertEqual(found, list(self.documents()))

    def test_code_is_large_enough_for_a_phone_and_there_without_public_address(self):
        import zxingcpp

        self.assertFalse(self.company.township_public_url)
        for kind in KINDS:
            with self.subTest(kind=kind), wkhtmltopdf(kind):
                page = rendered(self.print_form(self.cases[0]), 300)
                [code] = zxingcpp.read_barcodes(page)
                width = code.position.top_right.x - code.position.top_left.x
                self.assertGreater(width / 300 * MM, 14)
                self.assertLess(width / 300 * MM, 20)

    def test_both_codes_find_the_same_paper(self):
        self.company.township_public_url = "https://zw.example.gov.cn"
        with wkhtmltopdf(KINDS[0]):
            page = rendered(self.print_form(self.cases[0]), 300)
        texts = scans.codes(page)
        self.assertEqual(len(texts), 2)
        [found] = self.papers_on(encoded(page))
        self.assertEqual(found, self.documents()[0])

    def test_page_without_code(self):
        [found] = self.papers_on(encoded(Image.new("L", (1000, 1000), 255)))
        self.assertFalse(found)

    def test_missing_packages_are_said(self):
        for package, data in (
            ("zxing-cpp", encoded(Image.new("L", (100, 100)))),
            ("pypdfium2", b"%PDF-1.7"),
        ):
            with (
                patch("importlib.util.find_spec", return_value=None),
                self.assertRaisesRegex(UserError, package),
            ):
                self.papers_on(data)

    def test_each_refusal_names_the_file(self):
        Document = self.env["township.document"]
        for data in (HEIC, b"junk", b"0" * (scans.MAX_BYTES + 1)):
            with self.assertRaisesRegex(UserError, "IMG_1.jpg"):
                Document._read_scan(data, "IMG_1.jpg")


@tagged("post_install", "-at_install")
class TestFindByCodes(TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.make_case()
        cls.document = issue(cls.env, cls.case)

    def find(self, texts, user=None):
        Document = self.env["township.document"].with_user(user or self.officer)
        return Document._find_by_codes(texts)

    def texts(self):
        token = f"https://zw.example.gov.cn{VERIFY}/{self.document.sudo().token}"
        code = self.document.check_code
        return [code, code.lower().replace("-", ""), token]

    def test_by_code_and_by_address(self):
        texts = self.texts()
        self.assertEqual(self.find(texts), dict.fromkeys(texts, self.document))

    def test_other_texts_find_nothing(self):
        token = self.document.sudo().token
        others = ["", "%", "A" * 12, "https://example.org", f"{VERIFY}/{'0' * 32}", token[:31]]
        self.assertEqual(self.find(others), {})

    def test_paper_of_a_hidden_record_is_not_found(self):
        self.assertEqual(self.find(self.texts(), self.reporter_other), {})

    def test_revoked_paper_is_not_found(self):
        self.document.with_user(self.director).action_revoke()
        self.assertEqual(self.find(self.texts()), {})

    def test_paper_of_a_deleted_record_is_not_found(self):
        delivery = self.env["township.delivery"].create(
            {"paper": "告知书", "recipient": "王伟强", "company_id": self.company.id}
        )
        code = issue(self.env, delivery).check_code
        self.assertTrue(self.find([code]))
        delivery.unlink()
        self.assertEqual(self.find([code]), {})
