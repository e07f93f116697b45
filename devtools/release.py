"""The release before this one, as a township runs it: taken out of the history by git."""

import re
import subprocess
import tarfile

from .base import ADDON, ROOT, Failure, cache, fresh_folder, is_complete, lock

# The newest entry stands first: its line names the release that it is compared with.
PREVIOUS = re.compile(
    r"^<!-- previous-release: (?P<version>[\d.]+) (?P<commit>[0-9a-f]{7,40}) -->$"
)
NO_HISTORY = (
    "The upgrade test installs the release before ({version}), which CHANGELOG.md says is commit "
    "{commit}. This checkout has no such commit: fetch the whole history (git fetch --unshallow), "
    "or put the archive that `git archive --format=tar.gz {commit}` makes elsewhere at {archive}."
)


def previous(text=None):
    """Return version and commit of the release before, as the changelog names them."""
    text = text or (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for line in text.splitlines():
        found = PREVIOUS.match(line)
        if found:
            return found["version"], found["commit"]
    raise Failure("CHANGELOG.md names no release before: <!-- previous-release: VERSION COMMIT -->")


def addons_folder():
    """Return a folder that has the release before under the addon's technical name."""
    version, commit = previous()
    folder = cache("releases", commit)
    if not is_complete(folder):
        with (
            lock("releases"),
            fresh_folder(folder) as temporary,
            tarfile.open(archive(version, commit)) as packed,
        ):
            packed.extractall(temporary / ADDON)
    return folder


def archive(version, commit):
    """Return the packed release, made from git's history unless the cache has it."""
    path = cache("releases", f"{commit}.tar.gz")
    if not path.exists():
        done = subprocess.run(
            ["git", "-C", str(ROOT), "archive", "--format=tar.gz", commit],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise Failure(NO_HISTORY.format(version=version, commit=commit, archive=path))
        temporary = path.with_suffix(".part")
        temporary.write_bytes(done.stdout)
        temporary.rename(path)
    return path
