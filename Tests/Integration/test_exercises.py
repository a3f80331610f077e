"""Exercises: the commands, the record they write, and what the daemon makes of it."""
import contextlib
import datetime
import json
import os
import pty
import select
import sqlite3
import subprocess
import time

import pytest

from desk import ROOT, SETTINGS, binary
from waiting import eventually, wait

ALL_NO = [f"{name}=no" for name in ("injury", "rheumatoid", "osteoporosis", "pregnancy", "dizziness")]

PRESCRIBED = """\
name = "Plan of Ms Q"
by = "M. Huber, physiotherapist"
date = 2026-11-25
review = 2027-01-06
cleared = true

[[week]]
number = 1
home = [{ exercise = "E02", dose = "1x6x5s", instruction = "Very gently." }]
desk = [{ exercise = "E14", dose = "1x4" }]
"""
WRONG = PRESCRIBED.replace('"E14"', '"E94"').replace("review = 2027", "review = 2025")


def good(desk, *words, **options):
    done = desk.nape("exercise", *words, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def parsed(desk, *words):
    return json.loads(good(desk, *words, "--json"))


def prescribe(desk, text, name="physio.toml"):
    path = desk.config / "nape" / name
    path.write_text(text)
    return path


def on_terminal(desk, *words, answers=(), environment=None):
    """Runs nape on a terminal of its own, and types a line whenever it waits for one."""
    main, other = pty.openpty()
    process = subprocess.Popen(
        [binary("nape"), "exercise", *words], stdin=other, stdout=other, stderr=other,
        env={**desk.environment, "NO_COLOR": "1", **(environment or {})}, cwd=desk.home)
    os.close(other)
    shown, answers = "", list(answers)
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if select.select([main], [], [], 0.3)[0]:
            try:
                piece = os.read(main, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece.decode(errors="replace")
        elif shown.endswith("I have read this. "):
            os.write(main, b"\n")
        elif answers and shown.endswith("[y/n] "):
            os.write(main, f"{answers.pop(0)}\n".encode())
    os.close(main)
    assert process.wait(10) == 0, shown
    return shown.replace("\r\n", "\n")


# The commands, without a daemon

def test_list_has_sixteen_and_says_why_not(desk):
    exercises = parsed(desk, "list")
    assert [one["id"] for one in exercises] == [f"E{number:02}" for number in range(1, 17)]
    advised = {one["id"]: one["because"] for one in exercises}
    assert [name for name, because in advised.items() if because is None] == ["E02", "E07", "E14", "E15", "E16"]
    assert advised["E04"] == "needs-clearance" and advised["E01"] == "unanswered"
    assert not desk.store.exists(), "reading makes no record"
    good(desk, "questions", *ALL_NO)
    assert [one["id"] for one in parsed(desk, "list") if not one["advised"]] == ["E04"]
    good(desk, "questions", "--cleared")
    assert all(one["advised"] for one in parsed(desk, "list"))
    good(desk, "questions", "dizziness=yes", "--no-cleared")
    assert {one["because"] for one in parsed(desk, "list")} == {"ask-first"}
    assert "Please ask a health professional" in good(desk, "list")
    assert "Please ask a health professional" in good(desk, "show")


def test_questions_refuse_what_they_do_not_know(desk):
    for word in ("injury", "injury=maybe", "age=no", "injury=no=no"):
        assert desk.nape("exercise", "questions", word).returncode == 64
    assert parsed(desk, "questions") == {
        "injury": None, "rheumatoid": None, "osteoporosis": None, "pregnancy": None, "dizziness": None,
        "cleared": False, "verdict": "unanswered"}
    assert not desk.store.exists()


def test_without_a_terminal_the_questions_are_told_of(desk):
    told = desk.nape("exercise", "programme")
    assert told.returncode == 0
    assert "nape exercise questions" in told.stderr
    good(desk, "questions", *ALL_NO)
    assert desk.nape("exercise", "programme").stderr == ""


def test_on_a_terminal_the_questions_are_asked_once(desk):
    shown = on_terminal(desk, "programme", answers=["n", "what?", "no", "N", "n", "n"])
    assert shown.count("[y/n]") == 6, shown
    assert parsed(desk, "questions")["verdict"] == "ready"
    assert "[y/n]" not in on_terminal(desk, "programme")


def test_on_a_terminal_a_yes_is_heard_and_enter_leaves_the_rest_open(desk):
    shown = on_terminal(desk, "list", answers=["y", ""])
    assert "Please ask a health professional" in shown
    answers = parsed(desk, "questions")
    assert answers["injury"] is True and answers["rheumatoid"] is None and answers["verdict"] == "ask-first"


def test_on_a_terminal_what_was_done_is_recorded_before_the_questions(desk):
    shown = on_terminal(desk, "done", "E07", answers=["n", ""])
    assert shown.index("Recorded: E07 (level 1).") < shown.index("[y/n]"), shown
    # Also where they are broken off.
    main, other = pty.openpty()
    with subprocess.Popen([binary("nape"), "exercise", "done", "E08"], stdin=other, stdout=other, stderr=other,
                          env=desk.environment, cwd=desk.home) as process:
        shown = b""
        while b"[y/n]" not in shown:
            assert select.select([main], [], [], 20)[0], shown
            shown += os.read(main, 65536)
        process.kill()
    os.close(main)
    os.close(other)
    assert [row["exercise"] for row in desk.rows("exercise_done", "exercise")] == ["E07", "E08"]


def test_stop_rules_stand_with_every_set(desk):
    shown, programme = good(desk, "show", "E14"), good(desk, "programme")
    rules = shown[shown.index("How hard, by feeling"):]
    assert "double vision" in rules and programme.endswith(f"\n\n{rules}")
    assert any("double vision" in one for one in parsed(desk, "programme")["stop"])


def test_show_has_all_levels_and_marks_the_one_of_now(desk):
    good(desk, "level", "E08", "2")
    levels = parsed(desk, "show", "E08")[0]["levels"]
    assert [one["level"] for one in levels] == list(range(1, len(levels) + 1)) and len(levels) > 2
    assert [one["level"] for one in levels if one["now"]] == [2]
    assert all(one["dose"] and one["position"] for one in levels)
    lines = good(desk, "show", "E08").splitlines()
    for one in levels:
        row, = [line for line in lines if line.lstrip("* ").startswith(f"level {one['level']} ")]
        assert one["dose"] in row and one["position"] in row and row.startswith("*") == one["now"]
    # What is prescribed in place of a level's dose is the one of now, beside what the level has.
    prescribe(desk, PRESCRIBED)
    desk.write_settings({"exercises.programme": "physio.toml"})
    now, = [line for line in good(desk, "show", "E02").splitlines() if line.split()[:1] == ["now"]]
    assert "level 1 of " in now and "6 × 5 s" in now


def test_show_has_all_that_is_needed(desk):
    shown = good(desk, "show", "e08")
    for part in ("E08  Side raise with band (lateral raise)", "1. Stand on the band", "level", "up to 2 min", "stop",
                 "Andersen 2011", "For all of them: Stop", "double vision"):
        assert part in shown, part
    assert str(ROOT / "Pictures" / "e08.svg") in shown, "the checkout's, for a program that was built in it"
    refused = desk.nape("exercise", "show", "E99")
    assert refused.returncode == 64 and "nape exercise list" in refused.stderr


def test_show_finds_installed_pictures_first(desk):
    folder = desk.home / "share" / "nape" / "pictures"
    folder.mkdir(parents=True)
    (folder / "e14.svg").write_text("<svg/>")
    shown = good(desk, "show", "E14", environment={"XDG_DATA_DIRS": f"/nowhere:{desk.home}/share"})
    assert str(folder / "e14.svg") in shown


@pytest.mark.parametrize("terminal, mark", [
    ({"TERM": "xterm-kitty"}, "\x1b_Gf=100,a=T,"), ({"TERM_PROGRAM": "WezTerm"}, "\x1b]1337;File=inline=1;"),
    ({"TERM": "xterm-256color"}, None), ({"TERM": "xterm-kitty", "TMUX": "/tmp/x"}, None)])
def test_show_draws_the_picture_where_a_terminal_can(desk, terminal, mark):
    # What makes a PNG of a drawing stands in for the real one.
    tools = desk.home / "tools"
    tools.mkdir()
    (tools / "rsvg-convert").write_text("#!/bin/sh\nprintf '\\211PNG'\n")
    (tools / "rsvg-convert").chmod(0o755)
    path = f"{tools}:{desk.environment['PATH']}"
    shown = on_terminal(desk, "show", "E14", environment={"PATH": path, **terminal})
    if mark:
        assert mark in shown and "iVBORw==" in shown, "the PNG in base64"
    else:
        assert "\x1b_G" not in shown and "1337" not in shown
    assert "e14.svg" in shown
    # Without it the path alone is told.
    shown = on_terminal(desk, "show", "E14", environment={"PATH": "/nowhere", **terminal})
    assert "\x1b" not in shown and "e14.svg" in shown


def test_show_without_an_id_is_the_set_of_now(desk):
    assert [one["id"] for one in parsed(desk, "show")] == ["E07", "E14"]
    good(desk, "programme", "--week", "2")
    assert [one["id"] for one in parsed(desk, "show")] == ["E02", "E15"]


def test_done_is_recorded_with_level_and_time(desk):
    said = good(desk, "done", "E07", "e14")
    assert "E07 (level 1), E14 (level 1)" in said
    good(desk, "done", "E01", "--level", "2", "--ago", "30min")
    rows = desk.rows("exercise_done", "done_utc_usec")
    assert sorted(row["exercise"] for row in rows) == ["E01", "E07", "E14"]
    assert rows[0]["exercise"] == "E01" and rows[0]["level"] == 2
    assert abs(rows[0]["entered_utc_usec"] - rows[0]["done_utc_usec"] - 1800e6) < 1e6
    assert {row["way"] for row in rows} == {"command-line"}
    assert all(len(row["id"]) == 16 and row["id"][6] >> 4 == 7 for row in rows), "UUIDs of version 7"
    assert desk.store.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("words, status", [
    (["done"], 64), (["done", "E99"], 64), (["done", "E03", "--level", "3"], 64), (["done", "E03", "--level", "0"], 64),
    (["done", "E03", "--at", "25:00"], 64), (["done", "E03", "--at", "2999-01-01 10:00"], 1),
    (["done", "E03", "--at", "10:00", "--ago", "1h"], 64), (["felt", "E03", "11"], 64), (["felt", "E03", "5"], 1),
    (["level", "E03", "3"], 64), (["level", "E03", "x"], 64), (["programme", "--week", "7"], 64),
    (["check", "/nowhere"], 1)])
def test_what_cannot_be_is_refused(desk, words, status):
    refused = desk.nape("exercise", *words)
    assert refused.returncode == status, (refused.stdout, refused.stderr)
    assert refused.stderr
    if desk.store.exists():
        assert desk.rows("exercise_done", "1") == [] and desk.rows("exercise_rating", "1") == []


def test_sessions_are_counted_and_take_on(desk):
    for days in range(3, 7):
        date = datetime.date.today() - datetime.timedelta(days=days)
        for hour in ("08:00", "18:00"):
            good(desk, "done", "--home", "--at", f"{date} {hour}")
    # They were done before the programme began here.
    began = f"It counts for no session: those of your programme count from {datetime.date.today()}."
    assert began in good(desk, "done", "E01", "--at", f"{date} 20:00")
    assert began not in good(desk, "done", "E07")
    assert parsed(desk, "programme")["sessions_done"] == 0
    good(desk, "done", "--home")
    programme = parsed(desk, "programme")
    assert (programme["week"], programme["sessions_done"], programme["sessions_planned"], programme["go_on_after"]) \
        == (1, 1, 14, 8)
    assert [one["id"] for one in programme["home"]] == ["E01", "E02", "E03", "E16"]
    assert programme["desk"][0]["exercises"] == ["E07", "E14"]
    assert "1 session of 14 this week" in good(desk, "programme")
    good(desk, "done", "E01", "E02", "E03")
    assert parsed(desk, "programme")["sessions_done"] == 1, "a session is whole"


def test_a_red_morning_lowers_and_rests_and_two_are_told(desk):
    good(desk, "questions", *ALL_NO)
    good(desk, "programme", "--week", "4")
    assert {one["id"]: one["level"] for one in parsed(desk, "list")}["E01"] == 3
    good(desk, "done", "E01")
    said = good(desk, "felt", "E01", "6")
    assert "one level back" in said and "level 2 of 4" in said and "Two reds" not in said
    now = {one["id"]: one for one in parsed(desk, "list")}["E01"]
    assert (now["level"], now["advised"], now["because"]) == (2, False, "rests")
    assert "rests until" in good(desk, "list")
    # The last answer of a day stands for it; the first one is moved back to another.
    assert "Two reds" not in good(desk, "felt", "E01", "6")
    with contextlib.closing(sqlite3.connect(desk.store, isolation_level=None)) as store:
        store.execute("UPDATE exercise_rating SET rated_utc_usec = rated_utc_usec - 86400000000")
    assert "Two reds in a row: tell your physiotherapist." in good(desk, "felt", "E01", "1", "--worse")
    # Neither the programme nor the person lifts it.
    assert "level 2 of 4" in good(desk, "level", "E01", "4")
    # A home session is whole without what rests.
    good(desk, "done", "--home")
    assert [row["exercise"] for row in desk.rows("exercise_done", "exercise")] == ["E01", "E05", "E12", "E13"]
    assert parsed(desk, "programme")["sessions_done"] == 1


def test_during_a_headache_three_are_offered_and_others_recorded_with_a_word(desk):
    good(desk, "questions", *ALL_NO, "--cleared")
    assert desk.nape("headache", "5", "--at", "yesterday 14:00").returncode == 0
    assert all(one["advised"] for one in parsed(desk, "list")), "that of yesterday holds nothing back"
    assert desk.nape("headache", "5").returncode == 0
    because = {one["id"]: one["because"] for one in parsed(desk, "list")}
    assert [name for name, word in because.items() if word is None] == ["E03", "E15", "E16"]
    assert because["E08"] == "headache"
    assert {one for desk_set in parsed(desk, "programme")["desk"] for one in desk_set["exercises"]} \
        <= {"E03", "E15", "E16"}
    assert "not during a headache" in good(desk, "programme")
    assert {one["id"] for one in parsed(desk, "show")} <= {"E03", "E15", "E16"}
    assert good(desk, "show").startswith("If it feels good:\n")
    said = good(desk, "done", "E08", "E16")
    assert "E08 is not advised now: not during a headache." in said and "E16 is not" not in said
    assert [row["exercise"] for row in desk.rows("exercise_done", "exercise")] == ["E08", "E16"]
    assert desk.nape("headache", "end").returncode == 0
    assert all(one["advised"] for one in parsed(desk, "list")), "it is over"


# Programmes as files

def test_check_tells_all_mistakes_and_exits_78(desk):
    path = prescribe(desk, WRONG)
    found = desk.nape("exercise", "check", path)
    assert (found.returncode, found.stdout) == (78, "")
    assert found.stderr.splitlines() == [
        f"{path}:4: review: 2025-01-06 is before the date 2026-11-25: the same day or a later one",
        f'{path}:10: exercise: "E94" is no exercise: an id of `nape exercise list`, or of an [[exercise]] of this file',
    ]
    path.write_text(PRESCRIBED)
    assert desk.nape("exercise", "check", path).stdout == "Plan of Ms Q: 1 week, 2 exercises\n"


@pytest.mark.parametrize("command", [("exercise", "check"), ("simulate",)])
def test_what_has_no_end_is_refused(desk, command):
    for path in ("/dev/zero", "/dev/tty", "/dev"):
        refused = desk.nape(*command, path)
        assert refused.returncode == 1 and path in refused.stderr, refused.stderr
    pipe = desk.home / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["sh", "-c", f"exec dd if=/dev/zero bs=1M count=300 of={pipe}"], stderr=subprocess.DEVNULL):
        refused = desk.nape(*command, pipe)
    most = 1 if "check" in command else 256
    assert (refused.returncode, refused.stderr) == (1, f"nape: {pipe}: this is too large: at most {most} MiB\n")


def test_a_pipe_does_not_hang_the_daemon(desk):
    pipe = desk.config / "nape" / "physio.toml"
    with desk.identity():
        os.mkfifo(pipe)
    daemon = desk.naped({**SETTINGS, "exercises.programme": str(pipe)})
    assert any("was not taken (1 mistake)" in one for one in daemon.problems)
    told = desk.nape("exercise", "programme")
    assert "this is no regular file" in told.stderr


def test_the_commands_of_the_readme_work_in_their_order(desk):
    lines = (ROOT / "README.md").read_text().splitlines()
    commands = [line.split("#")[0].split() for line in lines if line.startswith("    nape exercise ")]
    assert len(commands) == 5
    for command in commands:
        good(desk, *command[2:])


def test_the_shipped_programme_and_the_example_are_without_mistakes(desk):
    shipped = desk.nape("exercise", "check", ROOT / "Config" / "programmes" / "neck-headache.toml")
    assert shipped.stdout == "neck-headache: 6 weeks, 15 exercises\n"
    page = (ROOT / "docs" / "programmes.md").read_text()
    path = prescribe(desk, page.split("```toml\n")[1].split("```")[0])
    assert desk.nape("exercise", "check", path).stdout == "Neck and shoulder, left: 2 weeks, 12 exercises\n"


def test_a_prescribed_programme_takes_the_place_of_the_shipped_one(desk):
    prescribe(desk, PRESCRIBED)
    desk.write_settings({"exercises.programme": "physio.toml"})
    shown = good(desk, "programme")
    assert "Plan of Ms Q by M. Huber, physiotherapist, 2026-11-25; to be reviewed 2027-01-06" in shown
    assert "Very gently." in shown and "6 × 5 s" in shown
    assert "Shoulder rolls at the wall, four, slow." in shown
    # Whoever wrote it has checked the person.
    assert desk.nape("exercise", "programme").stderr == ""
    prescribe(desk, WRONG)
    shown = desk.nape("exercise", "programme")
    assert shown.stdout.startswith("movements marked safe\n") and "Home" not in shown.stdout
    assert [one["id"] for one in parsed(desk, "show")] == ["E02", "E07", "E14", "E15", "E16"]
    assert desk.nape("exercise", "done", "--home").returncode == 1
    assert f"{desk.config}/nape/physio.toml:4: review" in shown.stderr


# The daemon

def next_words(daemon):
    return daemon.call("Daemon", "Why")


def test_done_does_not_start_the_daemon_and_one_that_runs_hears_of_it(desk):
    good(desk, "done", "E07")
    assert desk.owner("io.github.nape.Nape1") is None
    daemon = desk.naped(SETTINGS)
    good(desk, "done", "E07")
    good(desk, "felt", "E07", "7")
    daemon.call("Daemon", "Refresh")
    assert daemon.problems == []
    assert len(desk.rows("exercise_done", "1")) == 2


def test_a_programme_with_mistakes_leaves_the_old_one_and_is_told_without_its_content(desk):
    path = prescribe(desk, PRESCRIBED)
    daemon = desk.naped({**SETTINGS, "exercises.programme": str(path)})
    eventually("nothing is wrong", lambda: daemon.problems == [])
    assert [row["name"] for row in desk.rows("programme", "number")] \
        == ["Plan of Ms Q, M. Huber, physiotherapist, 2026-11-25"]
    prescribe(desk, WRONG)
    daemon.call("Daemon", "Reload")
    problem, = daemon.problems
    assert problem == (
        f"exercises.programme: {path} was not taken (2 mistakes); the programme before stays in force. "
        f"See: nape exercise check {path}")
    # What is done meanwhile goes to the programme that is in force.
    assert len(desk.rows("programme", "number")) == 1
    prescribe(desk, PRESCRIBED)
    daemon.call("Daemon", "Reload")
    assert daemon.problems == []
    assert len(desk.rows("programme", "number")) == 1


def test_at_the_start_a_programme_with_mistakes_gives_what_is_marked_safe(desk):
    path = prescribe(desk, WRONG)
    daemon = desk.naped({**SETTINGS, "exercises.programme": str(path)})
    told = [
        f"exercises.programme: {path} was not taken (2 mistakes); only movements marked safe are prompted meanwhile. "
        f"See: nape exercise check {path}"]
    eventually("it is told", lambda: daemon.problems == told)
    daemon.call("Daemon", "Reload")
    assert daemon.problems == told, "there is still no programme before it"
    daemon.stop()
    assert desk.rows("programme", "number") == [], "none has been chosen"


def test_an_exercise_prompt_is_posted_answered_and_recorded_and_the_log_tells_nothing(desk):
    path = prescribe(desk, PRESCRIBED)
    mutter, server = desk.mutter(), desk.notification_server()
    daemon = desk.naped({
        **SETTINGS, "presence.away_after": "5min", "prompts.move.after": "2h", "prompts.exercise.every": "1min",
        "prompts.budget.enabled": False, "prompts.checkin.enabled": False, "exercises.programme": str(path)})
    mutter.sit_down(daemon)
    eventually("an exercise is prompted", lambda: daemon.current[1] == "exercise", limit=100)
    server.wait_shown()
    shown = server.notified[-1]
    assert shown["body"].startswith("Shoulder rolls at the wall, four, slow. Stop if "), shown
    assert len(shown["summary"] + shown["body"]) <= 200
    number = daemon.current[0]
    daemon.call("Prompts", "Respond", "ts", number, "done")
    daemon.wait_ended(number, "done")
    row, = desk.rows("exercise_done", "1")
    assert (row["exercise"], row["level"], row["prompt_id"], row["way"]) == ("E14", 1, number, "notification")
    # What was done by the command while a prompt is open is recorded once.
    eventually("an exercise is prompted again", lambda: daemon.current[1] == "exercise", limit=100)
    good(desk, "done", "E02")
    daemon.wait_ended(daemon.posted()[-1][0], "done")
    wait(0.5)
    assert sorted(row["exercise"] for row in desk.rows("exercise_done", "1")) == ["E02", "E14"]
    good(desk, "felt", "E02", "8")
    good(desk, "questions", "dizziness=yes")
    daemon.stop()
    for secret in ("E14", "E02", "Ms Q", "Huber", "gently", "dizz", "Shoulder"):
        assert secret not in daemon.log, daemon.log
