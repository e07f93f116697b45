"""Scans and phone photos of printed papers: their pages as pictures, and the codes on them.

No Odoo environment in here; messages for people belong to the caller.
"""

import importlib.util
import io
import threading

from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 20_000_000
# A phone takes 50 million pixels at most where it is meant for documents; beyond pillow warns.
MAX_PIXELS = 64_000_000
MAX_PAGES = 200
SCAN_DPI = 200
PHOTO_FORMATS = ("JPEG", "PNG")
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
# pdfium must not be entered by two threads at once.
_pdfium = threading.Lock()


class ScanError(Exception):
    """The file cannot be used; the class tells why."""


class TooLarge(ScanError):
    """More bytes, pixels or pages than a scan of papers has."""


class Heic(ScanError):
    """A photo in Apple's format, which this server does not read."""


class Unreadable(ScanError):
    """No photo (JPEG, PNG) and no PDF, or a damaged or locked one."""


class MissingPackage(ScanError):
    """The text is the name of the Python package that is not installed."""


def pages(data, filename=""):
    """Take a photo, or a scan of several pages, apart.

    :param bytes data: content of a JPEG, PNG or PDF file
    :param str filename: as it was uploaded; the content decides, it only helps with HEIC
    :return: iterator of grey ``PIL.Image.Image``, one per page, upright, in full size
    :raise ScanError: the class tells why; before the first page
    """
    if len(data) > MAX_BYTES:
        raise TooLarge
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS or _is_heic_name(filename):
        raise Heic
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _pdf_pages(data)
    return iter([_photo(data)])


def _is_heic_name(filename):
    return (filename or "").lower().endswith((".heic", ".heif"))


def _photo(data):
    try:
        image = Image.open(io.BytesIO(data), formats=PHOTO_FORMATS)
        # The size is known before a single pixel is decoded.
        if image.width * image.height > MAX_PIXELS:
            raise TooLarge
        return ImageOps.exif_transpose(image).convert("L")
    except Image.DecompressionBombError as error:
        raise TooLarge from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Unreadable from error


def _pdf_pages(data):
    if importlib.util.find_spec("pypdfium2") is None:
        raise MissingPackage("pypdfium2")
    import pypdfium2

    with _pdfium:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise Unreadable from error
        count = len(document)
    if not count or count > MAX_PAGES:
        with _pdfium:
            document.close()
        raise TooLarge if count else Unreadable
    return _rendered(document, count)


def _rendered(document, count):
    """Render page by page, so that a stack of scans does not fill the memory."""
    try:
        for number in range(count):
            with _pdfium:
                page = document[number]
                width, height = page.get_size()
                # A page may claim to be as large as a field.
                scale = min(SCAN_DPI / 72, (MAX_PIXELS / max(1, width * height)) ** 0.5)
                bitmap = page.render(scale=scale, grayscale=True)
                image = bitmap.to_pil().convert("L").copy()
                bitmap.close()
                page.close()
            yield image
    finally:
        with _pdfium:
            document.close()


def codes(image):
    """Read the QR codes of a page. Blur decides, not angle or shadow: trying again in other
    sizes or sharpened finds nothing more.

    :param PIL.Image.Image image: of :func:`pages`
    :return: ``list`` of ``str``, each once
    :raise MissingPackage: the package that reads codes is not installed
    """
    if importlib.util.find_spec("zxingcpp") is None:
        raise MissingPackage("zxing-cpp")
    import zxingcpp

    found = zxingcpp.read_barcodes(image.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    return list(dict.fromkeys(code.text for code in found))
