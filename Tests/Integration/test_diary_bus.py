"""The diary's interface, to those who mean well and to those who do not; and what others may hear of it."""
import contextlib
import datetime
import sqlite3
import stat
import time

import dbus
import pytest

from desk import NAME, PATH, QUICK, SETTINGS, binary
from waiting import eventually, pump

INVALID = "org.freedesktop.DBus.Error.InvalidArgs"
REFUSED = f"{NAME}.Error.Refused"
MINUTE = 60_000_000
CHECK_IN = {
    **QUICK, "presence.break_after": "2min", "presence.away_after": "5min", "prompts.move.enabled": False,
    "prompts.checkin.enabled": True, "prompts.checkin.at": "00:00"}
NOBODY = "00000000-0000-7000-8000-000000000000"


def timestamp(minutes_ago=0):
    return dbus.UInt64(time.time_ns() // 1000 - minutes_ago * MINUTE)


def options(**values):
    return dbus.Dictionary(values, signature="sv")


@pytest.fixture
def diary(desk):
    return Diary(desk, desk.naped(SETTINGS))


class Diary:
    """A program that writes to the diary, and hears that it has changed."""

    def __init__(self, desk, daemon):
        self.desk, self.daemon, self.changes = desk, daemon, 0
        desk.session_bus.add_signal_receiver(self._note, "Changed", f"{NAME}.Diary", path=PATH)

    def _note(self):
        self.changes += 1

    def call(self, member, signature, *arguments):
        return self.daemon.call("Diary", member, signature, *arguments)

    def log(self, **values):
        return str(self.call("LogHeadache", "a{sv}", options(**values)))

    def error_of(self, member, signature, *arguments):
        with pytest.raises(dbus.DBusException) as raised:
            self.call(member, signature, *arguments)
        return raised.value.get_dbus_name(), raised.value.get_dbus_message()

    def episode(self):
        """The one that is stored."""
        [row] = self.desk.rows("episode", "onset_utc_usec")
        return row

    def fields(self):
        return {row["name"]: row["value"] for row in self.desk.rows("episode_field", "name")}


def test_headache_is_logged_edited_ended_and_deleted(diary):
    onset = timestamp(90)
    number = diary.log(
        onset_timestamp=onset, onset_nrs=6, side="left", neck_with=True, quality="pressing",
        places=dbus.Array(["temple", "neck"], signature="s"), note="after a long call",
        medicines=dbus.Array(
            [options(name="ibuprofen", dose="400 mg", taken_timestamp=timestamp(60)),
             options(**{"name": "aspirin", "class": "unsure"})], signature="a{sv}"))
    row = diary.episode()
    assert bytes(row["id"]).hex() == number.replace("-", "")
    assert (row["onset_utc_usec"], row["onset_precision"], row["end_word"], row["way"]) == (onset, "exact", None, "dbus")
    assert diary.fields() == {
        "onset_nrs": "6", "side": "left", "neck_with": "yes", "quality": "pressing", "places": "neck,temple",
        "note": "after a long call"}
    assert [(one["name"], one["class"], one["dose"]) for one in diary.desk.rows("medicine", "number")] == [
        ("ibuprofen", "simple", "400 mg"), ("aspirin", "unsure", None)]
    eventually("a change is told", lambda: diary.changes == 1)

    # A field without a value is unknown again; an array takes the place of the one before.
    diary.call("EditHeadache", "sa{sv}", number, options(
        onset_nrs="4-6", side="", onset_precision="day", medicines=dbus.Array([], signature="a{sv}")))
    row = diary.episode()
    assert row["onset_precision"] == "day" and row["edited_utc_usec"]
    local = datetime.datetime.fromtimestamp(row["onset_utc_usec"] / 1e6)
    assert (local.hour, local.minute, local.second) == (0, 0, 0)
    assert diary.fields()["onset_nrs"] == "4-6" and "side" not in diary.fields()
    assert not diary.desk.rows("medicine", "number")

    diary.call("EndHeadache", "sta{sv}", number, timestamp(1), options(peak_nrs=7))
    assert diary.episode()["end_word"] == "ended" and diary.fields()["peak_nrs"] == "7"
    # Called again, by who had no answer.
    assert diary.error_of("EndHeadache", "sta{sv}", number, timestamp(0), options(peak_nrs=7))[0] == REFUSED
    diary.call("EditHeadache", "sa{sv}", number, options(end_timestamp=dbus.UInt64(0)))
    assert diary.episode()["end_word"] is None
    diary.call("DeleteHeadache", "s", number)
    assert not diary.desk.rows("episode", "1") and not diary.desk.rows("episode_field", "1")
    eventually("each change is told", lambda: diary.changes == 5)


def test_sudden_and_severe_opens_a_warning_sign(diary):
    def opened():
        return [(row["level"], row["signs"], row["way"]) for row in diary.desk.rows("warning_report", "1")]
    diary.log(peak_nrs=9, sudden=True)
    assert opened() == [("E", None, "dbus")]
    number = diary.log(onset_timestamp=timestamp(90), onset_nrs=6, sudden=True)
    assert len(opened()) == 1
    for _ in range(2):
        diary.call("EditHeadache", "sa{sv}", number, options(peak_nrs=10))
    assert len(opened()) == 2


def test_days_exercises_and_notes_are_taken(diary):
    today = datetime.date.today().isoformat()
    diary.call("SetDay", "ss", today, "none")
    assert [(row["state"], row["way"]) for row in diary.desk.rows("day", "date")] == [("none", "dbus")]
    diary.call("SetDay", "ss", today, "unknown")
    assert not diary.desk.rows("day", "date")
    diary.call("LogExercise", "a{sv}", options(exercise_id="E03", level=1, done_timestamp=timestamp(5)))
    [done] = diary.desk.rows("exercise_done", "1")
    assert (done["exercise"], done["level"], done["way"]) == ("E03", 1, "dbus")
    assert diary.call("AddNote", "a{sv}", options(kind="doctor", date="2026-01-05", text="asked about sleep"))
    [note] = diary.desk.rows("note", "1")
    assert (note["kind"], note["text"], note["way"]) == ("doctor", "asked about sleep", "dbus")
    # Logging one removes what was declared of its day; deleting it makes the day unknown.
    diary.call("SetDay", "ss", today, "none")
    number = diary.log()
    assert not diary.desk.rows("day", "date")
    assert diary.error_of("SetDay", "ss", today, "none")[0] == REFUSED
    diary.call("DeleteHeadache", "s", number)
    diary.call("SetDay", "ss", today, "none")


def test_what_is_not_allowed_is_told_and_changes_nothing(diary):
    number = diary.log(onset_timestamp=timestamp(60), onset_nrs=3)
    before = [diary.desk.rows(table, "1") for table in ("episode", "episode_field", "diary_change", "day")]
    tomorrow = (datetime.date.today() + datetime.timedelta(1)).isoformat()
    medicine = dbus.Array([options(dose="400 mg")], signature="a{sv}")
    lines = dbus.Array([options(name="ibuprofen\n400")], signature="a{sv}")

    for member, signature, arguments, allowed in [
        ("LogHeadache", "a{sv}", [options(intensity=6)], "onset_nrs, peak_nrs, side"),
        ("LogHeadache", "a{sv}", [options(onset_nrs=11)], "0 to 10"),
        ("LogHeadache", "a{sv}", [options(onset_nrs=True)], "0 to 10"),
        ("LogHeadache", "a{sv}", [options(onset_nrs=6.0)], "0 to 10"),
        ("LogHeadache", "a{sv}", [options(onset_nrs="")], "0 to 10"),
        ("LogHeadache", "a{sv}", [options(side="top")], "left, right, both, middle"),
        ("LogHeadache", "a{sv}", [options(neck_with="yes")], "yes or no"),
        ("LogHeadache", "a{sv}", [options(places="temple")], "none, or some of"),
        ("LogHeadache", "a{sv}", [options(places=dbus.Array(["knee"], signature="s"))], "none, or some of"),
        ("LogHeadache", "a{sv}", [options(note="x" * 1001)], "at most 1000 characters"),
        ("LogHeadache", "a{sv}", [options(onset_timestamp=-1)], "microseconds"),
        ("LogHeadache", "a{sv}", [options(onset_timestamp=dbus.UInt64(2**64 - 1))], "microseconds"),
        ("LogHeadache", "a{sv}", [options(onset_precision="about")], "exact, 15min, 1h"),
        ("LogHeadache", "a{sv}", [options(end_known="over")], "ended, asleep, still-there"),
        ("LogHeadache", "a{sv}", [options(medicines="ibuprofen")], "medicines (aa{sv})"),
        ("LogHeadache", "a{sv}", [options(medicines=medicine)], "name (s) is needed"),
        ("LogHeadache", "a{sv}", [options(medicines=lines)], "one line"),
        ("LogHeadache", "as", [dbus.Array(["side"], signature="s")], ""),
        ("EditHeadache", "sa{sv}", ["x", options(side="left")], "id"),
        ("EditHeadache", "sa{sv}", [number, options(onset_nrs=-1)], "0 to 10"),
        ("EndHeadache", "sta{sv}", [number, dbus.UInt64(2**64 - 1), options()], "microseconds"),
        ("EndHeadache", "sta{sv}", [number, timestamp(), options(onset_timestamp=timestamp())], "an option"),
        ("EndHeadache", "sa{sv}", [number, options()], ""),
        ("DeleteHeadache", "s", [""], "id"),
        ("SetDay", "ss", ["yesterday", "none"], "YYYY-MM-DD"),
        ("SetDay", "ss", [tomorrow, "headache"], "none, unknown"),
        ("LogExercise", "a{sv}", [options()], "exercise_id (s) is needed"),
        ("LogExercise", "a{sv}", [options(exercise_id="E03", level=99)], "1 to 10"),
        ("AddNote", "a{sv}", [options(kind="poem", text="x")], "physiotherapy"),
        ("AddNote", "a{sv}", [options(date="2026-13-01", text="x")], "YYYY-MM-DD"),
    ]:
        name, text = diary.error_of(member, signature, *arguments)
        assert name == INVALID and allowed in text, (member, arguments, name, text)
        assert "400" not in text and "knee" not in text, "what was said is not said again"

    for member, signature, arguments in [
        ("LogHeadache", "a{sv}", [options(onset_timestamp=timestamp(-60))]),
        ("LogHeadache", "a{sv}", [options(onset_timestamp=timestamp(58))]),
        ("LogHeadache", "a{sv}", [options(onset_timestamp=timestamp(10), end_timestamp=timestamp(20))]),
        ("EndHeadache", "sta{sv}", [number, timestamp(90), options()]),
        ("EndHeadache", "sta{sv}", [number, timestamp(-90), options()]),
        ("EditHeadache", "sa{sv}", [NOBODY, options(side="left")]),
        ("DeleteHeadache", "s", [NOBODY]),
        ("SetDay", "ss", [datetime.date.today().isoformat(), "none"]),
        ("SetDay", "ss", [tomorrow, "none"]),
        ("LogExercise", "a{sv}", [options(exercise_id="E99")]),
        ("LogExercise", "a{sv}", [options(exercise_id="E03", done_timestamp=timestamp(-5))]),
        ("AddNote", "a{sv}", [options(kind="note")]),
        ("AddNote", "a{sv}", [options(date=tomorrow, text="x")]),
    ]:
        name, text = diary.error_of(member, signature, *arguments)
        assert name == REFUSED and text, (member, arguments, name, text)
        assert "ache" not in text and number not in text

    assert [diary.desk.rows(table, "1") for table in ("episode", "episode_field", "diary_change", "day")] == before
    pump()
    assert diary.changes == 1
    assert diary.daemon.log == ""


def test_desk_context_is_completed_with_the_span_that_is_open(desk):
    mutter = desk.mutter()
    daemon = desk.naped({**SETTINGS, "prompts.move.enabled": False})
    diary = Diary(desk, daemon)
    mutter.sit_down(daemon)
    begin = desk.begin_of_open_span()
    mutter.type_for(3)
    diary.log()
    number = bytes(diary.episode()["id"])
    # By another program, which knows no more than the last checkpoint.
    done = desk.nape("headache", "5", "--ago", "8min")
    assert done.returncode == 0, done.stderr
    eventually("both are told", lambda: diary.changes == 2)
    contexts = {bytes(row["episode"]): row for row in desk.rows("desk_context", "1")}
    assert [row["complete"] for row in contexts.values()] == [1, 1]
    sat = (diary.desk.rows("episode", "onset_utc_usec")[-1]["onset_utc_usec"] / 1e6 - begin)
    assert abs(contexts[number]["bout_usec"] / 1e6 - sat) < 1
    assert contexts[number]["sitting_60_usec"] >= 3_000_000


def test_yes_is_kept_while_the_store_takes_nothing(desk):
    server, mutter = desk.notification_server(), desk.mutter()
    daemon = desk.naped(CHECK_IN)
    mutter.type_until_prompt(daemon)
    server.wait_shown()
    with contextlib.closing(sqlite3.connect(desk.store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        server.ActionInvoked(server.last_id, "a2")
        server.wait_shown(2)
        # What the store does not hold yet is not taken for nothing.
        daemon.call("Daemon", "Refresh")
        other.execute("ROLLBACK")
    question = server.notified[-1]
    assert question["summary"] == "Diary, 1 of 3" and question["id"] not in server.closed
    assert not desk.rows("episode", "1")
    server.ActionInvoked(question["id"], "a3")
    server.wait_shown(3)
    [episode] = desk.rows("episode", "1")
    assert episode["way"] == "notification"
    assert [(row["name"], row["value"]) for row in desk.rows("episode_field", "name")] == [("onset_nrs", "7-10")]


def test_check_in_names_the_command_where_there_are_no_buttons(desk):
    server, mutter = desk.notification_server(capabilities=("body",)), desk.mutter()
    mutter.type_until_prompt(desk.naped(CHECK_IN))
    server.wait_shown()
    assert server.notified[-1]["body"].endswith("\nTo answer: nape day") and not server.notified[-1]["actions"]


def test_card_is_spent_by_being_shown_and_taken_back_with_its_headache(desk):
    server = desk.notification_server()
    daemon = desk.naped({**QUICK, "prompts.move.enabled": False})
    diary = Diary(desk, daemon)
    number = diary.log(onset_timestamp=timestamp(24 * 60))
    assert diary.episode()["card_shown"] == 0
    daemon.call("Sitting", "ReportPresence", "sst", "chair", "sitting", dbus.UInt64(MINUTE))
    server.wait_shown()
    eventually("that is stored", lambda: diary.episode()["card_shown"] == 1)
    diary.call("EditHeadache", "sa{sv}", number, options(side="left"))
    pump()
    assert not server.closed
    diary.call("DeleteHeadache", "s", number)
    eventually("it is taken back", lambda: server.closed == [server.last_id])
    assert daemon.posted() == []


def test_diary_that_cannot_be_read_is_told(desk):
    diary = Diary(desk, desk.naped(SETTINGS))
    with contextlib.closing(sqlite3.connect(desk.store, isolation_level=None)) as other:
        other.execute("ALTER TABLE warning_report RENAME TO away")
        diary.daemon.call("Daemon", "Refresh")
        [problem] = diary.daemon.problems
        assert problem.startswith("The store cannot be read")
        other.execute("ALTER TABLE away RENAME TO warning_report")
    diary.daemon.call("Daemon", "Refresh")
    assert diary.daemon.problems == []


def test_tools_of_the_command_line_can_call_it(desk):
    diary = Diary(desk, desk.naped(SETTINGS))
    bus = desk.environment["DBUS_SESSION_BUS_ADDRESS"]
    done = desk.run(
        "busctl", f"--address={bus}", "call", NAME, PATH, f"{NAME}.Diary", "LogHeadache", "a{sv}", "2", "onset_nrs", "i",
        "4", "neck_with", "b", "false")
    assert done.returncode == 0, done.stderr
    assert diary.fields() == {"onset_nrs": "4", "neck_with": "no"}
    number = done.stdout.split('"')[1]
    done = desk.run(
        "gdbus", "call", "--session", "--dest", NAME, "--object-path", PATH, "--method", f"{NAME}.Diary.EditHeadache",
        number, "{'side': <'both'>, 'onset_nrs': <'4-6'>}")
    assert done.returncode == 0, done.stderr
    assert diary.fields() == {"onset_nrs": "4-6", "neck_with": "no", "side": "both"}


def test_first_entry_makes_a_folder_that_nobody_else_reads(desk):
    """Under a loose umask, in a folder that was there before and open to all."""
    desk.store.parent.mkdir(mode=0o777)
    desk.store.parent.chmod(0o777)
    done = desk.run("sh", "-c", f"umask 000; exec {binary('nape')} headache 6 --side left")
    assert done.returncode == 0, done.stderr
    daemon = desk.naped(SETTINGS)
    daemon.call("Diary", "LogHeadache", "a{sv}", options(onset_timestamp=timestamp(60)))
    assert stat.S_IMODE(desk.store.parent.stat().st_mode) == 0o700
    files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in desk.store.parent.iterdir()}
    assert set(files) >= {"nape.db", "nape.db-wal"} and set(files.values()) == {0o600}
