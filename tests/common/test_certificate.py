import base64
import io
import random
import stat
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path
from unittest.mock import patch

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from reportlab.pdfgen import canvas

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import TransactionCase, tagged
from odoo.tools import config, file_open
from odoo.tools.misc import mute_logger

from ...tools import pades, printing, vault
from .base import TownshipCase
from .printing import KINDS, wkhtmltopdf

PASSWORD = "槐荫 2026"
SECRETS = ("content", "passphrase")


def make_p12(key=None, issuer_key=None, begin=-1, end=100, usage=(True, True), own_key=None):
    """:param key: private key of the certificate, default EC on P-256
    :param issuer_key: of the authority that issues it, default itself
    :param int begin: first day, from today
    :param int end: last day, from today
    :param tuple usage: digital signature, content commitment
    :param own_key: private key in the file, default that of the certificate
    :return: ``bytes``"""
    key = key or ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(timezone.utc)
    name, issuer = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
        for text in ("槐荫镇人民政府", "某省认证中心" if issuer_key else "槐荫镇人民政府")
    )
    digital_signature, content_commitment = usage
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=begin))
        .not_valid_after(now + timedelta(days=end))
        .add_extension(
            x509.KeyUsage(
                digital_signature=digital_signature,
                content_commitment=content_commitment,
                key_encipherment=True,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(issuer_key or key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"test", own_key or key, certificate, None, BestAvailableEncryption(PASSWORD.encode())
    )


def make_pdf(pages=1):
    """:return: ``bytes``"""
    buffer = io.BytesIO()
    paper = canvas.Canvas(buffer)
    for number in range(pages):
        paper.drawString(100, 700, f"page {number}")
        paper.showPage()
    paper.save()
    return buffer.getvalue()


def annotated(pdf):
    """:return: ``bytes``, the PDF with a note added the way a PDF editor adds one"""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    note = generic.DictionaryObject(
        {
            generic.NameObject("/Type"): generic.NameObject("/Annot"),
            generic.NameObject("/Subtype"): generic.NameObject("/Text"),
            generic.NameObject("/Rect"): generic.ArrayObject(
                map(generic.NumberObject, (10, 10, 50, 50))
            ),
            generic.NameObject("/Contents"): generic.TextStringObject("另有约定"),
        }
    )
    notes = generic.ArrayObject([*page.get("/Annots", ()), writer.add_object(note)])
    page[generic.NameObject("/Annots")] = notes
    writer.update_container(page)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@tagged("post_install", "-at_install")
class TestReadCertificate(TransactionCase):
    """Each kind of certificate that cannot seal is told from the others."""

    def assert_refused(self, error, p12, password=PASSWORD):
        with self.assertRaises(pades.CertificateError) as caught:
            pades.read_certificate(p12, password)
        self.assertIs(type(caught.exception), error)
        return caught.exception

    def test_what_is_shown_of_one_from_an_authority(self):
        authority = ec.generate_private_key(ec.SECP256R1())
        known = pades.read_certificate(make_p12(issuer_key=authority), PASSWORD)
        self.assertEqual((known.subject, known.issuer), ("槐荫镇人民政府", "某省认证中心"))
        self.assertFalse(known.self_made)
        self.assertEqual((known.not_after - known.not_before).days, 101)

    def test_rsa_is_taken_from_2048_bits(self):
        known = pades.read_certificate(make_p12(rsa.generate_private_key(65537, 2048)), PASSWORD)
        self.assertEqual(known.key_kind, "RSA 2048")
        self.assert_refused(pades.UnsuitableKey, make_p12(rsa.generate_private_key(65537, 1024)))

    def test_wrong_password_and_junk(self):
        self.assert_refused(pades.WrongPassword, make_p12(), "other")
        self.assert_refused(pades.WrongPassword, make_p12(), "")
        for junk in (b"", b"junk", make_pdf(), make_p12()[:-50]):
            self.assert_refused(pades.WrongPassword, junk)

    def test_sm2(self):
        path = "township_governance/tests/data/certificate_sm2.p12"
        with file_open(path, "rb") as file:
            self.assert_refused(pades.ChineseAlgorithm, file.read(), "secret")

    def test_no_key_or_that_of_another(self):
        own, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        certificate = pkcs12.load_pkcs12(make_p12(own), PASSWORD.encode()).cert.certificate
        without = pkcs12.serialize_key_and_certificates(
            None, None, None, [certificate], BestAvailableEncryption(PASSWORD.encode())
        )
        self.assert_refused(pades.NoPrivateKey, without)
        only_key = pkcs12.serialize_key_and_certificates(
            None, other, None, [certificate], BestAvailableEncryption(PASSWORD.encode())
        )
        self.assert_refused(pades.NoPrivateKey, only_key)

    def test_keys_of_other_kinds_and_for_other_purposes(self):
        self.assert_refused(pades.UnsuitableKey, make_p12(ec.generate_private_key(ec.SECP256K1())))
        self.assert_refused(pades.UnsuitableKey, make_p12(usage=(False, False)))
        pades.read_certificate(make_p12(usage=(False, True)), PASSWORD)

    def test_dates(self):
        expired = self.assert_refused(pades.Expired, make_p12(begin=-20, end=-2))
        self.assertEqual(
            expired.moment.date(), datetime.now(timezone.utc).date() - timedelta(days=2)
        )
        self.assert_refused(pades.NotYetValid, make_p12(begin=2, end=20))


@tagged("post_install", "-at_install")
class TestSeal(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.p12 = make_p12()
        cls.der = pades.read_certificate(cls.p12, PASSWORD).der
        cls.pdf = make_pdf(2)
        cls.sealed = pades.seal(cls.pdf, cls.p12, PASSWORD)

    def check(self, pdf):
        return pades.check(pdf, [self.der])

    def test_sealed_file_is_good(self):
        check = self.check(self.sealed)
        self.assertTrue(check.is_good)
        self.assertEqual(check.certificate, pades.read_certificate(self.p12, PASSWORD))
        self.assertTrue(self.sealed.startswith(self.pdf))

    def test_certificate_of_an_authority_seals_as_well(self):
        for key in (None, rsa.generate_private_key(65537, 2048)):
            p12 = make_p12(key, issuer_key=ec.generate_private_key(ec.SECP256R1()))
            sealed = pades.seal(self.pdf, p12, PASSWORD)
            known = pades.read_certificate(p12, PASSWORD)
            self.assertTrue(pades.check(sealed, [self.der, known.der]).is_good)

    def test_seal_of_somebody_else_is_not_trusted(self):
        check = self.check(pades.seal(self.pdf, make_p12(), PASSWORD))
        self.assertTrue(check.intact and check.whole_file and check.no_change)
        self.assertFalse(check.trusted)
        self.assertFalse(check.is_good)

    def test_file_without_seal(self):
        for pdf in (self.pdf, b"", b"junk", b"%PDF-1.4\n%%EOF"):
            self.assertEqual(self.check(pdf), pades.Check())

    def test_every_changed_byte_shows(self):
        """Of the page, of the signature's dictionary and of the padding around it."""
        luck = random.Random(6)
        dictionary = self.sealed.index(b"/ByteRange")
        padding = self.sealed.index(b"0" * 200)
        places = [luck.randrange(len(self.pdf)) for _ in range(40)]
        places += [dictionary + 12, padding + 100, padding + 101]
        for place in places:
            changed = bytearray(self.sealed)
            changed[place] ^= 1
            self.assertFalse(self.check(bytes(changed)).is_good, place)

    def test_what_is_appended_shows(self):
        check = self.check(self.sealed + b"\n% appended")
        self.assertFalse(check.whole_file)
        self.assertFalse(check.is_good)

    def test_note_added_later_shows(self):
        check = self.check(annotated(self.sealed))
        self.assertTrue(check.has_signature and check.intact)
        self.assertFalse(check.whole_file)
        self.assertFalse(check.no_change)
        self.assertFalse(check.is_good)

    def test_certificate_that_was_not_valid_when_it_sealed(self):
        p12 = make_p12(begin=-20, end=-2)
        then = datetime.now(timezone.utc).replace(tzinfo=None) - timedelta(days=5)
        der = pades.read_certificate(p12, PASSWORD, then).der
        with patch.object(pades.Certificate, "check_dates"):
            sealed = pades.seal(self.pdf, p12, PASSWORD)
        check = pades.check(sealed, [der])
        self.assertTrue(check.trusted and check.intact)
        self.assertFalse(check.in_time)
        self.assertFalse(check.is_good)

    def test_expired_certificate_does_not_seal(self):
        with self.assertRaises(pades.Expired):
            pades.seal(self.pdf, make_p12(begin=-20, end=-2), PASSWORD)

    def test_what_cannot_be_sealed(self):
        for pdf in (self.sealed, b"", b"junk", self.pdf[:-200]):
            with self.assertRaises(pades.SealError):
                pades.seal(pdf, self.p12, PASSWORD)


@tagged("post_install", "-at_install")
class TestVault(TransactionCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "keys" / "test.key"

    def test_key_file_is_made_once_and_for_the_server_alone(self):
        key = vault.ensure_key(self.path)
        self.assertEqual(vault.ensure_key(self.path), key)
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)
        self.assertEqual([file.name for file in self.path.parent.iterdir()], ["test.key"])

    def test_file_that_is_no_key_is_never_replaced(self):
        self.path.parent.mkdir()
        for content in ("", "junk", "ab" * 31):
            self.path.write_text(content)
            with self.assertRaises(vault.KeyFileError):
                vault.ensure_key(self.path)
            self.assertEqual(self.path.read_text(), content)

    def test_value_opens_with_its_key_and_purpose_alone(self):
        key, other = vault.ensure_key(self.path), vault.ensure_key(self.path.with_name("2.key"))
        text = vault.encrypt(key, b"secret", "one")
        self.assertEqual(vault.decrypt(key, text, "one"), b"secret")
        self.assertNotEqual(vault.encrypt(key, b"secret", "one"), text)
        for wrong in ((other, text, "one"), (key, text, "two"), (key, text[:-4], "one")):
            with self.assertRaises(vault.WrongKey):
                vault.decrypt(*wrong)
        for junk in (None, "", "secret", vault.PREFIX, vault.PREFIX + "%%"):
            with self.assertRaises(vault.WrongKey):
                vault.decrypt(key, junk, "one")


class CertificateCase(TownshipCase):
    """The key file is in a folder of the test's own."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.key_path = Path(folder.name) / "test.key"
        self.Certificate = self.env["township.certificate"]
        self.patch(type(self.Certificate), "_key_path", lambda _self: self.key_path)


@tagged("post_install", "-at_install")
class TestCertificate(CertificateCase):
    def test_township_without_one_makes_its_own_when_it_seals(self):
        self.assertFalse(self.Certificate._current(self.company))
        sealed = self.Certificate._seal_pdf(make_pdf(), self.company)
        certificate = self.Certificate._current(self.company)
        self.assertTrue(certificate.self_made)
        self.assertIn(self.company.name, certificate.subject)
        self.assertIn("自制证书", certificate.subject)
        self.assertTrue(self.Certificate._check_pdf(sealed, self.company).is_good)
        self.assertEqual(self.Certificate._ensure(self.company), certificate)

    def test_validity_of_the_self_made_one_is_a_setting(self):
        for years, expected in (("3", 3), (False, 10), ("0", 1), ("500", 30)):
            self.env["ir.config_parameter"].set_param(
                "township_governance.certificate_years", years
            )
            certificate = self.Certificate._make(self.company)
            days = (certificate.valid_to - certificate.valid_from).days
            self.assertAlmostEqual(days / 365.25, expected, delta=0.02)

    def test_papers_of_a_replaced_certificate_stay_good(self):
        before = self.Certificate._ensure(self.company)
        sealed = self.Certificate._seal_pdf(make_pdf(), self.company)
        after = self.Certificate._install(self.company, make_p12(), PASSWORD)
        self.assertEqual(self.Certificate._current(self.company), after)
        self.assertFalse(before.active)
        self.assertTrue(self.Certificate._check_pdf(sealed, self.company).is_good)
        again = self.Certificate._check_pdf(
            self.Certificate._seal_pdf(make_pdf(), self.company), self.company
        )
        self.assertEqual(again.certificate.serial, after.serial)
        self.assertTrue(again.is_good)

    def test_seal_of_another_township_does_not_count(self):
        other = self.env["res.company"].create({"name": "柳树镇"})
        sealed = self.Certificate._seal_pdf(make_pdf(), other)
        self.assertFalse(self.Certificate._check_pdf(sealed, self.company).trusted)

    def test_expired_one_is_refused_before_anything_is_frozen(self):
        bought = make_p12(issuer_key=ec.generate_private_key(ec.SECP256R1()))
        certificate = self.Certificate._install(self.company, bought, PASSWORD)
        now = datetime.now() + timedelta(days=200)
        with (
            patch("odoo.fields.Datetime.now", lambda: now),
            self.assertRaisesRegex(UserError, "expired on"),
        ):
            self.Certificate._check_ready(self.company)
        self.assertEqual(self.Certificate._check_ready(self.company), certificate)

    def test_expired_self_made_one_is_made_anew(self):
        before = self.Certificate._ensure(self.company)
        now = datetime.now() + timedelta(days=4000)
        with patch("odoo.fields.Datetime.now", lambda: now):
            self.assertNotEqual(self.Certificate._check_ready(self.company), before)

    def test_missing_library_is_said_before_anything_is_frozen(self):
        with (
            patch.object(pades, "is_ready", return_value=False),
            self.assertRaisesRegex(UserError, "pyhanko"),
        ):
            self.Certificate._check_ready(self.company)

    def test_missing_and_wrong_key_file_are_said(self):
        self.Certificate._check_ready(self.company)
        key = self.key_path.read_text()
        self.key_path.unlink()
        for method in ("_check_ready", "_seal_pdf"):
            arguments = (make_pdf(),) if method == "_seal_pdf" else ()
            with self.assertRaisesRegex(UserError, "key file"):
                getattr(self.Certificate, method)(*arguments, self.company)
        self.assertFalse(self.key_path.exists())
        vault.ensure_key(self.key_path)
        with self.assertRaisesRegex(UserError, "fingerprint"):
            self.Certificate._check_ready(self.company)
        self.key_path.write_text(key)
        self.Certificate._check_ready(self.company)

    def test_certificate_is_replaced_after_its_key_was_lost(self):
        sealed = self.Certificate._seal_pdf(make_pdf(), self.company)
        self.key_path.unlink()
        self.Certificate._make(self.company)
        self.Certificate._check_ready(self.company)
        self.assertTrue(self.Certificate._check_pdf(sealed, self.company).is_good)

    def test_every_print_of_this_addon_can_be_sealed(self):
        deliveries = self.env["township.delivery"].create(
            [
                {"paper": "受理告知书", "recipient": name, "company_id": self.company.id}
                for name in ("王伟强", "刘芳", "柳树村石料厂")
            ]
        )
        Report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        for kind in KINDS:
            with self.subTest(kind=kind), wkhtmltopdf(kind):
                for records in (deliveries[0], deliveries):
                    pdf = Report._render_qweb_pdf(
                        "township_governance.report_delivery_receipt", res_ids=records.ids
                    )[0]
                    numbers = list(range(1, printing.count_pages(pdf) + 1))
                    for paper in (pdf, printing.stamp_page_numbers(pdf, numbers, printing.Page())):
                        sealed = self.Certificate._seal_pdf(paper, self.company)
                        self.assertTrue(self.Certificate._check_pdf(sealed, self.company).is_good)

    def test_warning_comes_before_the_last_day(self):
        self.assertFalse(self.Certificate._current(self.company)._warning())
        for end, warned in ((30, True), (100, False)):
            certificate = self.Certificate._install(self.company, make_p12(end=end), PASSWORD)
            self.assertEqual(bool(certificate._warning()), warned)
        self.key_path.unlink()
        self.assertIn(str(self.key_path), certificate._warning())


@tagged("post_install", "-at_install")
class TestKeyPath(TransactionCase):
    def test_option_of_the_server_names_the_file(self):
        Certificate = self.env["township.certificate"]
        self.assertIn(config["data_dir"], str(Certificate._key_path()))
        self.assertIn(self.env.cr.dbname, Certificate._key_path().name)
        with patch.dict(config.options, {"township_key_file": "/etc/odoo/township.key"}):
            self.assertEqual(Certificate._key_path(), Path("/etc/odoo/township.key"))


@tagged("post_install", "-at_install")
class TestCertificateSecrets(CertificateCase):
    """Nobody reads the private key back, whatever the way in."""

    def setUp(self):
        super().setUp()
        self.certificate = self.Certificate._install(self.company, make_p12(), PASSWORD)
        self.env.flush_all()

    def readers(self):
        superuser = self.env.ref("base.user_root")
        return (self.administrator, self.director, superuser)

    def rpc(self, user, method, *args, **kwargs):
        Model = self.Certificate.with_user(user)
        return call_kw(Model, method, list(args), kwargs)

    def test_no_call_hands_it_out(self):
        ids = self.certificate.ids
        for name in SECRETS:
            calls = (
                ("read", ids, [name]),
                ("web_read", ids, {name: {}}),
                ("search_read", [], [name]),
                ("web_search_read", [], {name: {}}),
                ("search", [(name, "like", "k1")]),
                ("search_count", [(name, "like", "k1")]),
                ("formatted_read_group", [], [name], ["__count"]),
                ("formatted_read_group", [], [], [f"{name}:max"]),
                ("search", [], 0, None, f"{name} desc"),
                ("export_data", ids, [name]),
            )
            for user in (self.administrator, self.director):
                for method, *args in calls:
                    with (
                        self.subTest(user=user.login, method=method, name=name),
                        mute_logger("odoo.models", "odoo.addons.base.models.ir_rule"),
                        self.assertRaises(UserError),
                    ):
                        self.rpc(user, method, *args)

    def test_no_description_names_it(self):
        for user in self.readers():
            Model = self.Certificate.with_user(user)
            if user != self.env.ref("base.user_root"):
                self.assertFalse(set(SECRETS) & set(Model.fields_get()))
                read = Model.browse(self.certificate.id).read()[0]
                self.assertFalse(set(SECRETS) & set(read))

    def test_database_holds_neither_file_nor_password(self):
        self.env.cr.execute("SELECT content, passphrase FROM township_certificate")
        for content, passphrase in self.env.cr.fetchall():
            self.assertTrue(content.startswith(vault.PREFIX))
            self.assertTrue(passphrase.startswith(vault.PREFIX))
            with self.assertRaises(pades.WrongPassword):
                pades.read_certificate(
                    base64.b64decode(content.removeprefix(vault.PREFIX)), PASSWORD
                )

    def test_nobody_writes_copies_or_deletes_one(self):
        other = make_p12()
        for user in (self.administrator, self.director):
            own = self.certificate.with_user(user)
            for call in (
                lambda own=own: own.write({"content": "k1:", "active": False}),
                lambda own=own: own.write({"active": False}),
                lambda own=own: own.copy(),
                lambda own=own: own.unlink(),
                lambda own=own: own.create({"subject": "x", "content": other}),
            ):
                with self.assertRaises(AccessError), mute_logger("odoo.models.unlink"):
                    call()

    def test_other_roles_see_none(self):
        for user in (self.officer, self.reporter, self.supervisor, self.auditor, self.correction):
            with self.assertRaises(AccessError):
                self.certificate.with_user(user).read(["subject"])


@tagged("post_install", "-at_install")
class TestCertificateWizard(CertificateCase):
    def wizard(self, p12, password=PASSWORD, user=None, **vals):
        Wizard = self.env["township.certificate.wizard"].with_user(user or self.director)
        return Wizard.create(
            {"data": base64.b64encode(p12), "password": password, "filename": "a.p12", **vals}
        )

    def test_shows_what_it_read_and_then_replaces(self):
        authority = ec.generate_private_key(ec.SECP256R1())
        for user in (self.director, self.administrator):
            wizard = self.wizard(make_p12(issuer_key=authority), user=user)
            wizard.action_read()
            self.assertEqual((wizard.subject, wizard.issuer), ("槐荫镇人民政府", "某省认证中心"))
            before = self.Certificate._current(self.company)
            wizard.action_confirm()
            current = self.Certificate._current(self.company)
            self.assertNotEqual(current, before)
            self.assertFalse(current.self_made)
            self.assertFalse(wizard.exists())
            self.Certificate._check_ready(self.company)

    def test_row_of_the_wizard_holds_nothing_in_clear(self):
        wizard = self.wizard(make_p12())
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT row_to_json(row)::text FROM township_certificate_wizard row WHERE id = %s",
            [wizard.id],
        )
        [stored] = self.env.cr.fetchone()
        self.assertNotIn(PASSWORD, stored)
        self.assertIn(vault.PREFIX, stored)
        wizard.invalidate_recordset()
        read = wizard.read()[0]
        self.assertFalse(read["data"])
        self.assertFalse(read["password"])
        self.assertNotIn("content", read)
        attachments = self.env["ir.attachment"].search([("res_model", "=", wizard._name)])
        self.assertFalse(attachments)

    def test_each_refusal_has_its_reason(self):
        with file_open("township_governance/tests/data/certificate_sm2.p12", "rb") as file:
            sm2 = file.read()
        for p12, password, reason in (
            (sm2, "secret", "SM2"),
            (make_p12(), "wrong", "password is wrong"),
            (b"junk", "", "password is wrong"),
            (make_p12(begin=-9, end=-2), PASSWORD, "expired on"),
            (make_p12(begin=2), PASSWORD, "not valid before"),
            (make_p12(usage=(False, False)), PASSWORD, "not for signing"),
            (b"0" * 1_000_001, "", "too large"),
        ):
            wizard = self.wizard(p12, password)
            for step in (wizard.action_read, wizard.action_confirm):
                with self.assertRaisesRegex(UserError, reason):
                    step()
        self.assertFalse(self.Certificate._current(self.company))

    def test_only_directors_and_administrators_replace(self):
        for user in (self.officer, self.reporter, self.supervisor, self.auditor):
            with self.assertRaises(AccessError):
                self.wizard(make_p12(), user=user)
        stolen = self.wizard(make_p12()).with_user(self.officer)
        for step in (stolen.action_read, stolen.action_confirm, stolen.action_self_made):
            with self.assertRaises(AccessError):
                step()

    def test_not_for_a_township_of_others(self):
        other = self.env["res.company"].create({"name": "柳树镇"})
        wizard = self.wizard(make_p12(), company_id=other.id)
        for step in (wizard.action_read, wizard.action_confirm, wizard.action_self_made):
            with self.assertRaises(AccessError):
                step()

    def test_self_made_one_instead(self):
        self.Certificate._install(self.company, make_p12(), PASSWORD)
        self.env["township.certificate.wizard"].with_user(self.director).create(
            {}
        ).action_self_made()
        self.assertTrue(self.Certificate._current(self.company).self_made)

    def test_settings_show_the_certificate_in_use(self):
        settings = self.env["res.config.settings"].with_company(self.company)
        self.assertFalse(settings.create({}).township_certificate_id)
        certificate = self.Certificate._install(self.company, make_p12(end=30), PASSWORD)
        shown = settings.with_user(self.administrator).create({})
        self.assertEqual(shown.township_certificate_id, certificate)
        self.assertTrue(shown.township_certificate_warning)
