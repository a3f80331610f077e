"""Several sessions of one person: the one that they sit at counts, and one ledger is kept."""
from desk import QUICK
from peers import MOCK, Logind
from waiting import eventually, wait

# Nothing but logind's word makes an absence here.
PATIENT = {**QUICK, "prompts.move.enabled": False, "presence.break_after": "30s", "presence.away_after": "1min"}


def leave_session(desk):
    """The daemon is in no session, as a user service is."""
    desk.logind.call(
        Logind.MANAGER, MOCK, "AddMethod", "sssss", Logind.NAME + ".Manager", "GetSession", "s", "o",
        'raise dbus.exceptions.DBusException("none", name="org.freedesktop.login1.NoSessionForPID")')


def test_session_over_ssh_beside_the_desk_does_not_count(desk):
    mutter = desk.mutter()
    ssh = desk.logind.add_session("77", seat=None)
    daemon = desk.naped(PATIENT)
    mutter.sit_down(daemon)
    desk.logind.set(ssh, LockedHint=True)
    wait(0.5)
    assert daemon.state == "sitting/input"
    assert "remote" not in daemon.get("Daemon", "Status")
    # Somebody else takes the seat; the terminal from afar is as it was.
    desk.logind.set(Active=False)
    daemon.wait_state("away/switched")
    desk.logind.remove_session("77")
    wait(0.5)
    assert daemon.state == "away/switched"
    desk.logind.set(Active=True)
    daemon.wait_state("away/idle")
    mutter.sit_down(daemon)


def test_session_over_ssh_that_comes_later_changes_nothing(desk):
    mutter = desk.mutter()
    daemon = desk.naped(PATIENT)
    mutter.sit_down(daemon)
    desk.logind.add_session("77", seat=None)
    wait(0.5)
    assert daemon.state == "sitting/input"
    desk.logind.set(LockedHint=True)
    daemon.wait_state("away/locked")


def test_switching_between_two_sessions_of_ones_own(desk):
    mutter = desk.mutter()
    other = desk.logind.add_session("2", active=False)
    daemon = desk.naped(PATIENT)
    mutter.sit_down(daemon)
    # A lock there is none here.
    desk.logind.set(other, LockedHint=True)
    wait(0.5)
    assert daemon.state == "sitting/input"
    desk.logind.set(other, LockedHint=False)

    desk.logind.set(Active=False)
    daemon.wait_state("away/switched")
    desk.logind.set(other, Active=True)
    daemon.wait_state("away/idle")
    mutter.sit_down(daemon)
    desk.logind.set(LockedHint=True)
    wait(0.5)
    assert daemon.state == "sitting/input", "the one that was left is locked"
    desk.logind.set(other, LockedHint=True)
    daemon.wait_state("away/locked")
    # Back to the first, which is not locked any more.
    desk.logind.set(LockedHint=False)
    desk.logind.set(other, Active=False)
    desk.logind.set(Active=True)
    daemon.wait_state("away/idle")
    mutter.sit_down(daemon)
    assert daemon.stop() == 0
    desk.assert_ledger_is_whole()


def test_session_that_ends_leaves_the_other(desk):
    mutter = desk.mutter()
    other = desk.logind.add_session("2", active=False)
    daemon = desk.naped(PATIENT)
    mutter.sit_down(daemon)
    desk.logind.set(other, Active=True)
    desk.logind.remove_session("auto")
    desk.logind.set(other, LockedHint=True)
    daemon.wait_state("away/locked")


def test_remote_session_counts_and_is_told(desk):
    leave_session(desk)
    mutter = desk.mutter()
    desk.logind.remove_session("auto")
    desk.logind.add_session("77", seat=None)
    daemon = desk.naped(PATIENT)
    eventually("it is told", lambda: "; remote" in daemon.get("Daemon", "Status"))
    assert "77 (tty), remote" in desk.nape("doctor").stdout
    mutter.sit_down(daemon)
    # The person sits down at the machine.
    desk.logind.add_session("3", Type="wayland")
    eventually("it is told", lambda: "; remote" not in daemon.get("Daemon", "Status"))
    assert "3 (wayland), active" in desk.nape("doctor").stdout


def test_without_any_session_nothing_breaks(desk):
    leave_session(desk)
    mutter = desk.mutter()
    daemon = desk.naped(PATIENT)
    mutter.sit_down(daemon)
    desk.logind.remove_session("auto")
    wait(0.5)
    assert daemon.state == "sitting/input"
    assert "logind knows of none" in desk.nape("doctor").stdout
    desk.logind.add_session("9")
    desk.logind.set(f"{Logind.MANAGER}/session/9", LockedHint=True)
    daemon.wait_state("away/locked")
