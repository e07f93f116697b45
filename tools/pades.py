"""One PAdES signature in a PDF: making and reading certificates, sealing, checking.

A sealed PDF tells in any reader whether it was changed since. Only ``pyhanko`` is imported
inside the functions: it takes most of a second, which no start of the server should pay.

No Odoo environment in here; messages for people belong to the caller.
"""

import importlib
import io
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PublicFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

FIELD_NAME = "Township"
# Curves that PDF readers verify; RSA from here on.
CURVES = ("secp256r1", "secp384r1", "secp521r1")
RSA_BITS = 2048
# Arc of China's algorithms (国密) as it is written in certificates and in messages.
CHINESE_ARC, CHINESE_ARC_DER = "1.2.156.10197", b"\x2a\x81\x1c\xcf\x55"
# X.520: longest common name.
NAME_LENGTH = 64


class CertificateError(Exception):
    """The certificate cannot be used to seal; the class tells why, and ``moment`` (in UTC) since
    or until when."""

    def __init__(self, text="", moment=None):
        super().__init__(text)
        self.moment = moment


class WrongPassword(CertificateError):
    """Wrong password, or no PKCS#12 file at all: the format does not tell which."""


class ChineseAlgorithm(CertificateError):
    """SM2 (国密): PDF readers and the libraries know no such signature."""


class NoPrivateKey(CertificateError):
    """Nothing to sign with: only a certificate, or the key of another one."""


class UnsuitableKey(CertificateError):
    """The key is of a kind that PDF readers do not verify, or too short, or not for signing."""


class Expired(CertificateError):
    """Its last day is over."""


class NotYetValid(CertificateError):
    """Its first day is yet to come, or the clock of the server is wrong."""


class SealError(Exception):
    """The PDF cannot be sealed; the text is the library's own."""


@dataclass(frozen=True)
class Certificate:
    """What people want to know of a certificate; times are in UTC, without zone."""

    subject: str
    issuer: str
    serial: str
    not_before: datetime
    not_after: datetime
    self_made: bool
    key_kind: str
    der: bytes

    def check_dates(self, now):
        """:param datetime now: in UTC, without zone
        :raise CertificateError: :class:`Expired` or :class:`NotYetValid`"""
        if now > self.not_after:
            raise Expired(moment=self.not_after)
        if now < self.not_before:
            raise NotYetValid(moment=self.not_before)


@dataclass(frozen=True)
class Check:
    """What a PDF says about itself. Without a signature, or if it cannot be read, all is false.

    ``intact``: what the signature covers is as it was signed; ``whole_file``: it covers all of
    the file; ``no_change``: nothing was added that it forbids; ``trusted``: it was made with one
    of the given certificates; ``in_time``: that certificate was valid when the seal says it was
    made (a claim of the server's clock, no trusted timestamp).
    """

    has_signature: bool = False
    intact: bool = False
    whole_file: bool = False
    no_change: bool = False
    trusted: bool = False
    in_time: bool = False
    signed_at: datetime | None = None
    certificate: Certificate | None = None

    @property
    def is_good(self):
        """:return: ``bool``, all of it"""
        return (
            self.has_signature
            and self.intact
            and self.whole_file
            and self.no_change
            and self.trusted
            and self.in_time
        )


def is_ready():
    """:return: ``bool``, whether the library that seals and checks is installed"""
    try:
        importlib.import_module("pyhanko.sign.signers")
    except ImportError:
        return False
    return True


# ----------------------------------------------------------------------
# Certificates
# ----------------------------------------------------------------------


def make_certificate(common_name, years, passphrase, now=None):
    """Make a certificate that is its own issuer. It proves that a file was not changed, and not
    who made it.

    :param str common_name: says whose it is and that it is self-made
    :param int years: of validity
    :param str passphrase: that the result is encrypted with
    :param datetime now: begin of its validity, in UTC without zone
    :return: PKCS#12 as ``bytes``, with an EC key on P-256
    """
    now = (now or _now()).replace(microsecond=0)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name[:NAME_LENGTH])])
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # A clock that is set back by minutes must not make it "not yet valid".
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=round(years * 365.25)))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True
        )
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        common_name.encode(),
        key,
        certificate,
        None,
        BestAvailableEncryption(passphrase.encode()),
    )


def read_certificate(p12, passphrase, now=None):
    """Read the certificate of a PKCS#12 file and make sure that it can seal at this moment.

    :param bytes p12: content of a ``.p12`` or ``.pfx`` file
    :param str passphrase: its password, may be empty
    :param datetime now: in UTC without zone
    :return: :class:`Certificate`
    :raise CertificateError: the class tells why it cannot be used
    """
    key, certificate = _load(p12, passphrase)
    if certificate is None or key is None or _public(key) != _public(certificate):
        raise NoPrivateKey
    if not _is_suitable(key) or not _may_sign(certificate):
        raise UnsuitableKey(_key_kind(key))
    known = _describe(certificate)
    known.check_dates(now or _now())
    return known


def _load(p12, passphrase):
    """:return: private key or ``None``, certificate or ``None``"""
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(
            p12, passphrase.encode() if passphrase else None
        )
    except UnsupportedAlgorithm as error:
        if CHINESE_ARC in str(error) or CHINESE_ARC_DER in p12:
            raise ChineseAlgorithm from error
        raise UnsuitableKey(str(error)) from error
    except (ValueError, TypeError) as error:
        raise (ChineseAlgorithm if CHINESE_ARC_DER in p12 else WrongPassword) from error
    # Without a key the format names no certificate as the own one.
    certificate = certificate or (others[0] if others else None)
    if certificate is not None and CHINESE_ARC_DER in certificate.public_bytes(Encoding.DER):
        raise ChineseAlgorithm
    return key, certificate


def _public(holder):
    return holder.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _is_suitable(key):
    if isinstance(key, rsa.RSAPrivateKey):
        return key.key_size >= RSA_BITS
    return isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in CURVES


def _may_sign(certificate):
    """Authorities hand out pairs, one to sign and one to encrypt (加密证书)."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _key_kind(key):
    """:return: ``str`` such as ``EC secp256r1`` or ``RSA 2048``"""
    if isinstance(key, (rsa.RSAPrivateKey, rsa.RSAPublicKey)):
        return f"RSA {key.key_size}"
    if isinstance(key, (ec.EllipticCurvePrivateKey, ec.EllipticCurvePublicKey)):
        return f"EC {key.curve.name}"
    return type(key).__name__


def _describe(certificate):
    """:return: :class:`Certificate`"""
    return Certificate(
        subject=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        serial=f"{certificate.serial_number:X}",
        not_before=certificate.not_valid_before_utc.replace(tzinfo=None),
        not_after=certificate.not_valid_after_utc.replace(tzinfo=None),
        self_made=certificate.subject == certificate.issuer,
        key_kind=_key_kind(certificate.public_key()),
        der=certificate.public_bytes(Encoding.DER),
    )


def _name(name):
    """:return: ``str``, the common name, or all there is"""
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return common[0].value if common else name.rfc4514_string()


def _now():
    return datetime.now(timezone.utc).replace(tzinfo=None)


# ----------------------------------------------------------------------
# Sealing and checking
# ----------------------------------------------------------------------


def seal(pdf, p12, passphrase, now=None):
    """Write the one certification signature into a PDF: from now on any change shows.

    :param bytes pdf: without a signature
    :param bytes p12: see :func:`read_certificate`
    :param str passphrase: its password
    :param datetime now: in UTC without zone
    :return: PDF as ``bytes``, which begins with ``pdf``. Not the same twice: keep it.
    :raise CertificateError: the certificate cannot be used
    :raise SealError: the PDF cannot be signed
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import fields, signers

    read_certificate(p12, passphrase, now)
    signer = signers.SimpleSigner.load_pkcs12_data(
        p12, other_certs=[], passphrase=passphrase.encode() if passphrase else None
    )
    try:
        signed = signers.sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(pdf)),
            signers.PdfSignatureMetadata(
                field_name=FIELD_NAME,
                certify=True,
                docmdp_permissions=fields.MDPPerm.NO_CHANGES,
                subfilter=fields.SigSeedSubFilter.PADES,
            ),
            signer=signer,
        )
    except (PdfError, ValueError) as error:
        raise SealError(str(error)) from error
    return signed.getvalue()


def check(pdf, trusted):
    """Ask a PDF whether it is as it was sealed.

    :param bytes pdf: anything somebody hands in
    :param list trusted: DER ``bytes`` of the certificates whose seals count
    :return: :class:`Check`
    """
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    # A file that is not as it was sealed is an answer, and no traceback in the log.
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        signature = _signature(pdf)
    except Exception:  # noqa: BLE001 wherever the parser stumbles, it is not what was sealed
        return Check()
    if signature is None:
        return Check()
    try:
        certificate = x509.load_der_x509_certificate(signature.signer_cert.dump())
        # Whose seals count is decided below, by the certificate itself: no chain, no list of the
        # operating system, nothing from the network.
        context = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
        status = validate_pdf_signature(signature, context)
        known, signed_at = _describe(certificate), _utc(signature.self_reported_timestamp)
        return Check(
            has_signature=True,
            intact=status.intact and status.valid,
            whole_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE
            and _is_alone_in_its_place(pdf, signature),
            no_change=bool(status.docmdp_ok),
            trusted=known.der in trusted,
            in_time=bool(signed_at) and known.not_before <= signed_at <= known.not_after,
            signed_at=signed_at,
            certificate=known,
        )
    except Exception:  # noqa: BLE001 as above
        return Check(has_signature=True)


def _signature(pdf):
    """:return: the first signature in the file, or ``None``"""
    from pyhanko.pdf_utils.reader import PdfFileReader

    found = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    return found[0] if found else None


def _is_alone_in_its_place(pdf, signature):
    """No signature covers the place where it stands: nothing else may be there than itself, in
    capital digits, and zeros."""
    from asn1crypto import parser

    _start, begin, end, _length = signature.byte_range
    content = signature.pkcs7_content
    return pdf[begin:end] == b"<%s>" % content.hex().upper().encode() and not any(
        content[parser.peek(content) :]
    )


def _utc(moment):
    """:return: ``datetime`` without zone, or ``None``"""
    if moment is None or moment.tzinfo is None:
        return None
    return moment.astimezone(timezone.utc).replace(tzinfo=None)
