"""Where the data live, and disks that will not hold them."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mutuals_portal.supervisor import places
from mutuals_portal.supervisor.bootstrap import PlainError
from tests.supervisor.portal import ROOT, said_instead_of_starting

ORDINARY = 54_321


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a disk in memory, where the machine lets us."""
    mounted = []

    def mount(options: str) -> Path:
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder]
        if os.geteuid() or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("This user may not mount a disk; the test beside this one needs none.")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", folder], check=True)


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
def test_nearly_full_disk_is_refused_in_one_sentence(disk: Callable[[str], Path]) -> None:
    var = disk("size=20m")
    said = said_instead_of_starting(PORTAL_VAR=str(var))
    assert said.startswith(f"The disk that holds {var} is full: ")
    assert said.endswith("MB are free and 200 MB are needed.\n")


@pytest.mark.slow
def test_read_only_disk_is_refused_in_one_sentence(disk: Callable[[str], Path]) -> None:
    var = disk("ro")
    said = said_instead_of_starting(PORTAL_VAR=str(var))
    assert said == f"The disk that holds {var} is read-only: the portal has to write there.\n"


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
