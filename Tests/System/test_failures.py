"""What happens when the daemon dies, hangs, or is started in a way that cannot work."""

import os
import pathlib
import signal
import subprocess
import time


def test_a_killed_daemon_loses_nothing_that_was_stored(machine):
    machine.start()
    machine.sit_down()
    time.sleep(2)
    # Whatever changes brings a checkpoint along.
    machine.as_user("nape", "pause", "1h")
    checkpoint = machine.checkpoint()
    assert checkpoint["open.0.kind"] == "sitting"
    before = [tuple(span) for span in machine.spans()]
    killed = machine.main_pid()
    time.sleep(1)
    os.kill(killed, signal.SIGKILL)
    machine.restarted(after=killed)
    assert machine.unit("NRestarts") == "1"
    assert machine.sitting() == ("unknown", "not-running")
    # The pause goes on, too.
    assert machine.property("Prompts", "PausedUntilTimestamp") > time.time() * 1e6

    machine.sit_down()
    after = machine.spans()
    assert [tuple(span) for span in after[: len(before)]] == before
    sitting, down = after[len(before):]
    assert (sitting["kind"], sitting["evidence"]) == ("sitting", "input")
    assert sitting["boottime_usec"] == checkpoint["open.0.boottime_usec"]
    assert sitting["length_usec"] == checkpoint["open.0.length_usec"] >= 2_000_000
    assert (down["kind"], down["evidence"]) == ("unknown", "not-running")
    assert down["boottime_usec"] == checkpoint["made.boottime_usec"]
    # Killed one second after the checkpoint, started again five seconds later.
    assert down["length_usec"] >= 6_000_000
    for one, next_one in zip(after, after[1:]):
        assert one["boottime_usec"] + one["length_usec"] == next_one["boottime_usec"]


def test_a_hung_daemon_is_killed_by_the_watchdog(machine):
    # It is fed each three to four and a half seconds.
    machine.drop_in("[Service]\nWatchdogSec=6s\nRestartSec=100ms\n")
    machine.start()
    running = machine.main_pid()
    fed = {machine.unit("WatchdogTimestampMonotonic")}

    def is_fed_twice():
        fed.add(machine.unit("WatchdogTimestampMonotonic"))
        return len(fed) > 2
    machine.until("while it works it feeds the watchdog", is_fed_twice)
    assert (machine.main_pid(), machine.unit("NRestarts")) == (running, "0")
    os.kill(running, signal.SIGSTOP)
    machine.restarted(after=running)
    assert machine.unit("NRestarts") == "1"
    assert "Watchdog timeout" in machine.unit_journal()
    assert not os.path.exists(f"/proc/{running}")


def test_a_second_daemon_leaves_the_first_alone(machine):
    machine.start()
    machine.sit_down()
    first = machine.main_pid()
    second = machine.as_user("/usr/bin/naped")
    assert second.stdout == ""
    assert second.stderr == "naped: another naped is running in this session; it stays\n"
    assert machine.main_pid() == first
    assert machine.sitting() == ("sitting", "input")
    assert machine.property("Sitting", "Source") == "wayland"


def test_a_wrong_argument_is_not_tried_again(machine):
    machine.drop_in("[Service]\nExecStart=\nExecStart=/usr/bin/naped --nonsense\nRestartSec=100ms\n")
    assert machine.systemctl("start", "nape", check=False).returncode != 0
    # One that is to be tried again is in auto-restart.
    machine.until("it has failed", lambda: machine.unit("SubState") == "failed")
    assert machine.unit("ExecMainStatus") == "64"
    assert machine.unit("NRestarts") == "0"
    assert "--nonsense: naped takes no arguments" in machine.unit_journal()


def test_without_a_home_it_is_not_tried_again(machine):
    machine.drop_in("[Service]\nUnsetEnvironment=HOME XDG_DATA_HOME\nRestartSec=100ms\n")
    assert machine.systemctl("start", "nape", check=False).returncode != 0
    machine.until("it has failed", lambda: machine.unit("SubState") == "failed")
    assert (machine.unit("ExecMainStatus"), machine.unit("NRestarts")) == ("78", "0")
    assert "neither XDG_DATA_HOME nor HOME says where the store is" in machine.unit_journal()
    # By the bus it fails as it does by hand, and at once.
    done = machine.as_user("busctl", "--user", "get-property", *machine.DAEMON, "Version", check=False)
    assert done.returncode != 0


def test_a_second_instance_is_not_tried_again(machine):
    """The unit is told to start beside a naped that somebody has started by hand."""
    by_hand = subprocess.Popen(["as-user", "/usr/bin/naped"])
    try:
        ask = ["busctl", "--user", "--auto-start=no", "get-property", *machine.DAEMON, "Version"]
        machine.until("it is there", lambda: machine.as_user(*ask, check=False).returncode == 0)
        machine.drop_in("[Service]\nRestartSec=100ms\n")
        assert machine.systemctl("start", "nape", check=False).returncode != 0
        machine.until("it has failed", lambda: machine.unit("SubState") == "failed")
        assert (machine.unit("ExecMainStatus"), machine.unit("NRestarts")) == ("0", "0")
        assert "another naped is running in this session; it stays" in machine.unit_journal()
        assert by_hand.poll() is None
    finally:
        by_hand.terminate()
        by_hand.wait()


def test_wrong_settings_of_the_system_stop_nothing(machine):
    folder = pathlib.Path("/etc/nape")
    folder.mkdir()
    for text in ("[prompts\n", "nonsense = 1\n", '[prompts.move]\nafter = "soon"\n', "\x00"):
        (folder / "nape.toml").write_text(text)
        machine.systemctl("restart", "nape")
        assert (machine.unit("ActiveState"), machine.unit("NRestarts")) == ("active", "0")
        assert any("/etc/nape/nape.toml" in problem for problem in machine.property("Daemon", "Problems"))
        assert machine.unit("StatusText").endswith("; degraded")
    (folder / "nape.toml").unlink()
    (folder / "nape.toml").mkdir()
    machine.systemctl("restart", "nape")
    assert any("/etc/nape/nape.toml" in problem for problem in machine.property("Daemon", "Problems"))


def test_a_store_that_cannot_be_opened_is_tried_again(machine):
    machine.drop_in("[Service]\nRestartSec=200ms\nStartLimitBurst=100\n[Unit]\nStartLimitBurst=100\n")
    machine.as_user("mkdir", "-p", machine.store_path)
    assert machine.systemctl("start", "nape", check=False).returncode != 0
    machine.until("it is tried again", lambda: int(machine.unit("NRestarts")) > 1)
    assert "the store cannot be opened" in machine.unit_journal()
    machine.store_path.rmdir()
    machine.until("it starts", lambda: machine.unit("ActiveState") == "active")
    assert machine.property("Daemon", "Version")
