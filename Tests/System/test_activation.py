"""The bus starts the service for those who ask it to; nape never does. With a desktop, without one, and after it."""

import pathlib


def test_a_call_starts_the_service(machine):
    assert machine.unit("ActiveState") == "inactive"
    done = machine.as_user(
        "busctl", "--user", "call", "io.github.nape.Nape1", "/io/github/nape/Nape1", "io.github.nape.Nape1.Daemon",
        "Why")
    assert done.stdout.startswith('s "Since ')
    assert machine.unit("ActiveState") == "active"
    owner = machine.as_user("busctl", "--user", "status", "io.github.nape.Nape1").stdout
    assert f"PID={machine.main_pid()}\n" in owner
    assert "UserUnit=nape.service" in owner


def test_nape_does_not_start_it(machine):
    for command in ("status", "why", "break", "resume"):
        done = machine.as_user("nape", command, check=False)
        assert (command, done.returncode, done.stdout) == (command, 69, "")
        assert done.stderr == "nape: naped is not running; start it with: systemctl --user start nape\n"
    assert machine.unit("ActiveState") == "inactive"
    assert machine.unit("InactiveExitTimestampMonotonic") == "0"
    machine.start()
    assert "unknown since" in machine.as_user("nape", "status").stdout


def test_without_a_desktop_it_starts_and_takes_records(machine):
    """From a text console, or by ssh to a machine where the person lingers."""
    machine.leave_under_linger()
    # Enabled, it goes with a desktop, and there is none.
    machine.systemctl("enable", "nape")
    machine.systemctl("start", "default.target")
    assert machine.unit("ActiveState") == "inactive"
    done = machine.as_user(
        "busctl", "--user", "call", "io.github.nape.Nape1", "/io/github/nape/Nape1", "io.github.nape.Nape1.Diary",
        "SetDay", "ss", machine.today(), "none")
    assert done.stdout == ""
    assert (machine.unit("ActiveState"), machine.unit("SubState")) == ("active", "running")
    assert machine.systemctl("is-active", "graphical-session.target", check=False).stdout == "inactive\n"
    assert machine.query("SELECT * FROM day")
    assert machine.unit("StatusText").endswith("; no presence source; degraded")
    # No record is lost for it, and it does not try for ever to be something else.
    assert (machine.unit("NRestarts"), machine.sitting()[0]) == ("0", "unknown")


def test_after_the_desktop_it_is_gone_and_can_be_called_back(machine):
    desktop = pathlib.Path("/etc/systemd/user/desktop.target")
    desktop.write_text("[Unit]\nBindsTo=graphical-session.target\nBefore=graphical-session.target\n")
    machine.systemctl("daemon-reload")
    # Called before there is a desktop, it goes on with it.
    machine.as_user("busctl", "--user", "get-property", *machine.DAEMON, "Version")
    called = machine.main_pid()
    machine.systemctl("start", "desktop.target")
    machine.sit_down()
    assert machine.main_pid() == called
    machine.systemctl("stop", "desktop.target")
    machine.until("it goes with the desktop", lambda: machine.unit("ActiveState") == "inactive")
    assert (machine.unit("Result"), machine.unit("ExecMainStatus")) == ("success", "0")
    machine.as_user("busctl", "--user", "get-property", *machine.DAEMON, "Version")
    assert machine.unit("ActiveState") == "active"
    assert machine.main_pid() != called
    assert ("sitting", "input") in machine.kinds()


def test_where_no_desktop_says_so_it_can_be_had_with_every_login(machine):
    """A bare sway or i3, as the README says."""
    machine.systemctl("add-wants", "default.target", "nape.service")
    machine.systemctl("start", "default.target")
    machine.until("it starts", lambda: machine.unit("ActiveState") == "active")
    machine.sit_down()
    machine.leave_under_linger()
    machine.stop_programs()
    machine.until_sitting("unknown", "source-lost")
    assert (machine.unit("ActiveState"), machine.unit("NRestarts")) == ("active", "0")
