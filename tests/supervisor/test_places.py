"""Where the data live, and disks that will not hold them."""

import errno
import os
import subprocess
from pathlib import Path

import pytest

from mutuals_portal.supervisor import places
from mutuals_portal.supervisor.bootstrap import PlainError, disk_sentence
from tests.supervisor.portal import ROOT, clean_environment, said_instead_of_starting

ORDINARY = 54_321


# A disk in memory that only this process and its children see, so anybody may mount it.
MOUNT = 'mount -t tmpfs -o "$1" tmpfs "$2" && shift 2 && exec "$@"'


def said_on_a_disk(options: str, var: Path, *command: Path | str) -> subprocess.CompletedProcess:
    alone = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    return subprocess.run(
        [*alone, "/bin/sh", "-c", MOUNT, "sh", options, var, *command],
        env=clean_environment(PORTAL_VAR=str(var)),
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """Where a disk is mounted. Without one, only the whole chain to `./run` goes untried here."""
    if said_on_a_disk("size=1m", tmp_path, "true").returncode:
        pytest.skip("The kernel lets nobody mount here; each sentence has a test that needs none.")
    return tmp_path


def refusal_as(user: int, var: Path) -> str:
    """What open_places says to that user, tried in a process of theirs."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
            places.open_places(var)
        except BaseException as error:
            os.write(writing, str(error).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as said:
        return said.read()


def test_folder_of_somebody_else_is_refused_in_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    var = locked / "var"
    sentence = f"This user may not write to {var}: the portal has to write there."
    if os.geteuid() == 0:
        for parent in tmp_path.parents[:3]:
            parent.chmod(0o711)
        assert refusal_as(ORDINARY, var) == sentence
    else:
        assert said_instead_of_starting(PORTAL_VAR=str(var)) == f"{sentence}\n"


@pytest.mark.slow
def test_full_disk_is_refused_in_one_sentence(tmp_path: Path) -> None:
    # Whatever is written there, the kernel answers that no space is left.
    (tmp_path / ".probe").symlink_to("/dev/full")
    said = said_instead_of_starting(PORTAL_VAR=str(tmp_path))
    assert said == f"The disk that holds {tmp_path} is full: free some space and try again.\n"


@pytest.mark.slow
def test_nearly_full_disk_is_refused_in_one_sentence(var: Path) -> None:
    done = said_on_a_disk("size=20m", var, ROOT / "run")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"The disk that holds {var} is full: ")
    assert done.stderr.endswith("MB are free and 200 MB are needed.\n")


@pytest.mark.slow
def test_read_only_disk_is_refused_in_one_sentence(var: Path) -> None:
    done = said_on_a_disk("ro", var, ROOT / "run")
    sentence = f"The disk that holds {var} is read-only: the portal has to write there.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)


def test_too_little_room_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "ROOM_MB", 10**9)
    with pytest.raises(PlainError, match=r" is full: \d+ MB are free and 1000000000 MB are needed"):
        places.open_places(tmp_path)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "is full: free some space"),
        (errno.EDQUOT, "is full: free some space"),
        (errno.EROFS, "is read-only"),
        (errno.EACCES, "This user may not write to /data"),
        (errno.EPERM, "This user may not write to /data"),
    ],
)
def test_each_fault_of_a_disk_has_its_sentence(number: int, words: str) -> None:
    assert words in disk_sentence(OSError(number, "no"), "/data")
    assert disk_sentence(OSError(errno.EIO, "no"), "/data") is None


def test_folder_in_use_is_refused_with_its_holder(tmp_path: Path) -> None:
    where = places.open_places(tmp_path)
    with places.claim(where), pytest.raises(PlainError, match=f"as process {os.getpid()}"):
        places.claim(where)
    places.claim(where).close()


def test_secret_is_made_once(tmp_path: Path) -> None:
    where = places.open_places(tmp_path)
    first = places.secret(where, "django")
    assert len(first) >= 50
    assert places.secret(where, "django") == first
    assert places.secret(where, "postgres") != first
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_folder_that_another_user_put_in_a_public_place_is_refused(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.symlink_to(ROOT)
    with pytest.raises(PlainError, match="belongs to somebody else"):
        places.owned_folder(trap)


def test_folder_that_others_may_write_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    with pytest.raises(PlainError, match="belongs to somebody else"):
        places.owned_folder(tmp_path)
