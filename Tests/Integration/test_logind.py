"""logind, mocked: locks, other sessions, sleep, and logind itself coming and going."""
import time

import dbus

from desk import QUICK, SETTINGS
from peers import MOCK, Logind
from waiting import eventually, wait

# Long enough that nothing but logind's word makes an absence here.
PATIENT = {**QUICK, "presence.break_after": "30s", "presence.away_after": "1min"}
OUR_LOCK = ("sleep", "nape", "delay")


def our_locks(desk):
    return [(what, who, mode) for what, who, _, mode in desk.logind.locks()]


def at_work(desk, settings):
    """Somebody types, and a prompt is shown."""
    mutter, server = desk.mutter(), desk.notification_server()
    daemon = desk.naped(settings)
    prompt = mutter.type_until_prompt(daemon)
    server.wait_shown()
    return mutter, server, daemon, prompt


def test_lock_is_leaving_at_once_and_coming_back_in_time_withdraws_the_prompt(desk):
    mutter, server, daemon, prompt = at_work(desk, PATIENT)
    desk.logind.set(LockedHint=True)
    daemon.wait_state("away/locked")
    eventually("the prompt is taken back", lambda: server.closed == [server.last_id])
    assert daemon.current == (prompt, "move"), "a break may yet answer it"

    # Locked beats input.
    mutter.type_for(2)
    assert daemon.state == "away/locked"
    desk.logind.set(LockedHint=False)
    daemon.wait_state("away/idle")
    mutter.sit_down(daemon)
    daemon.wait_ended(prompt, "withdrawn")

    assert daemon.stop() == 0
    kinds = [(span["kind"], span["evidence"]) for span in desk.spans()]
    assert kinds == [("unknown", "not-running"), ("sitting", "input"), ("away", "locked"), ("away", "idle")]
    desk.assert_ledger_is_whole()


def test_lock_for_a_break_takes_the_prompt(desk):
    _, _, daemon, prompt = at_work(desk, {**QUICK, "presence.break_after": "2s"})
    desk.logind.set(LockedHint=True)
    daemon.wait_ended(prompt, "taken")
    assert daemon.state == "away/locked"


def test_another_session_is_leaving_too(desk):
    mutter, server, daemon, _ = at_work(desk, PATIENT)
    desk.logind.set(Active=False)
    daemon.wait_state("away/switched")
    eventually("the prompt is taken back", lambda: server.closed)
    desk.logind.set(LockedHint=True)
    daemon.wait_state("away/locked")
    desk.logind.set(LockedHint=False)
    daemon.wait_state("away/switched")
    desk.logind.set(Active=True)
    daemon.wait_state("away/idle")
    mutter.sit_down(daemon)


def test_sleep_waits_until_the_record_is_stored(desk):
    mutter, server, daemon, _ = at_work(desk, PATIENT)
    eventually("the lock is held", lambda: our_locks(desk) == [OUR_LOCK])

    desk.logind.prepare_for_sleep(True)
    eventually("the lock is let go", lambda: our_locks(desk) == [])
    # Not waited for: it was there before.
    assert desk.checkpoint().get("open.0.kind") != "sitting"
    assert [(span["kind"], span["evidence"]) for span in desk.spans()][-1] == ("sitting", "input")
    assert server.closed == [server.last_id]
    daemon.wait_state("away/suspended")

    desk.logind.prepare_for_sleep(False)
    daemon.wait_state("away/idle")
    eventually("the lock is held again", lambda: our_locks(desk) == [OUR_LOCK])
    mutter.sit_down(daemon)
    # And once more.
    desk.logind.prepare_for_sleep(True)
    daemon.wait_state("away/suspended")
    eventually("the lock is let go", lambda: our_locks(desk) == [])
    desk.logind.prepare_for_sleep(False)
    eventually("the lock is held again", lambda: our_locks(desk) == [OUR_LOCK])


def test_stopping_lets_the_lock_go(desk):
    daemon = desk.naped(SETTINGS)
    eventually("the lock is held", lambda: our_locks(desk) == [OUR_LOCK])
    assert daemon.stop() == 0
    eventually("the lock is let go", lambda: our_locks(desk) == [])


def test_session_that_is_locked_at_the_start(desk):
    mutter = desk.mutter()
    desk.logind.set(LockedHint=True)
    daemon = desk.naped(SETTINGS)
    daemon.wait_state("away/locked")
    mutter.type_for(2)
    assert daemon.state == "away/locked"
    desk.logind.set(LockedHint=False)
    mutter.sit_down(daemon)


def test_logind_goes_and_comes_back(desk):
    mutter, _, daemon, _ = at_work(desk, PATIENT)
    desk.logind.set(LockedHint=True)
    daemon.wait_state("away/locked")
    desk.logind.leave()
    mutter.sit_down(daemon)

    desk.start_logind()
    eventually("the lock is held", lambda: our_locks(desk) == [OUR_LOCK])
    desk.logind.set(LockedHint=True)
    daemon.wait_state("away/locked")
    assert daemon.process.poll() is None


def test_logind_that_comes_late(desk):
    desk.logind.leave()
    mutter = desk.mutter()
    daemon = desk.naped(PATIENT)
    mutter.sit_down(daemon)
    desk.start_logind()
    desk.logind.set(LockedHint=True)
    daemon.wait_state("away/locked")


def test_logind_that_goes_during_sleep(desk):
    mutter, _, daemon, _ = at_work(desk, PATIENT)
    desk.logind.prepare_for_sleep(True)
    daemon.wait_state("away/suspended")
    desk.logind.leave()
    wait(0.5)
    desk.start_logind()
    mutter.sit_down(daemon)


def test_refused_lock_is_no_reason_to_fail(desk):
    """Without polkit, logind refuses the lock."""
    desk.logind.call(
        Logind.MANAGER, MOCK, "AddMethod", "sssss", Logind.NAME + ".Manager", "Inhibit", "ssss", "h",
        'raise dbus.exceptions.DBusException("no", name="org.freedesktop.DBus.Error.AccessDenied")')
    mutter, _, daemon, _ = at_work(desk, PATIENT)
    desk.logind.prepare_for_sleep(True)
    daemon.wait_state("away/suspended")
    desk.logind.prepare_for_sleep(False)
    mutter.sit_down(daemon)


def test_daemon_outside_the_session_finds_the_one_of_the_display(desk):
    """As a user service it is in no session."""
    desk.logind.call(
        Logind.MANAGER, MOCK, "AddMethod", "sssss", Logind.NAME + ".Manager", "GetSession", "s", "o",
        'raise dbus.exceptions.DBusException("none", name="org.freedesktop.login1.NoSessionForPID")')
    desk.logind.call(
        Logind.MANAGER, MOCK, "AddObject", "ssa{sv}a(ssss)", Logind.MANAGER + "/user/self", Logind.NAME + ".User",
        {"Display": dbus.Struct(("auto", dbus.ObjectPath(Logind.SESSION)), variant_level=1)},
        dbus.Array([], signature="(ssss)"))
    _, _, daemon, _ = at_work(desk, PATIENT)
    desk.logind.set(LockedHint=True)
    daemon.wait_state("away/locked")


def test_without_a_system_bus(desk):
    desk.environment["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=/nonexistent/bus"
    mutter = desk.mutter()
    daemon = desk.naped(SETTINGS)
    mutter.sit_down(daemon)
    assert daemon.stop() == 0


def test_idle_hint_is_a_source_once_it_has_changed(desk):
    daemon = desk.naped({**SETTINGS, "presence.sources": ["logind"]})
    assert daemon.get("Sitting", "Source") == ""
    stamp = dbus.UInt64(monotonic_usec())
    desk.logind.set(IdleHint=False, IdleSinceHintMonotonic=stamp)
    eventually("logind is the source", lambda: daemon.get("Sitting", "Source") == "logind")
    assert daemon.get("Sitting", "Quality") == "coarse"
    daemon.wait_state("sitting/input")
    desk.logind.set(IdleHint=True, IdleSinceHintMonotonic=dbus.UInt64(monotonic_usec()))
    daemon.wait_state("away/idle")
    desk.logind.set(IdleHint=False, IdleSinceHintMonotonic=dbus.UInt64(monotonic_usec()))
    daemon.wait_state("sitting/input")


def monotonic_usec():
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
