"""Certain absences, as logind tells of them: the lock and sleep. And its idle hint, where there is no better source."""

import pathlib


def test_locked_is_away(machine):
    machine.start()
    machine.sit_down()
    machine.lock(True)
    machine.until_sitting("away", "locked")
    machine.lock(False)
    machine.until_sitting("away", "idle")
    assert machine.kinds()[-2:] == [("sitting", "input"), ("away", "locked")]
    machine.sit_down()
    assert machine.kinds()[-1] == ("away", "idle")


def test_suspended_is_away_and_stored_before_the_machine_sleeps(machine):
    asleep = pathlib.Path("/run/asleep")
    folder = pathlib.Path("/etc/systemd/system/systemd-suspend.service.d")
    (folder / "look.conf").write_text(
        f"[Service]\nExecStart=\nExecStart=/bin/cp -a {machine.store_path.parent} {asleep}\nExecStart=/bin/sleep 1\n")
    machine.run("systemctl", "daemon-reload")
    machine.start()
    machine.sit_down()

    def locks():
        lines = machine.run("systemd-inhibit", "--list", "--no-legend", "--no-pager").stdout.splitlines()
        return [line for line in lines if line.startswith("nape ")]

    before = locks()
    assert len(before) == 1 and " sleep " in before[0] and before[0].endswith(" delay")
    machine.run("systemctl", "suspend")
    machine.until("the machine is asleep", asleep.exists)
    machine.until_sitting("away", "idle")

    # The store as it was when the machine was about to sleep.
    stored = machine.checkpoint(asleep / "nape.db")
    spans = machine.spans(asleep / "nape.db")
    assert (spans[-1]["kind"], spans[-1]["evidence"]) == ("sitting", "input")
    assert stored["made.boottime_usec"] >= spans[-1]["boottime_usec"] + spans[-1]["length_usec"]

    assert machine.kinds()[-2:] == [("sitting", "input"), ("away", "suspended")]
    assert machine.spans()[-1]["length_usec"] > 500_000
    machine.until("the lock is taken again", lambda: len(locks()) == 1)
    machine.sit_down()


def test_idle_hint_serves_where_nothing_better_is(machine):
    machine.configure('[presence]\naway_after = "2s"\nbreak_after = "1s"\n')
    machine.start()
    assert machine.property("Sitting", "Source") == ""
    assert machine.property("Daemon", "Problems")
    # A hint that never changes may be one that nobody sets.
    machine.tell_login("SetIdleHint", True)
    machine.until("the hint is used", lambda: machine.property("Sitting", "Source") == "logind")
    assert machine.property("Sitting", "Quality") == "coarse"
    assert machine.property("Daemon", "Problems") == []
    machine.tell_login("SetIdleHint", False)
    machine.until_sitting("sitting", "input")
    machine.tell_login("SetIdleHint", True)
    machine.until_sitting("away", "idle")
    assert machine.kinds()[-1] == ("sitting", "input")


def test_another_session_in_front_is_away(machine):
    machine.start()
    machine.sit_down()
    # Somebody else logs in at the same seat.
    machine.run("useradd", "-m", "other")
    service = pathlib.Path("/etc/systemd/system/with-systemd-session.service").read_text()
    pathlib.Path("/etc/systemd/system/other.service").write_text(
        service.replace(f"User={machine.home.name}", "User=other"))
    machine.run("systemctl", "daemon-reload")
    machine.run("systemctl", "start", "other.service")
    front = machine.until(
        "another session",
        lambda: [
            line.split()[0]
            for line in machine.run("loginctl", "list-sessions", "--no-legend").stdout.splitlines()
            if " other " in line
        ])
    machine.run("loginctl", "activate", front[0])
    machine.until_sitting("away", "switched")
    machine.run("loginctl", "activate", machine.session)
    machine.until("it is this session's turn again", lambda: machine.sitting() != ("away", "switched"))
    assert machine.kinds()[-2:] == [("sitting", "input"), ("away", "switched")]
