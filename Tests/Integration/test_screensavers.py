"""A screen that is blank or locked, as the desktops' screen savers tell it."""
import pytest

from desk import QUICK
from peers import ScreenSaver
from waiting import eventually, wait

# Nothing but a lock makes an absence here.
PATIENT = {**QUICK, "prompts.move.enabled": False, "presence.break_after": "30s", "presence.away_after": "1min"}

SAVERS = [
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
]


@pytest.mark.parametrize(("name", "path"), SAVERS)
def test_active_screen_saver_is_a_lock(desk, name, path):
    mutter, saver = desk.mutter(), ScreenSaver(desk, name, path)
    daemon = desk.naped(PATIENT)
    mutter.sit_down(daemon)
    saver.activate(True)
    daemon.wait_state("away/locked")
    mutter.type_for(1)
    assert daemon.state == "away/locked"
    saver.activate(False)
    daemon.wait_state("away/idle")
    mutter.sit_down(daemon)
    assert daemon.stop() == 0
    desk.assert_ledger_is_whole()


def test_screen_saver_that_is_active_at_the_start(desk):
    mutter, saver = desk.mutter(), ScreenSaver(desk, *SAVERS[0], active=True)
    daemon = desk.naped(PATIENT)
    daemon.wait_state("away/locked")
    saver.activate(False)
    mutter.sit_down(daemon)


def test_screen_saver_that_goes_is_not_active(desk):
    mutter, saver = desk.mutter(), ScreenSaver(desk, *SAVERS[4])
    daemon = desk.naped(PATIENT)
    mutter.sit_down(daemon)
    saver.activate(True)
    daemon.wait_state("away/locked")
    saver.leave()
    daemon.wait_state("away/idle")
    # Another comes, which is active.
    ScreenSaver(desk, *SAVERS[4], active=True)
    daemon.wait_state("away/locked")


def test_screen_is_unlocked_when_logind_and_the_screen_saver_say_so(desk):
    mutter, saver = desk.mutter(), ScreenSaver(desk, *SAVERS[0])
    daemon = desk.naped(PATIENT)
    mutter.sit_down(daemon)
    saver.activate(True)
    daemon.wait_state("away/locked")
    desk.logind.set(LockedHint=True)
    saver.activate(False)
    wait(1)
    assert daemon.state == "away/locked"
    desk.logind.set(LockedHint=False)
    daemon.wait_state("away/idle")


@pytest.mark.parametrize("error", [
    "org.freedesktop.DBus.Error.NotSupported", "org.freedesktop.DBus.Error.UnknownMethod", "a.b.Rubbish"])
def test_screen_saver_that_cannot_tell_is_not_active(desk, error):
    """GNOME's takes inhibitors under KDE's name, and nothing else."""
    mutter = desk.mutter()
    ScreenSaver(desk, *SAVERS[1], error=error)
    daemon = desk.naped(PATIENT)
    mutter.sit_down(daemon)


def test_somebody_else_who_says_so_is_not_believed(desk):
    mutter, _ = desk.mutter(), ScreenSaver(desk, *SAVERS[0])
    daemon = desk.naped(PATIENT)
    mutter.sit_down(daemon)
    desk.tell(SAVERS[0][1], SAVERS[0][0], "ActiveChanged", "b", True)
    desk.tell(SAVERS[2][1], SAVERS[2][0], "ActiveChanged", "b", True)
    wait(1)
    assert daemon.state == "sitting/input"


def test_doctor_tells_of_it(desk):
    desk.mutter()
    saver = ScreenSaver(desk, *SAVERS[3])
    desk.naped(PATIENT)
    assert "org.cinnamon.ScreenSaver, not active" in desk.nape("doctor").stdout
    saver.activate(True)
    eventually("it is active", lambda: "org.cinnamon.ScreenSaver, active" in desk.nape("doctor").stdout)
