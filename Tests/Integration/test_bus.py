"""The D-Bus interfaces, to those who mean well and to those who do not."""
import time
import xml.etree.ElementTree as ElementTree

import dbus
import pytest

from desk import NAME, PATH, QUICK, SETTINGS, binary
from waiting import eventually

INVALID = "org.freedesktop.DBus.Error.InvalidArgs"
REFUSED = f"{NAME}.Error.Refused"
FOREVER = 2**64 - 1
MINUTE = 60_000_000
MEGABYTE = "x" * 2**20

INTERFACES = {
    "Sitting": {
        "method SetPosture": ["in posture s"],
        "method ReportPresence": ["in reporter s", "in state s", "in valid_usec t"],
        "property State": ["s"], "property Evidence": ["s"], "property SinceTimestamp": ["t"],
        "property BoutUSec": ["t"], "property TodayUSec": ["t"], "property Source": ["s"], "property Quality": ["s"],
    },
    "Prompts": {
        "method TakeBreak": [], "method Pause": ["in duration_usec t"], "method Resume": [],
        "method Snooze": ["in duration_usec t"], "method Respond": ["in id t", "in answer s"],
        "property NextKind": ["s"], "property NextTimestamp": ["t"], "property Deferred": ["s"],
        "property PausedUntilTimestamp": ["t"], "property Current": ["(ts)"],
        "signal Posted": ["id t", "kind s", "text s"], "signal Ended": ["id t", "outcome s"],
    },
    "Diary": {
        "method LogHeadache": ["in options a{sv}", "out id s"],
        "method EndHeadache": ["in id s", "in end_timestamp t", "in options a{sv}"],
        "method EditHeadache": ["in id s", "in options a{sv}"], "method DeleteHeadache": ["in id s"],
        "method SetDay": ["in date s", "in state s"], "method LogExercise": ["in options a{sv}"],
        "method AddNote": ["in options a{sv}", "out id s"],
        "signal Changed": [],
    },
    "Daemon": {
        "method Reload": [], "method Refresh": [], "method Why": ["out text s"],
        "property Version": ["s"], "property Status": ["s"], "property Problems": ["as"], "property LockedKeys": ["as"],
    },
}


def error_of(daemon, *call, **options):
    with pytest.raises(dbus.DBusException) as raised:
        daemon.call(*call, **options)
    return raised.value.get_dbus_name()


def introspected(desk):
    text = desk.session_bus.call_blocking(NAME, PATH, "org.freedesktop.DBus.Introspectable", "Introspect", "", ())
    found = {}
    for interface in ElementTree.fromstring(str(text)).iter("interface"):
        members = found[interface.get("name")] = {}
        for member in interface:
            if member.tag == "annotation":
                continue
            parts = [
                " ".join(filter(None, (argument.get("direction"), argument.get("name"), argument.get("type"))))
                for argument in member.iter("arg")]
            members[f"{member.tag} {member.get('name')}"] = (
                [member.get("type")] if member.tag == "property" else parts)
            if member.tag == "property":
                assert member.get("access") == "read", member.get("name")
    return found


@pytest.mark.parametrize("interface", INTERFACES)
def test_introspection_names_every_member_and_argument(desk, interface):
    desk.naped(SETTINGS)
    assert introspected(desk)[f"{NAME}.{interface}"] == INTERFACES[interface]


def test_changes_of_properties_are_told(desk):
    mutter, _ = desk.mutter(), desk.notification_server()
    daemon = desk.naped(SETTINGS)
    mutter.sit_down(daemon)

    def told(interface, name):
        return [changed[name] for on, changed, _ in daemon.changes if on == f"{NAME}.{interface}" and name in changed]

    eventually("it is told that somebody sits", lambda: "sitting" in told("Sitting", "State"))
    assert told("Sitting", "Evidence")[-1] == "input"
    assert told("Sitting", "SinceTimestamp")[-1] == daemon.get("Sitting", "SinceTimestamp")
    assert told("Prompts", "NextKind")[-1] == "move"
    assert told("Prompts", "NextTimestamp")
    prompt = mutter.type_until_prompt(daemon)
    eventually("the prompt is told", lambda: (prompt, "move") in told("Prompts", "Current"))
    daemon.call("Prompts", "Pause", "t", 60_000_000)
    eventually("the pause is told", lambda: told("Prompts", "PausedUntilTimestamp"))
    eventually("the end of the prompt is told", lambda: told("Prompts", "Current")[-1] == (0, ""))
    assert daemon.ended() == [(prompt, "withdrawn")]
    # What is computed when it is read would change all the time.
    assert not told("Sitting", "BoutUSec") and not told("Sitting", "TodayUSec")
    assert daemon.posted() == [(prompt, "move")]


def test_other_programs_report_presence(desk):
    mutter = desk.mutter()
    daemon = desk.naped({**SETTINGS, "prompts.move.enabled": False})

    def report(state, valid_usec=MINUTE):
        daemon.call("Sitting", "ReportPresence", "sst", "chair", state, valid_usec)

    # A chair knows of somebody who has touched nothing yet.
    report("sitting")
    assert daemon.state == "sitting/reported"
    report("away")
    assert daemon.state == "away/reported"
    mutter.sit_down(daemon)
    report("standing")
    assert daemon.state == "standing/reported"
    report("unknown")
    assert daemon.state == "sitting/input"
    # Silence makes nobody leave who is said to be there; when that ends, it does.
    report("sitting", 12_000_000)
    mutter.press()
    daemon.wait_state("sitting/reported")
    daemon.wait_state("away/idle")
    assert daemon.stop() == 0
    kinds = [(span["kind"], span["evidence"]) for span in desk.spans()]
    assert kinds[:3] == [("unknown", "not-running"), ("sitting", "reported"), ("away", "reported")]
    assert kinds[-1] == ("sitting", "reported")
    desk.assert_ledger_is_whole()

    daemon = desk.naped()
    desk.logind.set(LockedHint=True)
    daemon.wait_state("away/locked")
    assert error_of(daemon, "Sitting", "ReportPresence", "sst", "desk", "standing", MINUTE) == REFUSED


def test_wrong_types_words_and_numbers_are_told_and_change_nothing(desk):
    mutter, _ = desk.mutter(), desk.notification_server()
    daemon = desk.naped(QUICK)
    before = daemon.pid_on_bus
    prompt = mutter.type_until_prompt(daemon)

    for call in [
        ("Prompts", "Pause"),
        ("Prompts", "Pause", "s", "30min"),
        ("Prompts", "Pause", "x", -1),
        ("Prompts", "Pause", "tt", 1, 1),
        ("Prompts", "Pause", "t", FOREVER),
        ("Prompts", "Pause", "t", 2**63),
        ("Prompts", "Snooze", "t", FOREVER),
        ("Prompts", "Snooze", "a{sv}", {"a": 1}),
        ("Prompts", "Respond", "ts", prompt, ""),
        ("Prompts", "Respond", "ts", prompt, "GOING"),
        ("Prompts", "Respond", "ts", prompt, MEGABYTE),
        ("Prompts", "Respond", "st", "going", prompt),
        ("Prompts", "Respond", "t", prompt),
        ("Prompts", "Resume", "s", ""),
        ("Sitting", "SetPosture", "s", ""),
        ("Sitting", "SetPosture", "s", "standing\n"),
        ("Sitting", "SetPosture", "s", MEGABYTE),
        ("Sitting", "SetPosture", "v", "standing"),
        ("Sitting", "ReportPresence", "sst", "", "sitting", MINUTE),
        ("Sitting", "ReportPresence", "sst", "x" * 65, "sitting", MINUTE),
        ("Sitting", "ReportPresence", "sst", "chair", "lying", MINUTE),
        ("Sitting", "ReportPresence", "sst", "chair", "sitting", 0),
        ("Sitting", "ReportPresence", "sst", "chair", "sitting", FOREVER),
        ("Sitting", "ReportPresence", "ss", "chair", "sitting"),
        ("Daemon", "Why", "s", MEGABYTE),
    ]:
        assert error_of(daemon, *call) == INVALID, call[:3]

    for call in [
        ("Prompts", "Respond", "ts", 0, "going"),
        ("Prompts", "Respond", "ts", prompt + 1, "going"),
        ("Prompts", "Respond", "ts", FOREVER, "going"),
        # Nobody answers a prompt to move so.
        ("Prompts", "Respond", "ts", prompt, "yes"),
    ]:
        assert error_of(daemon, *call) == REFUSED, call[:3]

    assert error_of(daemon, "Prompts", "Nothing") == "org.freedesktop.DBus.Error.UnknownMethod"
    assert error_of(daemon, "Nothing", "Nothing") in (
        "org.freedesktop.DBus.Error.UnknownMethod", "org.freedesktop.DBus.Error.UnknownInterface")
    for interface, name, value in [("Daemon", "Version", "9"), ("Prompts", "Current", MEGABYTE)]:
        with pytest.raises(dbus.DBusException):
            desk.session_bus.call_blocking(
                NAME, PATH, "org.freedesktop.DBus.Properties", "Set", "ssv", (f"{NAME}.{interface}", name, value))

    assert daemon.current == (prompt, "move")
    assert daemon.ended() == []
    assert daemon.pid_on_bus == before == daemon.process.pid


def test_longest_lengths_are_taken(desk):
    mutter, _ = desk.mutter(), desk.notification_server()
    daemon = desk.naped(QUICK)
    prompt = mutter.type_until_prompt(daemon)
    daemon.call("Prompts", "Snooze", "t", 4 * 3600 * 1_000_000)
    daemon.wait_ended(prompt, "snoozed")
    assert error_of(daemon, "Prompts", "Snooze", "t", 0) == REFUSED
    daemon.call("Prompts", "Pause", "t", 7 * 24 * 3600 * 1_000_000)
    assert daemon.get("Prompts", "PausedUntilTimestamp") > 0
    daemon.call("Prompts", "Pause", "t", 0)
    assert daemon.get("Prompts", "PausedUntilTimestamp") > 0
    daemon.call("Prompts", "Resume")
    assert daemon.get("Prompts", "PausedUntilTimestamp") == 0


def test_flood_of_calls_is_answered(desk):
    daemon = desk.naped(SETTINGS)
    calls = [
        ("Daemon", "Why", "", ()), ("Prompts", "Pause", "t", (60_000_000,)), ("Prompts", "Resume", "", ()),
        ("Prompts", "Respond", "ts", (1, "going")), ("Sitting", "SetPosture", "s", ("standing",)),
    ]
    # Callers who want no answer are held back by nothing.
    for index in range(2000):
        interface, member, signature, arguments = calls[index % len(calls)]
        message = dbus.lowlevel.MethodCallMessage(NAME, PATH, f"{NAME}.{interface}", member)
        message.append(*arguments, signature=signature)
        message.set_no_reply(True)
        desk.session_bus.send_message(message)
    desk.session_bus.flush()

    # The bus lets a caller wait for 128 answers at once.
    waiting, answers = list(range(2000)), []

    def call():
        interface, member, signature, arguments = calls[waiting.pop() % len(calls)]
        desk.session_bus.call_async(
            NAME, PATH, f"{NAME}.{interface}", member, signature, arguments, note, note, timeout=60)

    def note(answer=None):
        answers.append(answer)
        if waiting:
            call()

    for _ in range(100):
        call()
    eventually("all calls are answered", lambda: len(answers) == 2000, limit=60)
    errors = [answer for answer in answers if isinstance(answer, dbus.DBusException)]
    assert {error.get_dbus_name() for error in errors} == {REFUSED}
    assert len(errors) == 800
    assert daemon.pid_on_bus == daemon.process.pid
    assert desk.nape("status").returncode == 0


def test_signals_of_others_are_not_believed(desk):
    """Anybody can send a signal in the name of logind, mutter or the notification server."""
    mutter, server = desk.mutter(), desk.notification_server()
    daemon = desk.naped(QUICK)
    prompt = mutter.type_until_prompt(daemon)
    server.wait_shown()
    liar = desk.connect("session")
    for path, interface, member, signature, arguments in [
        ("/org/freedesktop/Notifications", "org.freedesktop.Notifications", "ActionInvoked", "us", (server.last_id, "a3")),
        ("/org/freedesktop/Notifications", "org.freedesktop.Notifications", "NotificationClosed", "uu", (server.last_id, 2)),
        ("/org/gnome/Mutter/IdleMonitor/Core", "org.gnome.Mutter.IdleMonitor", "WatchFired", "u", (1,)),
        ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", "b", (True,)),
    ]:
        for destination in (None, NAME):
            message = dbus.lowlevel.SignalMessage(path, interface, member)
            message.append(*arguments, signature=signature)
            if destination:
                message.set_destination(destination)
            liar.send_message(message)
    liar.flush()
    # logind is on another bus, where naped has no name but its unique one.
    system_liar = desk.connect("system")
    driver = system_liar.get_object("org.freedesktop.DBus", "/org/freedesktop/DBus", introspect=False)
    for name in driver.ListNames(dbus_interface="org.freedesktop.DBus"):
        if name.startswith(":") and driver.GetConnectionUnixProcessID(name) == daemon.process.pid:
            message = dbus.lowlevel.SignalMessage(
                "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
            message.append(True, signature="b")
            message.set_destination(name)
            system_liar.send_message(message)
            break
    else:
        pytest.fail("naped is not on the system bus")
    system_liar.flush()
    mutter.type_for(1)
    assert daemon.state == "sitting/input"
    assert daemon.current == (prompt, "move")
    assert daemon.ended() == []


def test_second_daemon_leaves_the_first_alone(desk):
    daemon = desk.naped(SETTINGS)
    second = desk.run(binary("naped"))
    assert second.returncode == 0
    assert "another naped is running" in second.stderr
    assert daemon.pid_on_bus == daemon.process.pid


def test_arguments_are_refused_and_the_version_is_told(desk):
    refused = desk.run(binary("naped"), "--config", "x")
    assert refused.returncode == 64
    assert "--config" in refused.stderr
    told = desk.run(binary("naped"), "--version")
    assert told.returncode == 0
    assert told.stdout.startswith("naped ")


@pytest.mark.parametrize("address", ["unix:path=/nonexistent/bus", "", "nonsense"])
def test_without_a_session_bus_it_fails_and_says_so(desk, address):
    done = desk.run(binary("naped"), environment={"DBUS_SESSION_BUS_ADDRESS": address})
    assert done.returncode == 1
    assert "session bus" in done.stderr
    assert not desk.store.exists()


def test_it_ends_when_the_session_bus_goes_and_keeps_what_it_knows(nobodys_desk):
    desk = nobodys_desk
    sway, _ = desk.sway(), desk.notification_server()
    daemon = desk.naped({**SETTINGS, "presence.sources": ["wayland"], "prompts.move.enabled": False})
    sway.sit_down(daemon)
    sway.type_for(3)
    end = time.time()
    desk.end(desk.processes[0])
    # Where the session goes on, its manager starts it anew.
    assert daemon.wait_end() == 1
    checkpoint = desk.checkpoint()
    assert checkpoint["open.0.kind"] == "sitting"
    assert abs(checkpoint["made.utc_usec"] / 1e6 - end) < 1
