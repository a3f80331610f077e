"""Clocks that jump under the running daemon (clockjump, see Tests/Support): sleep that nobody announced, and steps of the
wall clock."""
import contextlib
import sqlite3
import subprocess

import pytest

from clocks import Clocks
from desk import SETTINGS, binary
from waiting import eventually, wait

PATIENT = {**SETTINGS, "prompts.move.enabled": False, "presence.break_after": "5min", "presence.away_after": "10min"}


@pytest.fixture
def clocks(desk):
    return Clocks(desk)


def test_sleep_that_nobody_announced_is_an_absence(desk, clocks):
    mutter = desk.mutter()
    daemon = desk.naped(PATIENT, environment=clocks.environment)
    mutter.sit_down(daemon)
    mutter.type_for(2)
    clocks.sleep(3600)
    daemon.wait_state("away/idle")
    mutter.sit_down(daemon)
    mutter.type_for(1)
    assert daemon.stop() == 0

    spans = desk.spans()
    slept = [span for span in spans if (span["kind"], span["evidence"]) == ("away", "suspended")]
    assert len(slept) == 1, spans
    assert abs(slept[0]["length_usec"] / 1e6 - 3600) < 5
    sitting = [span for span in spans if span["kind"] == "sitting"]
    assert sum(span["length_usec"] for span in sitting) / 1e6 < 60
    # Where the first key is what wakes the daemon up, nothing lies between the sleep and the return.
    assert [span["evidence"] for span in spans][:3] == ["not-running", "input", "suspended"]
    assert desk.rows("clock_step", "1") == []
    desk.assert_ledger_is_whole()


def test_sleep_while_away_ends_no_second_break(desk, clocks):
    mutter, _ = desk.mutter(), desk.notification_server()
    daemon = desk.naped(SETTINGS, environment=clocks.environment)
    mutter.sit_down(daemon)
    daemon.wait_state("away/idle")
    clocks.sleep(7200)
    mutter.sit_down(daemon)
    assert daemon.get("Sitting", "BoutUSec") < 60_000_000
    assert daemon.stop() == 0
    away = [span for span in desk.spans() if span["kind"] == "away"]
    assert abs(sum(span["length_usec"] for span in away) / 1e6 - 7200) < 60
    desk.assert_ledger_is_whole()


def test_an_hour_of_sleep_in_the_middle_of_typing(desk, clocks):
    mutter = desk.mutter()
    daemon = desk.naped(PATIENT, environment=clocks.environment)
    mutter.sit_down(daemon)
    mutter.type_for(2)
    clocks.sleep(3600)
    # The keys go on as if nothing had been.
    mutter.type_for(3)
    daemon.wait_state("sitting/input")
    assert daemon.get("Sitting", "BoutUSec") < 60_000_000, "the hour ended the bout"
    assert daemon.stop() == 0
    spans = desk.spans()
    assert abs(sum(span["length_usec"] for span in spans if span["kind"] == "away") / 1e6 - 3600) < 10
    assert sum(span["length_usec"] for span in spans if span["kind"] == "sitting") / 1e6 < 60
    desk.assert_ledger_is_whole()


@pytest.mark.parametrize("step", [90, -90, 86400, -86400])
def test_step_of_the_wall_clock_is_marked_and_changes_no_total(desk, clocks, step):
    mutter = desk.mutter()
    daemon = desk.naped(PATIENT, environment=clocks.environment)
    mutter.sit_down(daemon)
    mutter.type_for(1)
    clocks.jump(wall=step)
    # clockjump cannot cancel a timer, as the kernel does: the step is noticed with the next thing that happens.
    daemon.call("Prompts", "Resume")
    eventually("the step is marked", lambda: desk.rows("clock_step", "1"))
    mutter.type_for(1)
    assert daemon.state == "sitting/input"
    sat = daemon.get("Sitting", "BoutUSec") / 1e6
    assert 2 < sat < 60
    assert daemon.stop() == 0

    marks = desk.rows("clock_step", "1")
    assert len(marks) == 1 and abs(marks[0]["step_usec"] / 1e6 - step) < 1
    checkpoint = desk.checkpoint()
    # One span on either side of the step, each with its own wall time.
    before, after = (checkpoint[f"open.{index}.utc_usec"] / 1e6 for index in (0, 1))
    assert checkpoint["open.0.kind"] == checkpoint["open.1.kind"] == "sitting"
    assert abs(after - before - checkpoint["open.0.length_usec"] / 1e6 - step) < 1
    assert checkpoint["open.0.boottime_usec"] + checkpoint["open.0.length_usec"] == checkpoint["open.1.boottime_usec"]
    assert abs(checkpoint["open.0.length_usec"] + checkpoint["open.1.length_usec"] - sat * 1e6) < 1e6


def test_deadlines_follow_boot_time_and_not_the_wall_clock(desk, clocks):
    mutter, server = desk.mutter(), desk.notification_server()
    daemon = desk.naped(
        {**PATIENT, "prompts.move.enabled": True, "prompts.move.after": "4s"}, environment=clocks.environment)
    mutter.sit_down(daemon)
    clocks.jump(wall=-86400)
    mutter.type_until("the prompt is shown", lambda: server.notified)


def test_start_in_a_new_boot_takes_the_time_down_from_the_wall_clock(desk):
    """A checkpoint of another boot, whose stamps are larger than now."""
    mutter = desk.mutter()
    daemon = desk.naped(PATIENT)
    mutter.sit_down(daemon)
    mutter.type_for(1)
    assert daemon.stop() == 0
    change(desk, "UPDATE checkpoint SET value = 'another-boot' WHERE name = 'boot_id'")
    change(desk, "UPDATE checkpoint SET value = value + 1000000000000 WHERE name LIKE '%boottime_usec'")
    wait(2)
    daemon = desk.naped()
    mutter.sit_down(daemon)
    assert daemon.stop() == 0
    spans = desk.spans()
    assert [span["kind"] for span in spans][:3] == ["unknown", "sitting", "unknown"]
    down = spans[2]
    assert (down["boot_id"], down["evidence"]) == ("another-boot", "not-running")
    assert 1 < down["length_usec"] / 1e6 < 60
    assert daemon.process.returncode == 0


def change(desk, sql):
    with contextlib.closing(sqlite3.connect(desk.store)) as database, database:
        database.execute(sql)


def test_program_is_one_that_the_clocks_of_a_test_reach():
    """LD_PRELOAD does nothing to a program without a dynamic loader; then the tests above would say nothing."""
    headers = subprocess.run(["readelf", "-l", binary("naped")], capture_output=True, text=True, check=True).stdout
    assert "INTERP" in headers
