"""A Wayland compositor that tells of input and of inhibitors, and one that fails."""
import time

import dbus

from desk import SETTINGS
from fake_compositor import FakeCompositor, words
from peers import Properties
from waiting import eventually, wait

# A header with a length that cannot be; of random bytes one may be the start of a long message.
RUBBISH = b"\xde\xad\xbe\xef" * 1024

QUIET = {
    **SETTINGS, "prompts.move.enabled": False, "presence.sources": ["wayland"], "presence.passive_limit": "1min",
    "presence.away_after": "4s", "presence.break_after": "2s"}


def wait_source(daemon, name="wayland"):
    eventually(f"{name or 'nothing'} is the source", lambda: daemon.get("Sitting", "Source") == name)


def test_typing_is_sitting_and_silence_an_absence_from_the_last_key(desk):
    compositor = FakeCompositor(desk)
    daemon = desk.naped(QUIET)
    wait_source(daemon)
    assert daemon.get("Sitting", "Quality") == "precise"
    compositor.sit_down(daemon)
    compositor.type_for(1)
    daemon.wait_state("away/idle")
    assert abs(desk.begin_of_open_span() - compositor.last_key) < 1
    compositor.sit_down(daemon)
    assert daemon.stop() == 0
    kinds = [(span["kind"], span["evidence"]) for span in desk.spans()]
    assert kinds == [("unknown", "not-running"), ("sitting", "input"), ("away", "idle")]
    desk.assert_ledger_is_whole()


def test_film_is_passive_sitting_and_its_end_begins_the_absence(desk):
    """No bus tells of it: two alarms that differ in inhibitors do."""
    compositor = FakeCompositor(desk)
    daemon = desk.naped(QUIET)
    compositor.sit_down(daemon)
    compositor.inhibit(True)
    compositor.press()
    daemon.wait_state("sitting/passive")
    assert abs(desk.begin_of_open_span() - compositor.last_key) < 1
    wait(2)
    assert daemon.state == "sitting/passive"

    compositor.inhibit(False)
    released = time.time()
    daemon.wait_state("away/idle")
    assert abs(desk.begin_of_open_span() - released) < 1.5
    compositor.sit_down(daemon)
    daemon.wait_state("away/idle")


def test_film_that_begins_while_nobody_is_there_changes_nothing(desk):
    compositor = FakeCompositor(desk)
    daemon = desk.naped(QUIET)
    compositor.sit_down(daemon)
    daemon.wait_state("away/idle")
    compositor.inhibit(True)
    wait(3)
    assert daemon.state == "away/idle"


def test_compositor_that_dies_in_the_middle_of_a_message_is_found_again(desk):
    compositor = FakeCompositor(desk)
    daemon = desk.naped(QUIET)
    compositor.sit_down(daemon)
    compositor.send_bytes(words(compositor.registry)[:3])
    wait(0.2)
    compositor.die()
    daemon.wait_state("unknown/source-lost")
    assert daemon.get("Sitting", "Quality") == "none"
    assert any("no presence source" in problem for problem in daemon.problems)
    assert "degraded" in daemon.get("Daemon", "Status")

    again = FakeCompositor(desk)
    wait_source(daemon)
    assert daemon.problems == []
    assert "degraded" not in daemon.get("Daemon", "Status")
    wait(1)
    assert daemon.state == "unknown/source-lost", "nobody has been seen yet"
    again.sit_down(daemon)
    again.type_for(1)
    daemon.wait_state("away/idle")


def test_rubbish_ends_the_connection_and_it_is_tried_again(desk):
    compositor = FakeCompositor(desk)
    daemon = desk.naped(QUIET)
    compositor.sit_down(daemon)
    for rubbish in (words(0, 3), RUBBISH, words(compositor.registry, 12 << 16 | 9, 1), b"\xff" * 70000):
        before = compositor.connections
        compositor.send_bytes(rubbish)
        # One that fails again and again is asked ever less often.
        eventually("there is a new connection", lambda: compositor.connections > before, limit=60)
        wait_source(daemon)
    compositor.sit_down(daemon)
    assert daemon.process.poll() is None


def test_compositor_that_talks_rubbish_from_the_start_is_no_source(desk):
    compositor = FakeCompositor(desk)
    compositor.greeting = RUBBISH[:512]
    daemon = desk.naped(QUIET)
    eventually("it was tried", lambda: compositor.connections)
    wait(1)
    assert daemon.get("Sitting", "Source") == ""
    compositor.greeting = b""
    wait_source(daemon)
    compositor.sit_down(daemon)


def test_display_that_the_session_tells_later_is_found(desk):
    """A user service is started before the compositor has said where it is."""
    compositor = FakeCompositor(desk, desk.home / "elsewhere")
    manager = Properties(
        desk, "org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager",
        Environment=dbus.Array(["LANG=C.UTF-8"], signature="s"))
    daemon = desk.naped(QUIET)
    wait(1)
    assert daemon.get("Sitting", "Source") == ""
    manager.values["Environment"] = dbus.Array(
        ["LANG=C.UTF-8", f"WAYLAND_DISPLAY={compositor.path}", "rubbish"], signature="s")
    wait_source(daemon)
    compositor.sit_down(daemon)
