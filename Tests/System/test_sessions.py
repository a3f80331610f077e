"""Sessions that end, with and without linger."""

import pathlib


def test_the_record_is_stored_when_the_session_ends(machine):
    machine.start()
    machine.sit_down()
    machine.run("loginctl", "terminate-session", machine.session)
    machine.until("the person's manager has ended", lambda: not pathlib.Path(f"/run/user/{machine.uid()}").exists())
    stored = machine.checkpoint()
    assert stored["open.0.kind"] in ("sitting", "unknown")
    assert ("sitting", "input") in machine.kinds() or stored["open.0.kind"] == "sitting"
    for one, next_one in zip(machine.spans(), machine.spans()[1:]):
        assert one["boottime_usec"] + one["length_usec"] == next_one["boottime_usec"]


def test_under_linger_nobody_is_there_when_the_session_has_ended(machine):
    machine.run("loginctl", "enable-linger", machine.home.name)
    machine.start()
    running = machine.main_pid()
    machine.sit_down()
    machine.lock(True)
    machine.until_sitting("away", "locked")
    machine.lock(False)
    machine.sit_down()
    # What the session had started ends with it: the compositor, too.
    machine.stop_programs()
    machine.run("loginctl", "terminate-session", machine.session)
    machine.until("the session has ended", lambda: machine.session not in machine.run("loginctl", "--no-legend").stdout)
    machine.until_sitting("unknown", "source-lost")
    assert machine.main_pid() == running
    assert "degraded" in machine.property("Daemon", "Status")
    assert machine.kinds()[-1] == ("sitting", "input")


def test_a_full_disk_keeps_the_record_waiting(machine):
    folder = machine.store_path.parent
    machine.as_user("mkdir", "-p", folder)
    machine.run("mount", "-t", "tmpfs", "-o", f"size=2M,mode=0700,uid={machine.uid()},gid={machine.uid()}", "tmpfs", folder)
    machine.start()
    machine.sit_down()
    machine.run("dd", "if=/dev/zero", f"of={folder}/filler", check=False)
    # Each change writes to the log of the store, which has some room in its file yet.
    for index in range(200):
        machine.as_user("nape", "standing" if index % 2 else "sitting")
        if machine.property("Daemon", "Problems"):
            break
    assert any("The store does not take records" in problem for problem in machine.property("Daemon", "Problems"))
    before = len(machine.spans())
    machine.as_user("nape", "standing")
    machine.as_user("nape", "sitting")
    (folder / "filler").unlink()
    machine.as_user("nape", "standing")
    machine.until("the store takes records", lambda: machine.property("Daemon", "Problems") == [])
    assert len(machine.spans()) > before
    for one, next_one in zip(machine.spans(), machine.spans()[1:]):
        assert one["boottime_usec"] + one["length_usec"] == next_one["boottime_usec"]
