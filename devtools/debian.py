"""Fetch packages of Debian's development suite without touching the system."""

import functools
import gzip
import os
import shutil
import subprocess
import time
from pathlib import Path

from .base import Failure, cache, fresh_folder, is_complete, is_root, lock, run, say, step

SUITE = "sid"
# The build of Odoo that the tests passed on. To move on: set it to the newer one, remove the
# folder that ``./dev`` names, run ``./dev test``; the tests of overrides say what core moved.
ODOO_BUILD = "19.0.0+dfsg-1"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
# The Odoo package links these files of other packages.
ODOO_PACKAGES = (
    "odoo-19",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-font-awesome",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
)
FONT_PACKAGES = ("fonts-noto-cjk",)
NO_FONT = (
    "Without a Chinese font all prints show empty squares. Install one, for instance Noto CJK "
    "(Debian: apt-get install fonts-noto-cjk)."
)
# The families at the end make texts without a font of their own Chinese, not Japanese.
FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>/usr/share/fonts</dir>
  <dir>{folder}/usr/share/fonts</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <test qual="any" name="family"><string>serif</string></test>
    <edit name="family" mode="append" binding="weak"><string>Noto Serif CJK SC</string></edit>
  </match>
  <match target="pattern">
    <edit name="family" mode="append" binding="weak"><string>Noto Sans CJK SC</string></edit>
  </match>
</fontconfig>
"""
MOVE_ON = (
    "Run all tests; if they pass, set ODOO_BUILD in devtools/debian.py to the build at hand. To "
    "fetch the tested build again, remove the folder of Odoo in the cache."
)
NO_APT = (
    "This machine has no apt that reaches a Debian mirror. Name an Odoo 19 of your own: "
    "TOWNSHIP_ODOO=/path/to/odoo (the folder that contains odoo/release.py)."
)


def mirrors():
    """Return the Debian mirrors that the machine's own apt is set up for."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise Failure(NO_APT)
    targets = run(
        ["apt-get", "indextargets", "--format", "$(SITE) $(COMPONENT)", "Created-By: Packages"],
        hint=NO_APT,
    )
    lines = (line.partition(" ") for line in targets.splitlines())
    sites = dict.fromkeys(site for site, _, component in lines if component == "main")
    sites = [site for site in sites if "security" not in site and "ubuntu" not in site]
    if not sites:
        raise Failure(NO_APT)
    return sorted(sites, key=lambda site: "debian" not in site)


def apt_environment(site):
    """Return the environment of an apt that knows only the suite on that mirror."""
    home = cache("apt", "apt.conf").parent
    for folder in ("lists/partial", "archives/partial"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
    (home / "sources.list").write_text(f"deb {signed}{site} {SUITE} main\n")
    settings = {
        "Dir::Etc::sourcelist": home / "sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State::Lists": home / "lists",
        "Dir::Cache": home,
        "APT::Get::List-Cleanup": "1",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
    }
    if is_root():
        settings["APT::Sandbox::User"] = "root"
    (home / "apt.conf").write_text("".join(f'{k} "{v}";\n' for k, v in settings.items()))
    return dict(os.environ, APT_CONFIG=str(home / "apt.conf"))


def fetch(packages, target):
    """Download the packages and unpack them into the folder target."""
    with lock("apt"):
        error = None
        for site in mirrors():
            environment = apt_environment(site)
            folder = cache("apt", "debs", "x").parent
            try:
                with step(f"fetching {packages[0]} from the Debian mirror of this machine"):
                    run(["apt-get", "update"], env=environment)
                    wanted = [pinned(package, environment) for package in packages]
                    run(["apt-get", "download", *wanted], env=environment, cwd=folder)
                break
            except Failure as failure:
                error = failure
        else:
            raise Failure(f"{error}\n{NO_APT}")
        for package in packages:
            for archive in folder.glob(f"{package}_*.deb"):
                run(["dpkg-deb", "-x", archive, target])
                archive.unlink()


def pinned(package, environment):
    """Return how to ask for the tested build of a package, or for any when it is gone."""
    if package != ODOO_PACKAGES[0]:
        return package
    listed = run(["apt-cache", "madison", package], env=environment)
    builds = [line.split("|")[1].strip() for line in listed.splitlines() if "|" in line]
    if ODOO_BUILD in builds:
        return f"{package}={ODOO_BUILD}"
    say(f"WARNING: build {ODOO_BUILD} of {package} is gone, taking {builds or 'any'}. {MOVE_ON}")
    return package


def build_of(folder):
    """Return the build of the Odoo unpacked there, empty when it does not tell."""
    changelog = folder / "usr/share/doc" / ODOO_PACKAGES[0] / "changelog.Debian.gz"
    if not changelog.exists():
        return ""
    with gzip.open(changelog, "rt", encoding="utf-8", errors="replace") as text:
        return text.readline().partition("(")[2].partition(")")[0]


def odoo_source():
    """Return the folder that contains Odoo's package, fetching it at the first call."""
    named = os.environ.get("TOWNSHIP_ODOO")
    if named:
        return named_odoo(Path(named).expanduser().resolve())
    folder = cache("odoo", "19.0")
    if not is_complete(folder):
        with lock("odoo"):
            if not is_complete(folder):
                with fresh_folder(folder) as temporary:
                    fetch(ODOO_PACKAGES, temporary)
                    complete_odoo(temporary / "usr/lib/python3/dist-packages")
    warn_of_build(folder)
    return folder / "usr/lib/python3/dist-packages"


@functools.cache
def warn_of_build(folder):
    """Say once when the Odoo at hand is another build than the tested one."""
    build = build_of(folder)
    if build != ODOO_BUILD:
        say(f"WARNING: {folder} holds build {build or '?'} of Odoo, not {ODOO_BUILD}. {MOVE_ON}")


def named_odoo(path):
    """Check the Odoo that the user names."""
    for candidate in (path, path.parent):
        release = candidate / "odoo" / "release.py"
        if release.exists():
            if "19" not in release.read_text():
                raise Failure(f"TOWNSHIP_ODOO={path}: the addon needs Odoo 19.")
            return candidate
    raise Failure(f"TOWNSHIP_ODOO={path} has no odoo/release.py: name a checkout of Odoo 19.")


def complete_odoo(packages):
    """Add what Debian strips from Odoo, drop its incomplete second addons folder."""
    addons = packages / "odoo" / "addons"
    if not (addons / "mail" / "__manifest__.py").exists():
        raise Failure(f"The odoo-19 package has an unknown layout: no mail addon in {addons}")
    shutil.rmtree(packages / "addons", ignore_errors=True)
    # Blurs the background of video calls; without any file browser tests fail on a 404.
    blur = addons / "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
    blur.parent.mkdir(parents=True, exist_ok=True)
    blur.touch()


def has_chinese_font():
    """Whether fontconfig or the usual folders know a Chinese font."""
    if shutil.which("fc-list"):
        listed = subprocess.run(
            ["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False
        )
        if listed.stdout.strip():
            return True
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    names = ("*CJK*", "*wqy*", "*SourceHan*")
    return any(next(folder.rglob(name), None) for folder in folders for name in names)


def font_environment():
    """Return the variables that make Chinese fonts known to child processes."""
    if os.environ.get("FONTCONFIG_FILE") or has_chinese_font():
        return {}
    folder = cache("fonts", "noto-cjk")
    if not is_complete(folder):
        with lock("fonts"):
            if not is_complete(folder):
                say("no Chinese font on this machine: fetching Noto CJK into the cache")
                try:
                    with fresh_folder(folder) as temporary:
                        fetch(FONT_PACKAGES, temporary)
                except Failure as failure:
                    say(f"{failure}\n{NO_FONT}")
                    return {}
    config = cache("fonts", "fonts.conf")
    text = FONTCONFIG.format(folder=folder, cache=cache("fonts", "cache"))
    if not config.exists() or config.read_text() != text:
        config.write_text(text)
    return {"FONTCONFIG_FILE": str(config)}


def system_packages(wanted, optional=False):
    """Install missing programs with apt when we are root; return those still missing.

    ``wanted`` maps a Debian package to the programs of which one is enough. A distribution may
    lack an optional package; then it is not looked for again on the same day.
    """
    missing = [name for name, programs in wanted.items() if not any(map(shutil.which, programs))]
    tried = cache("apt", f"tried-{'-'.join(missing)}")
    if optional and tried.exists() and time.time() - tried.stat().st_mtime < 86400:
        return missing
    if missing and is_root() and shutil.which("apt-get"):
        with lock("system-packages"):
            environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
            with step(f"installing {' '.join(missing)} with apt-get"):
                run(["apt-get", "update"], env=environment, hint="Is the Debian mirror reachable?")
                for name in missing:
                    command = ["apt-get", "install", "-y", "--no-install-recommends", name]
                    done = subprocess.run(
                        command,
                        env=environment,
                        stdin=subprocess.DEVNULL,
                        capture_output=True,
                        check=False,
                    )
                    if done.returncode:
                        reason = done.stderr.decode(errors="replace").strip().splitlines()
                        say(f"apt-get could not install {name}: {reason[-1] if reason else ''}")
        missing = [name for name in missing if not any(map(shutil.which, wanted[name]))]
        if missing and optional:
            tried.touch()
    return missing
