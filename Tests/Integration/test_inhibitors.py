"""What keeps the screen awake: whoever watches a film sits there, without touching anything."""
import time

import pytest

from compositors import Muffin
from desk import SETTINGS
from fake_compositor import FakeCompositor
from peers import GnomeSession, MockedGnomeSession, PolicyAgent
from waiting import eventually, wait

QUIET = {**SETTINGS, "prompts.move.enabled": False, "presence.passive_limit": "1min",
         "presence.away_after": "4s", "presence.break_after": "2s"}


class Gnome:
    def __init__(self, desk):
        self.session = GnomeSession(desk)

    def hold(self):
        self.session.inhibit(GnomeSession.IDLE | 4)

    def release(self):
        self.session.inhibit(4)


class Invalidating(Gnome):
    def hold(self):
        self.session.invalidate("InhibitedActions", self.session.values["InhibitedActions"] + GnomeSession.IDLE)

    def release(self):
        self.session.invalidate("InhibitedActions", self.session.values["InhibitedActions"] - GnomeSession.IDLE)


class Kde:
    def __init__(self, desk):
        self.agent = PolicyAgent(desk)

    def hold(self):
        self.agent.inhibit(PolicyAgent.SCREEN | PolicyAgent.SLEEP)

    def release(self):
        self.agent.inhibit(PolicyAgent.SLEEP)


class Logind:
    def __init__(self, desk):
        self.logind = desk.logind
        self.logind.block("sleep")

    def hold(self):
        self.logind.block("sleep:idle:handle-lid-switch")

    def release(self):
        self.logind.block("sleep")


@pytest.mark.parametrize("desktop", [Gnome, Invalidating, Kde, Logind])
def test_film_is_passive_sitting_and_its_end_begins_the_absence(desk, desktop):
    muffin, player = Muffin(desk), desktop(desk)
    daemon = desk.naped(QUIET)
    muffin.sit_down(daemon)
    player.hold()
    muffin.press()
    daemon.wait_state("sitting/passive")
    assert abs(desk.begin_of_open_span() - muffin.last_key) < 1, "back to the last key"
    wait(2)
    assert daemon.state == "sitting/passive"

    player.release()
    released = time.time()
    daemon.wait_state("away/idle")
    assert abs(desk.begin_of_open_span() - released) < 1.5
    muffin.sit_down(daemon)
    assert daemon.stop() == 0
    kinds = [(span["kind"], span["evidence"]) for span in desk.spans()]
    assert ("sitting", "passive") in kinds and ("away", "idle") in kinds
    desk.assert_ledger_is_whole()


def test_mutter_tells_of_input_while_its_own_idle_watches_are_silenced(desk):
    """As on a GNOME desktop, where both hear of the same inhibitor."""
    session = MockedGnomeSession(desk)
    mutter = desk.mutter()
    daemon = desk.naped(QUIET)
    mutter.sit_down(daemon)
    session.inhibit(GnomeSession.IDLE)
    mutter.press()
    daemon.wait_state("sitting/passive")
    mutter.press()
    daemon.wait_state("sitting/input")
    daemon.wait_state("sitting/passive")
    session.leave()
    daemon.wait_state("away/idle")


@pytest.mark.parametrize("desktop", [Gnome, Logind])
def test_film_that_runs_when_the_daemon_starts(desk, desktop):
    muffin, player = Muffin(desk), desktop(desk)
    player.hold()
    daemon = desk.naped(QUIET)
    muffin.sit_down(daemon)
    daemon.wait_state("sitting/passive")


def test_what_keeps_the_machine_from_sleep_alone_is_no_sign_of_anybody(desk):
    muffin, session, agent = Muffin(desk), GnomeSession(desk, inhibited=1 | 2 | 4), PolicyAgent(desk)
    agent.inhibit(PolicyAgent.SLEEP)
    desk.logind.block("sleep:handle-lid-switch")
    daemon = desk.naped(QUIET)
    muffin.sit_down(daemon)
    daemon.wait_state("away/idle")
    session.leave()


@pytest.mark.parametrize("desktop", [Gnome, Kde])
def test_whoever_goes_holds_nothing(desk, desktop):
    muffin, player = Muffin(desk), desktop(desk)
    player.hold()
    daemon = desk.naped(QUIET)
    muffin.sit_down(daemon)
    daemon.wait_state("sitting/passive")
    (player.session if desktop is Gnome else player.agent).leave()
    daemon.wait_state("away/idle")


def test_logind_that_goes_holds_nothing(desk):
    muffin = Muffin(desk)
    desk.logind.block("idle")
    daemon = desk.naped(QUIET)
    muffin.sit_down(daemon)
    daemon.wait_state("sitting/passive")
    desk.logind.leave()
    daemon.wait_state("away/idle")


def test_two_of_them_hold_until_both_are_released(desk):
    muffin, gnome, kde = Muffin(desk), Gnome(desk), Kde(desk)
    gnome.hold()
    kde.hold()
    daemon = desk.naped(QUIET)
    muffin.sit_down(daemon)
    daemon.wait_state("sitting/passive")
    gnome.release()
    wait(6)
    assert daemon.state == "sitting/passive"
    kde.release()
    daemon.wait_state("away/idle")


def test_nothing_is_asked_while_nothing_changes(desk):
    muffin, kde = Muffin(desk), Kde(desk)
    daemon = desk.naped(QUIET)
    muffin.sit_down(daemon)
    eventually("it is asked once", lambda: kde.agent.asked == 1)
    muffin.type_for(3)
    assert kde.agent.asked == 1


def test_somebody_else_who_says_so_is_not_believed(desk):
    """Anybody can send a signal to one receiver, past its match."""
    muffin, session = Muffin(desk), GnomeSession(desk)
    daemon = desk.naped(QUIET)
    muffin.sit_down(daemon)
    desk.tell(
        "/org/gnome/SessionManager", "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as",
        "org.gnome.SessionManager", {"InhibitedActions": 8}, [])
    daemon.wait_state("away/idle")
    session.leave()


def test_source_that_an_inhibitor_blinds_takes_what_it_cannot_see_for_passive(desk):
    compositor, session = FakeCompositor(desk, version=1), GnomeSession(desk)
    daemon = desk.naped({**QUIET, "presence.sources": ["wayland"]})
    eventually("wayland is the source", lambda: daemon.get("Sitting", "Source") == "wayland")
    assert daemon.get("Sitting", "Quality") == "inhibitor-affected"
    compositor.sit_down(daemon)
    compositor.inhibit(True)
    session.inhibit(GnomeSession.IDLE)
    # It is typed all the time, but that cannot be known.
    compositor.type_until("it is passive", lambda: daemon.state == "sitting/passive")

    compositor.inhibit(False)
    session.inhibit(0)
    compositor.sit_down(daemon)
    daemon.wait_state("away/idle")
    assert abs(desk.begin_of_open_span() - compositor.last_key) < 1
