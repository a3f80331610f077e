"""`nape`, to a running daemon and without one."""
import json

import pytest

from desk import QUICK, binary
from waiting import eventually

NEEDS_DAEMON = [
    ["status"], ["status", "--json"], ["why"], ["pause", "30min"], ["pause"], ["resume"], ["snooze"], ["snooze", "5min"],
    ["break"], ["standing"], ["sitting"],
]


@pytest.fixture
def daemon(desk):
    """Somebody sits and is shown a prompt."""
    mutter, server = desk.mutter(), desk.notification_server()
    daemon = desk.naped(QUICK)
    daemon.mutter, daemon.server = mutter, server
    daemon.prompt = mutter.type_until_prompt(daemon)
    server.wait_shown()
    return daemon


def done(desk, *words):
    """Runs a command that must succeed, and returns what it prints."""
    result = desk.nape(*words)
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    return result.stdout


def refused(desk, *words):
    """Runs a command that is refused, and returns why."""
    result = desk.nape(*words)
    assert result.returncode == 1, result
    assert result.stdout == ""
    assert result.stderr.startswith("nape: ")
    return result.stderr


def test_status(desk, daemon):
    text = done(desk, "status")
    assert "sitting since " in text and "(input)" in text
    assert f"prompt {daemon.prompt}, move" in text
    assert "mutter (precise)" in text


def test_status_as_json(desk, daemon):
    answer = json.loads(done(desk, "status", "--json"))
    assert (answer["state"], answer["evidence"]) == ("sitting", "input")
    assert (answer["source"], answer["quality"]) == ("mutter", "precise")
    assert (answer["current_id"], answer["current_kind"]) == (daemon.prompt, "move")
    assert answer["since_utc_usec"] == daemon.get("Sitting", "SinceTimestamp")
    assert answer["bout_usec"] > 0 and answer["today_usec"] > 0
    assert answer["problems"] == []
    assert answer["paused_until_utc_usec"] == 0


def test_why(desk, daemon):
    assert "prompts.move" in done(desk, "why")


def test_pause_and_resume(desk, daemon):
    assert done(desk, "pause", "30min") == ""
    daemon.wait_ended(daemon.prompt, "withdrawn")
    assert daemon.get("Prompts", "PausedUntilTimestamp") > 0
    assert "paused" in done(desk, "status")
    assert "paused" in done(desk, "why")
    assert done(desk, "resume") == ""
    assert daemon.get("Prompts", "PausedUntilTimestamp") == 0
    assert "paused" not in done(desk, "status")


def test_snooze(desk, daemon):
    assert done(desk, "snooze", "5min") == ""
    daemon.wait_ended(daemon.prompt, "snoozed")
    assert "no prompt is shown" in refused(desk, "snooze")


def test_break(desk, daemon):
    assert done(desk, "break") == ""
    eventually("the notification is taken back", lambda: daemon.server.closed)
    daemon.wait_ended(daemon.prompt, "taken")
    assert "not at the desk" in refused(desk, "break")
    assert "away" in refused(desk, "standing")


def test_standing_and_sitting(desk, daemon):
    assert done(desk, "standing") == ""
    assert daemon.state == "standing/manual"
    daemon.mutter.press()
    assert done(desk, "sitting") == ""
    assert daemon.state == "sitting/manual"


def test_doctor(desk, daemon):
    text = done(desk, "doctor")
    for word in ("session bus", "notifications", "fake 1.0", "daemon", "mutter (precise)", "settings", "store",
                 "there are mutter (precise)", "nothing keeps the screen awake", "none on the bus", "auto (test), active"):
        assert word in text
    assert "BAD" not in text


def test_doctor_finds_what_is_wrong(desk):
    desk.write_settings("prompts.move.after = 5\n")
    result = desk.nape("doctor")
    assert result.returncode == 1
    assert f"{desk.settings_file}:1: prompts.move.after" in result.stdout
    assert "naped is not running" in result.stdout


def test_watch_prints_again_when_something_changes(desk, daemon):
    log = desk.home / "watch"
    with open(log, "wb") as output:
        desk.start(binary("nape"), "status", "--watch", name="nape-watch", stdout=output)
    eventually("it prints", lambda: "sitting since" in log.read_text())
    desk.logind.set(LockedHint=True)
    eventually("it prints again", lambda: "(locked)" in log.read_text())


@pytest.mark.parametrize("words", NEEDS_DAEMON, ids=" ".join)
def test_without_the_daemon_it_says_so_and_starts_none(desk, words):
    result = desk.nape(*words)
    assert result.returncode == 69
    assert "naped is not running" in result.stderr
    assert desk.owner("io.github.nape.Nape1") is None
    assert not desk.store.exists()


@pytest.mark.parametrize("words", NEEDS_DAEMON[:1] + [["doctor"]], ids=" ".join)
def test_without_a_session_bus(desk, words):
    result = desk.run(binary("nape"), *words, environment={"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus"})
    assert result.returncode == (1 if words == ["doctor"] else 69)
    assert "session bus" in result.stdout + result.stderr
    # And what to do.
    assert words == ["doctor"] or "nape doctor" in result.stderr


@pytest.mark.parametrize(
    "words", [["erase"], ["import"], ["exercise", "felt", "E07", "11"], ["pause", "soon"], ["pause", "-5min"], ["pause", "0s"],
              ["snooze", "1min", "2min"], ["status", "--nothing"]], ids=" ".join)
def test_wrong_words_are_usage(desk, words):
    result = desk.nape(*words)
    assert result.returncode == 64
    told, hint = result.stderr.splitlines()
    path = "exercise felt" if words[0] == "exercise" else words[0]
    assert told.startswith("nape: ") and hint == f"See: nape {path} --help"


def test_a_file_that_is_not_there_is_named_once(desk):
    assert refused(desk, "import", "nothing.csv") == "nape: nothing.csv: No such file or directory\n"


def test_lengths_that_are_too_long_are_refused(desk, daemon):
    assert "7 days" in refused(desk, "pause", "169h")
    assert "4 h" in refused(desk, "snooze", "5h")
    assert daemon.ended() == []


@pytest.mark.parametrize("command", ["status", "why", "pause", "resume", "snooze", "break", "standing", "sitting", "doctor"])
def test_help_has_an_example(desk, command):
    result = desk.nape(command, "--help")
    assert result.returncode == 0
    assert f"nape {command}" in result.stdout.split("xample", 1)[1]


def test_ones_own_record_is_replayed_with_other_settings(desk):
    refusal = refused(desk, "simulate", "--ledger")
    assert "there is no record yet" in refusal
    mutter = desk.mutter()
    running = desk.naped({**QUICK, "prompts.move.enabled": False})
    mutter.sit_down(running)
    mutter.type_for(4)
    running.call("Sitting", "SetPosture", "s", "standing")
    mutter.type_for(2)
    assert running.stop() == 0

    def replay(settings):
        (desk.home / "new.toml").write_text(settings)
        return desk.nape("simulate", "--ledger", "--weeks", "1", "--config", desk.home / "new.toml")

    lines = [json.loads(line) for line in done(desk, "simulate", "--ledger").splitlines()]
    spans = [line for line in lines if "span" in line]
    assert [(span["span"], span["evidence"]) for span in spans] == [
        ("unknown", "not-running"), ("sitting", "input"), ("standing", "manual")]
    assert lines[-1]["summary"]["prompts"] == {}
    asked = replay('prompts.move.enabled = true\nprompts.move.after = "2s"\nprompts.settle = "0s"\n')
    assert '"prompt": "move"' in asked.stdout
    wrong = replay('prompts.move.after = "2s"\npresence.away_after = "9min"\n')
    assert wrong.returncode == 78
    assert f"{desk.home}/new.toml:2: presence.away_after: a replay of the record cannot change it" in wrong.stderr
    assert desk.nape("simulate").returncode == 64
    assert desk.nape("simulate", "--ledger", "--weeks", "0").returncode == 64
