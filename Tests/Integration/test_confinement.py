"""What naped may reach, asked of the kernel from within the daemon, and what is told when that is too little."""
import errno
import os
import shutil
import socket
import struct
import subprocess
import sys

import pytest

from desk import SETTINGS, SUPPORT
from waiting import eventually

sys.path.insert(0, str(SUPPORT))
from inside import Inside  # noqa: E402

RESTART = "systemctl --user restart nape"
QUIET = {**SETTINGS, "prompts.move.enabled": False}
PROGRAMME = """\
name = "Plan"

[[week]]
number = 1
desk = ["E14"]
"""


def private_key(desk):
    folder = desk.home / ".ssh"
    folder.mkdir(mode=0o700)
    (folder / "id_ed25519").write_text("a key")
    return folder / "id_ed25519"


def at_port(number):
    """A `struct sockaddr_in` of this machine."""
    return struct.pack("=H", socket.AF_INET) + struct.pack(">H", number) + bytes([127, 0, 0, 1]) + bytes(8)


def move_after(desk):
    """What is in force, in minutes, as the record tells."""
    rows = [row["value"] for row in desk.rows("setting", "number") if row["key"] == "prompts.move.after"]
    return rows[-1]


def reload_is_refused(daemon):
    with pytest.raises(Exception) as refusal:
        daemon.call("Daemon", "Reload")
    return str(refusal.value)


# What the kernel answers

def test_files_are_out_of_reach_but_for_its_own(desk):
    key = private_key(desk)
    outside = desk.home / "letters"
    outside.mkdir()
    (outside / "letter").write_text("")
    daemon = desk.naped(QUIET)
    inside = Inside(daemon.process.pid)
    home = os.fsencode(str(desk.home))

    assert inside.opens(key) == "EACCES"
    assert inside.opens(outside / "letter") == "EACCES"
    assert inside.opens(outside / "letter", os.O_RDWR) == "EACCES"
    assert inside.opens(outside, os.O_RDONLY | os.O_DIRECTORY) == "EACCES"
    assert inside.opens(desk.home / "new", os.O_WRONLY | os.O_CREAT) == "EACCES"
    assert inside.opens("/tmp/nape-new", os.O_WRONLY | os.O_CREAT) == "EACCES"
    assert inside.opens(desk.runtime / "new", os.O_WRONLY | os.O_CREAT) == "EACCES"
    assert inside.opens(desk.settings_file, os.O_WRONLY) == "EACCES"
    assert inside.opens("/proc/self/mem", os.O_RDWR) == "EACCES"
    assert inside.opens("/dev/tty", os.O_RDWR) == "EACCES"
    assert inside.call("mkdir", home + b"/folder", 0o700) == "EACCES"
    assert inside.call("unlink", home + b"/letters/letter") == "EACCES"
    assert inside.call("rename", home + b"/letters/letter", home + b"/letters/other") == "EACCES"
    assert inside.call("symlink", b"/", home + b"/link") == "EACCES"
    # Programs can be read and not run: no word of a list of arguments, none of an environment.
    assert inside.opens("/usr/bin/true") == "open"
    assert inside.call("execve", b"/usr/bin/true", 0, 0) == "EACCES"

    assert inside.opens(desk.store, os.O_RDWR) == "open"
    assert inside.opens(desk.store.parent / "new", os.O_RDWR | os.O_CREAT | os.O_TRUNC) == "open"
    assert inside.call("unlink", os.fsencode(str(desk.store.parent / "new"))) == 0
    own = (desk.store.parent, desk.settings_file.parent, desk.runtime)
    for folder in (*own, "/etc", "/run", "/usr/lib", "/dev", "/dev/pts"):
        assert inside.opens(folder, os.O_RDONLY | os.O_DIRECTORY) == "open", folder
    for file in (desk.settings_file, "/etc/hostname", "/dev/null", "/dev/urandom", "/proc/sys/kernel/random/boot_id",
                 "/usr/share/zoneinfo/Asia/Tokyo"):
        assert inside.opens(file) == "open", file
    # It was there all the time.
    assert daemon.is_running
    assert (outside / "letter").exists()
    assert not (desk.home / "new").exists()
    assert daemon.problems == [problem for problem in daemon.problems if "no presence source" in problem]
    assert daemon.stop() == 0


def test_the_network_and_other_processes_are_out_of_reach(desk):
    """Without the unit, whose filter would refuse them sooner."""
    daemon = desk.naped(QUIET)
    inside = Inside(daemon.process.pid)
    with socket.create_server(("127.0.0.1", 0)) as server:
        stream = inside.call("socket", socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_CLOEXEC, 0)
        assert inside.call("connect", stream, at_port(server.getsockname()[1]), 16) == "EACCES"
        assert inside.call("close", stream) == 0
    assert inside.call("kill", os.getpid(), 0) == "EPERM"
    assert inside.call("kill", daemon.process.pid, 0) == 0
    assert "NoNewPrivs:\t1\n" in open(f"/proc/{daemon.process.pid}/status").read()
    # Abstract sockets are those of X servers and buses.
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(f"\0nape-test-{os.getpid()}")
        server.listen()
        address = struct.pack("=H", socket.AF_UNIX) + server.getsockname()
        stream = inside.call("socket", socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC, 0)
        assert inside.call("connect", stream, address, len(address)) == 0
        assert inside.call("close", stream) == 0


# Kernels

@pytest.fixture(scope="session")
def preloaded(tmp_path_factory):
    library = tmp_path_factory.mktemp("landlock") / "landlock.so"
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", library, SUPPORT / "landlock.c", "-ldl"], check=True)
    return {"LD_PRELOAD": str(library)}


@pytest.mark.parametrize("abi", range(1, 7))
def test_what_an_older_kernel_can_refuse_is_refused(desk, preloaded, abi):
    key = private_key(desk)
    desk.mutter()
    daemon = desk.naped(QUIET, environment={**preloaded, "LANDLOCK_ABI": str(abi)})
    inside = Inside(daemon.process.pid)
    assert inside.opens(key) == "EACCES"
    assert inside.opens(desk.home / "new", os.O_WRONLY | os.O_CREAT) == "EACCES"
    assert inside.opens(desk.store, os.O_RDWR) == "open"
    assert inside.call("kill", os.getpid(), 0) == ("EPERM" if abi >= 6 else 0)
    stream = inside.call("socket", socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_CLOEXEC, 0)
    assert inside.call("connect", stream, at_port(1), 16) == ("EACCES" if abi >= 4 else "ECONNREFUSED")
    eventually("nothing is wrong", lambda: daemon.problems == [])
    assert daemon.stop() == 0
    assert "open.0.kind" in desk.checkpoint()


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_kernel_without_it_is_no_problem(desk, preloaded, code):
    desk.mutter()
    daemon = desk.naped(QUIET, environment={**preloaded, "LANDLOCK_ERRNO": str(code)})
    eventually("nothing is wrong", lambda: daemon.problems == [])
    assert Inside(daemon.process.pid).opens(private_key(desk)) == "open"


@pytest.mark.parametrize("code, advice", [
    (errno.EPERM, ": a filter of system calls may lack Landlock's three."), (errno.EINVAL, ".")])
def test_a_kernel_that_refuses_it_is_a_problem(desk, preloaded, code, advice):
    daemon = desk.naped(QUIET, environment={**preloaded, "LANDLOCK_ERRNO": str(code)})
    assert [problem for problem in daemon.problems if "confine" in problem] == [
        f"naped could not confine itself to its own files ({os.strerror(code)}){advice}"]
    assert any(message.get("STATUS", "").endswith("; degraded") for message in daemon.messages())


# Settings

def test_the_settings_folder_may_come_later(desk):
    desk.settings_file.parent.rmdir()
    desk.mutter()
    daemon = desk.naped()
    desk.write_settings({"prompts.move.after": "33min"})
    daemon.call("Daemon", "Reload")
    assert move_after(desk) == "33min"


def test_a_link_that_is_there_at_the_start_is_followed_ever_after(desk):
    dotfiles = desk.home / "dotfiles" / "nape"
    dotfiles.mkdir(parents=True)
    desk.settings_file.symlink_to(dotfiles / "nape.toml")
    (dotfiles / "nape.toml").write_text('prompts.move.after = "33min"\n')
    desk.mutter()
    daemon = desk.naped()
    # As editors and git do it.
    (dotfiles / "new").write_text('prompts.move.after = "44min"\n')
    (dotfiles / "new").rename(dotfiles / "nape.toml")
    daemon.call("Daemon", "Reload")
    assert move_after(desk) == "44min"


def test_a_mask_opens_no_devices(desk):
    desk.write_settings(QUIET)
    (desk.settings_file.parent / "nape.toml.d").mkdir()
    (desk.settings_file.parent / "nape.toml.d" / "10-mask.toml").symlink_to("/dev/null")
    inside = Inside(desk.naped().process.pid)
    assert (inside.opens("/dev/null"), inside.opens("/dev/zero")) == ("open", "EACCES")


def test_a_link_elsewhere_is_refused_with_what_helps(desk):
    (desk.home / "elsewhere").mkdir()
    (desk.home / "elsewhere" / "nape.toml").write_text('prompts.move.after = "44min"\n')
    daemon = desk.naped({"prompts.move.after": "33min"})
    desk.settings_file.unlink()
    desk.settings_file.symlink_to(desk.home / "elsewhere" / "nape.toml")
    refusal = reload_is_refused(daemon)
    assert str(desk.settings_file) in refusal and RESTART in refusal
    assert move_after(desk) == "33min"
    daemon.stop()
    again = desk.naped()
    assert move_after(desk) == "44min"


def test_a_programme_elsewhere_is_refused_with_what_helps(desk):
    first, second = desk.home / "first" / "plan.toml", desk.home / "second" / "plan.toml"
    for path in (first, second):
        path.parent.mkdir()
        path.write_text(PROGRAMME)
    desk.mutter()
    daemon = desk.naped({**QUIET, "exercises.programme": str(first)})
    eventually("nothing is wrong", lambda: daemon.problems == [])
    # Another file in its place, as editors make it.
    (first.parent / "new").write_text(PROGRAMME)
    (first.parent / "new").rename(first)
    daemon.call("Daemon", "Reload")
    assert daemon.problems == []

    desk.write_settings({**QUIET, "exercises.programme": str(second)})
    daemon.call("Daemon", "Reload")
    assert daemon.problems == [
        f"exercises.programme: {second} is in no folder that naped may read since its start; the programme before "
        f"stays in force. To take it in: {RESTART}"]
    daemon.stop()
    again = desk.naped()
    eventually("the restart helps", lambda: again.problems == [])


def test_a_programme_in_the_home_itself_does_not_open_the_home(desk):
    key = private_key(desk)
    path = desk.home / "plan.toml"
    path.write_text(PROGRAMME)
    desk.mutter()
    daemon = desk.naped({**QUIET, "exercises.programme": "~/plan.toml"})
    eventually("nothing is wrong", lambda: daemon.problems == [])
    inside = Inside(daemon.process.pid)
    assert (inside.opens(path), inside.opens(key)) == ("open", "EACCES")


# The store

def test_a_store_that_is_put_elsewhere_is_told_and_mended_by_a_restart(desk):
    mutter = desk.mutter()
    daemon = desk.naped(QUIET)
    mutter.sit_down(daemon)
    aside = desk.data / "aside"
    desk.store.parent.rename(aside)
    daemon.call("Prompts", "Pause", "t", 3_600_000_000)
    problem, = eventually("it is told", lambda: daemon.problems)
    assert problem.startswith(f"The store does not take records: {desk.store}: it was removed, or another one was put")
    # What is asked for next is to look again.
    daemon.call("Prompts", "Resume")
    problem, = eventually("the restart is told of", lambda: [one for one in daemon.problems if RESTART in one])
    assert "The store does not take records" in problem
    assert not desk.store.exists()
    assert daemon.stop() == 0
    # Nothing of what was put aside is lost.
    assert "open.0.kind" in {row[0] for row in desk_rows(aside / "nape.db")}
    again = desk.naped()
    eventually("the restart helps", lambda: again.problems == [])
    assert desk.store.exists()


def desk_rows(path):
    import contextlib
    import sqlite3
    with contextlib.closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT name, value FROM checkpoint").fetchall()


def test_a_store_that_is_replaced_in_its_folder_goes_on_as_a_new_one(desk):
    mutter = desk.mutter()
    daemon = desk.naped(QUIET)
    mutter.sit_down(daemon)
    for path in desk.store.parent.iterdir():
        shutil.move(path, desk.home / path.name)
    daemon.call("Prompts", "Pause", "t", 3_600_000_000)
    eventually("it is told", lambda: any("it was removed" in problem for problem in daemon.problems))
    daemon.call("Prompts", "Resume")
    eventually("it goes on", lambda: daemon.problems == [])
    assert desk.checkpoint()["open.0.kind"] == "sitting"
    assert daemon.stop() == 0


# X

def test_a_cookie_that_is_replaced_is_told_and_read_after_a_restart(desk):
    old, new = bytes(range(16)), bytes(range(16, 32))
    x11 = desk.x11(cookie=old)
    daemon = desk.naped({**QUIET, "presence.sources": ["x11"]})
    eventually("x11 is the source", lambda: daemon.get("Sitting", "Source") == "x11")
    x11.kill()
    daemon.wait_state("unknown/source-lost")
    # xauth(1) writes a new file and gives it the name.
    (desk.home / "Xauthority").unlink()
    desk.x11(number=x11.number, cookie=new)
    told = eventually("it is told", lambda: [one for one in daemon.problems if "cookie" in one])
    assert RESTART in told[0]
    daemon.stop()
    again = desk.naped()
    eventually("x11 is the source", lambda: again.get("Sitting", "Source") == "x11")
