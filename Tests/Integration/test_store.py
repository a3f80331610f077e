"""The store on the disk: private, and never given up."""
import contextlib
import os
import sqlite3
import stat

import pytest

from desk import QUICK, SETTINGS, binary
from waiting import eventually

PATIENT = {**QUICK, "presence.break_after": "30s", "presence.away_after": "1min", "prompts.move.again": ["2s", "20min"]}


def mode(path):
    return stat.S_IMODE(os.stat(path, follow_symlinks=False).st_mode)


def refused(desk, *words):
    """Starts a daemon that does not start, and returns what it says."""
    done = desk.run(binary("naped"))
    assert done.returncode == 1, done.stderr
    for word in words:
        assert word in done.stderr
    return done.stderr


def test_store_is_for_its_person_alone(desk):
    with desk.identity():
        os.umask(0)
    daemon = desk.naped(SETTINGS)
    assert mode(desk.store.parent) == 0o700
    files = list(desk.store.parent.iterdir())
    assert {file.name for file in files} >= {"nape.db"}
    for file in files:
        assert mode(file) == 0o600, file
    assert daemon.stop() == 0


def test_rights_of_others_are_taken_away(desk):
    desk.store.parent.mkdir(mode=0o755)
    desk.store.parent.chmod(0o755)
    desk.store.touch()
    desk.store.chmod(0o644)
    desk.naped(SETTINGS)
    assert mode(desk.store.parent) == 0o700
    assert mode(desk.store) == 0o600


def test_link_in_place_of_the_store_is_refused(desk):
    target = desk.home / "target"
    desk.store.parent.mkdir()
    desk.store.symlink_to(target)
    refused(desk, str(desk.store))
    assert not target.exists()


@pytest.mark.parametrize("what", ["fifo", "folder", "newer"])
def test_what_is_no_store_is_refused_and_left_as_it_is(desk, what):
    desk.store.parent.mkdir()
    if what == "fifo":
        os.mkfifo(desk.store)
    elif what == "folder":
        desk.store.mkdir()
    else:
        with contextlib.closing(sqlite3.connect(desk.store)) as database:
            database.execute("PRAGMA user_version = 9999")
    refused(desk)


def set_aside(desk):
    return sorted(path for path in desk.store.parent.glob("nape.db.damaged-*") if path.suffix[-4:] not in ("-wal", "-shm"))


def test_damaged_store_is_set_aside_and_a_new_one_begun(desk):
    desk.store.parent.mkdir()
    desk.store.write_text("dear diary\n" * 1000)
    mutter = desk.mutter()
    daemon = desk.naped(SETTINGS)
    aside = set_aside(desk)
    assert len(aside) == 1
    assert aside[0].read_text() == "dear diary\n" * 1000
    assert any(str(aside[0]) in problem for problem in daemon.problems)
    assert str(aside[0]) in desk.nape("doctor").stdout
    mutter.sit_down(daemon)
    assert daemon.stop() == 0
    assert [span["kind"] for span in desk.spans()] == ["unknown"]
    assert desk.checkpoint()["open.0.kind"] == "sitting"
    # It is told for as long as it lies there.
    daemon = desk.naped(SETTINGS)
    assert any(str(aside[0]) in problem for problem in daemon.problems)
    assert set_aside(desk) == aside


def test_store_that_is_damaged_while_the_daemon_runs_loses_nothing_from_then_on(desk):
    mutter = desk.mutter()
    daemon = desk.naped({**SETTINGS, "prompts.move.enabled": False, "presence.away_after": "1min"})
    mutter.sit_down(daemon)
    assert desk.nape("warning-signs", "--tick", "cancer").returncode == 0
    assert "prompts rest" in daemon.call("Daemon", "Why")
    assert "nape warning-signs --resume" in desk.nape("why").stdout
    # The disk turns every page of the database and of its log to rubbish, under the daemon.
    for file in (desk.store, desk.store.with_name("nape.db-wal")):
        size = file.stat().st_size
        with open(file, "r+b") as bytes_of:
            bytes_of.write(b"\xa5" * size)
    # Another program's change makes the daemon's connection look at the pages anew.
    desk.run("/usr/bin/python3", "-c", "import sys; open(sys.argv[1], 'r+b').write(bytes(48))", f"{desk.store}-shm")

    def told():
        daemon.call("Sitting", "SetPosture", "s", "standing")
        daemon.call("Sitting", "SetPosture", "s", "sitting")
        return set_aside(desk)

    aside = eventually("it is set aside", told)
    assert any(str(aside[0]) in problem for problem in daemon.problems)
    assert "prompts rest" not in daemon.call("Daemon", "Why"), "nothing is left of the old one"
    assert daemon.stop() == 0
    with contextlib.closing(sqlite3.connect(desk.store)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert desk.spans()[-1]["kind"] in ("sitting", "standing")
    desk.assert_ledger_is_whole()


@pytest.mark.parametrize("rights", [0o400, 0o000])
def test_store_that_takes_no_writes_at_the_start_takes_records_later(nobodys_desk, rights):
    """A home that is read-only, as after an error of the disk: prompts go on, and nothing is lost."""
    desk = nobodys_desk
    sway, mako = desk.sway(), desk.mako()
    settings = {**QUICK, "presence.away_after": "1min", "presence.break_after": "30s"}
    desk.naped(settings).stop()
    before = desk.spans()
    desk.store.chmod(rights)
    desk.store.parent.chmod(0o500)
    daemon = desk.naped()
    eventually("it is told", lambda: any("store" in problem for problem in daemon.problems))
    prompt = sway.type_until_prompt(daemon)
    eventually("mako shows the prompt", lambda: "Going" in mako.list())
    desk.store.parent.chmod(0o700)
    desk.store.chmod(0o600)
    assert desk.spans() == before
    # It is tried again each minute, and when something is to be recorded.
    daemon.call("Sitting", "SetPosture", "s", "standing")
    eventually("it is told no more", lambda: not any("store" in problem for problem in daemon.problems))
    assert daemon.stop() == 0
    assert [row["id"] for row in desk.prompts()] == [prompt]
    assert (prompt > 1_000_000) == (rights == 0), "no number that an unread store may have given before"
    assert {span["kind"] for span in desk.spans()[:-1]} == {"unknown"}
    assert desk.spans()[-1]["kind"] == "sitting"
    assert desk.checkpoint()["open.0.kind"] == "standing"
    desk.assert_ledger_is_whole()


def test_folder_that_cannot_be_made_is_told(desk):
    desk.data.rmdir()
    desk.data.write_text("")
    refused(desk, str(desk.data))


def test_without_a_home_it_says_that_it_does_not_know_where(desk):
    del desk.environment["XDG_DATA_HOME"], desk.environment["HOME"]
    done = desk.run(binary("naped"))
    assert done.returncode == 78
    assert "XDG_DATA_HOME" in done.stderr


def test_store_that_another_program_holds_loses_nothing(desk):
    mutter, server = desk.mutter(), desk.notification_server()
    daemon = desk.naped({**PATIENT, "prompts.move.after": "3s"})
    mutter.sit_down(daemon)
    with contextlib.closing(sqlite3.connect(desk.store, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        # What happens meanwhile cannot be stored.
        prompt = mutter.type_until_prompt(daemon)
        server.wait_shown()
        server.ActionInvoked(server.last_id, "a3")
        daemon.call("Sitting", "SetPosture", "s", "standing")
        eventually("it is told", lambda: any("store" in problem for problem in daemon.problems))
        mutter.type_for(3)
        other.execute("ROLLBACK")
    daemon.call("Sitting", "SetPosture", "s", "sitting")
    eventually("it is told no more", lambda: not any("store" in problem for problem in daemon.problems))
    assert desk.prompts()[-1]["outcome"] == "skipped"
    assert desk.prompts()[-1]["id"] == prompt
    assert [span["kind"] for span in desk.spans()] == ["unknown", "sitting", "standing"]
    desk.assert_ledger_is_whole()


def test_store_that_is_held_at_the_stop_keeps_what_was_there(desk):
    """The stop does not wait for ever."""
    mutter = desk.mutter()
    daemon = desk.naped({**SETTINGS, "prompts.move.enabled": False})
    mutter.sit_down(daemon)
    with contextlib.closing(sqlite3.connect(desk.store, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        daemon.process.terminate()
        daemon.wait_end()
        other.execute("ROLLBACK")
    assert desk.checkpoint()["open.0.kind"] == "sitting"


def test_store_that_is_held_at_the_start_takes_records_later(desk):
    mutter = desk.mutter()
    desk.naped({**SETTINGS, "prompts.move.enabled": False}).stop()
    with contextlib.closing(sqlite3.connect(desk.store, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        daemon = desk.naped()
        eventually("it is told", lambda: any("store" in problem for problem in daemon.problems))
        other.execute("ROLLBACK")
    mutter.sit_down(daemon)
    eventually("it is told no more", lambda: not any("store" in problem for problem in daemon.problems))
    assert daemon.stop() == 0
    assert [span["kind"] for span in desk.spans()] == ["unknown", "unknown"]
    assert desk.checkpoint()["open.0.kind"] == "sitting"
    desk.assert_ledger_is_whole()


def test_store_is_sound_after_all(desk):
    mutter, _ = desk.mutter(), desk.notification_server()
    daemon = desk.naped(QUICK)
    mutter.type_until_prompt(daemon)
    daemon.kill()
    with contextlib.closing(sqlite3.connect(desk.store)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA journal_mode").fetchall() == [("wal",)]
