"""Headaches on the command line: by keys on a terminal, and in one line. There is no daemon, and none is started."""
import json
import re
import signal
import time

import pytest

from desk import NAME, binary
from person import BACKSPACE, CTRL_C, ESCAPE, LEFT, Person
from waiting import eventually


def fields(desk):
    return {row["name"]: row["value"] for row in desk.rows("episode_field", "name")}


def minutes_ago(row, column="onset_utc_usec"):
    return (time.time() - row[column] / 1e6) / 60


def enter(desk, **options):
    person = Person(desk, binary("nape"), "headache", **options)
    person.sees("How strong")
    return person


def pass_the_page(person):
    person.sees("Numbers of those that you have")
    for _ in range(3):
        person.types("\n")
    person.sees("Enter goes back to the entry")
    person.types("\n")
    person.sees("Which side?")


def test_four_keys_and_enter_store_a_headache(desk):
    person = enter(desk)
    person.types("6", "l", "y", "\r")
    assert person.ends() == 0
    print(f"{person.keys} keys; from the start to stored {time.monotonic() - person.begun:.2f} s")
    assert person.keys == 4
    [row] = desk.rows("episode", "1")
    assert person.screen.startswith("Stored. Headache ")
    assert f"Undo: nape headache delete {row['id'].hex()[-6:]}" in person.screen
    assert minutes_ago(row) < 1 and row["onset_precision"] == "exact" and row["way"] == "command-line"
    assert fields(desk) == {"onset_nrs": "6", "side": "left", "neck_with": "yes"}
    assert desk.owner(NAME) is None


def test_wrong_keys_going_back_and_a_resize_on_the_way(desk):
    person = enter(desk)
    person.types("k")
    assert "k is no answer here: 0 to 9, or x for 10." in person.screen
    person.types("5", "r", LEFT, BACKSPACE, "7")
    person.resize(24, 12)
    eventually("it is drawn anew", lambda: max(map(len, person.screen.split("\n"))) <= 24)
    assert "Which side?  right" in person.screen and len(person.screen.split("\n")) <= 12
    person.resize(80, 24)
    person.sees("m: middle or unsure")
    person.types("l", " ", "9", "3")
    assert "60 min ago" in person.screen
    person.types("\r")
    assert person.ends() == 0
    [row] = desk.rows("episode", "1")
    assert 59 < minutes_ago(row) < 62 and row["onset_precision"] == "1h"
    assert fields(desk) == {"onset_nrs": "7", "side": "left"}


@pytest.mark.parametrize("way, status", [
    (ESCAPE, 1), (CTRL_C, 130), (signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_an_entry_that_is_left_leaves_nothing_behind(desk, way, status):
    person = enter(desk)
    person.types("6", "l", "y")
    if isinstance(way, signal.Signals):
        person.process.send_signal(way)
    else:
        person.types(way)
    assert person.ends() == status
    assert "nothing was stored" in person.screen
    assert "\x1b[?25h\x1b[?1049l" in person.output
    assert not desk.store.exists()


def test_the_page_of_warning_signs_leaves_nothing_behind(desk):
    person = enter(desk)
    person.types("6", "!")
    pass_the_page(person)
    person.types(ESCAPE)
    assert person.ends() == 1
    assert not desk.store.exists()


def test_colours_are_left_out_where_they_are_not_wanted(desk):
    plain = enter(desk, environment={"NO_COLOR": "1"})
    assert "\x1b[1m" not in plain.output and "\x1b[2m" not in plain.output
    assert "\x1b[1m" in enter(desk).output


def test_a_dumb_terminal_is_asked_line_by_line(desk):
    person = enter(desk, term="dumb")
    for line in ("11", "9", "no", "both", "<", "r", "", "2", ""):
        person.types(line + "\n")
    assert person.ends() == 0
    assert "\x1b" not in person.output
    assert "11 is no answer here: 0 to 9, or x for 10." in person.output
    assert fields(desk) == {"onset_nrs": "9", "sudden": "no", "side": "right"}
    assert 29 < minutes_ago(desk.rows("episode", "1")[0]) < 32


def test_sudden_and_severe_shows_what_to_do(desk):
    person = enter(desk)
    person.types("x", "y", "\r", "\r")
    assert person.ends() == 0
    assert "Call your emergency number now" in " ".join(person.screen.split())
    assert fields(desk) == {"onset_nrs": "10", "sudden": "yes"}


def test_sudden_and_severe_is_told_however_it_is_entered(desk):
    """In one line, as JSON, by an edit, on the card, and where it is refused."""
    def open_signs():
        return [row["level"] for row in desk.rows("warning_report", "1")]
    told = desk.nape("headache", "--worst", "9", "--field", "sudden=yes", "--at", "2026-01-02")
    assert "Call your emergency number now" in " ".join(told.stdout.split()) and open_signs() == ["E"]
    told = desk.nape("headache", "10", "--field", "sudden=yes", "--at", "2026-01-03", "--json")
    assert json.loads(told.stdout)["sudden"] is True
    assert "Call your emergency number now" in " ".join(told.stderr.split()) and open_signs() == ["E"] * 2
    desk.nape("headache", "6", "--at", "2026-01-04", "--end", "2026-01-04 12:00")
    told = desk.nape("headache", "edit", "--worst", "9", "--field", "sudden=yes", "--json")
    assert json.loads(told.stdout)["peak_nrs"] == 9
    assert "Call your emergency number now" in " ".join(told.stderr.split()) and open_signs() == ["E"] * 3
    told = desk.nape("headache", "edit", "--side", "left")
    assert told.returncode == 0 and "emergency" not in told.stdout and open_signs() == ["E"] * 3
    desk.nape("headache", "6", "--at", "2026-01-05", "--end", "2026-01-05 12:00")
    person = Person(desk, binary("nape"), "detail")
    person.sees("Enter: I have read this.")
    person.types("\r")
    person.sees("at its worst?")
    person.types("9")
    person.sees("within minutes?")
    person.types("y", ESCAPE)
    assert person.ends() == 0
    assert "Call your emergency number now" in " ".join(person.screen.split()) and open_signs() == ["E"] * 4
    desk.nape("headache", "6", "--at", "2026-01-06")
    refused = desk.nape("headache", "edit", "--worst", "9", "--field", "sudden=yes", "--end", "2026-01-01 10:00")
    assert refused.returncode == 1 and "Call your emergency number now" in " ".join(refused.stderr.split())
    assert open_signs() == ["E"] * 4


def test_two_weeks_of_headaches_are_remarked_on_once(desk):
    def day(ago):
        return time.strftime("%Y-%m-%d", time.localtime(time.time() - ago * 86400))
    for ago in range(12, -1, -1):
        assert "doctor" not in desk.nape("headache", "3", "--at", day(ago)).stdout
    assert "doctor" in desk.nape("headache", "3", "--at", day(13)).stdout
    assert "doctor" not in desk.nape("headache", "4", "--at", day(13)).stdout


def test_the_key_for_a_worrying_one_comes_back_to_the_entry(desk):
    person = enter(desk)
    person.types("6", "!")
    pass_the_page(person)
    person.types("l", "y", "\r")
    assert person.ends() == 0
    assert fields(desk) == {"onset_nrs": "6", "side": "left", "neck_with": "yes"}


def test_details_are_asked_one_by_one(desk):
    desk.write_settings({"diary.usual_medicine": "ibuprofen 400 mg"})
    desk.nape("headache", "6", "--ago", "2h")
    person = Person(desk, binary("nape"), "detail")
    # Once, and never before the entry itself.
    person.sees("Enter: I have read this.")
    person.types("\r")
    person.sees("Is it over?")
    person.types("s", "8", "b", "n", "f", "\r", "p")
    person.sees("walking or stairs")
    person.types(*"\t" * 10)
    person.sees("Did you take a medicine")
    person.types("u", "\r", "y", ESCAPE)
    assert person.ends() == 0
    assert fields(desk) == {
        "onset_nrs": "6", "peak_nrs": "8", "start_place": "base-of-skull", "places": "neck,forehead",
        "quality": "pressing"}
    [medicine] = desk.rows("medicine", "1")
    assert (medicine["name"], medicine["dose"], medicine["class"], medicine["helped"]) == (
        "ibuprofen", "400 mg", "simple", "yes")
    assert desk.rows("episode", "1")[0]["end_word"] == "still-there"
    person = Person(desk, binary("nape"), "detail")
    person.sees("Is it over?")
    person.types("n", CTRL_C)
    assert person.ends() == 130
    assert desk.rows("episode", "1")[0]["end_word"] == "still-there"


def test_without_a_terminal_the_line_is_named(desk):
    for words, named in [
        (["headache"], "nape headache 6 --side left"), (["detail"], "nape headache edit"),
        (["headache", "12"], "0 to 10"), (["headache", "--at", "noon"], "HH:MM"), (["day", "nothing"], "none or unknown"),
        (["headache", "5", "--field", "mood=bad"], "onset_nrs"), (["headache", "edit"], "--worst"),
        (["headache", "5", "--ago", "1h", "--at", "10:00"], "either"),
    ]:
        result = desk.nape(*words)
        assert result.returncode == 64 and named in result.stderr and not result.stdout, words
    assert not desk.store.exists()


def test_where_nothing_can_be_stored_the_line_to_keep_is_printed(desk):
    (desk.data / "nape").write_text("no folder")
    result = desk.nape("headache", "6", "--side", "left", "--neck", "--at", "2026-01-02 10:00", "--note", "it's bad")
    assert result.returncode == 1
    assert "NOT stored" in result.stderr
    line = "nape headache 6 --at '2026-01-02 10:00' --side left --neck --field 'note=it'\\''s bad'"
    assert line in result.stderr
    person = enter(desk)
    person.types("x", "!")
    for _ in range(3):
        person.sees("Numbers of those that you have")
        person.types("\n")
    person.sees("Enter goes back to the entry")
    person.types("\n", "y", "l", "n", "\r")
    assert person.ends() == 1
    assert "NOT stored" in person.screen and "nape headache 10 --at " in person.screen
    assert "Call your emergency number now" in " ".join(person.screen.split())


def test_entries_back_dated_doubled_and_to_come(desk):
    """X-14."""
    zone = {"TZ": "Europe/Berlin"}
    for words in (["6", "--ago", "2h"], ["4-6", "--at", "2026-03-10 23:50", "--end", "2026-03-11 01:10"],
                  ["3", "--at", "2026-03-29 02:30"], ["3", "--at", "2025-10-26 02:30"], ["--at", "2026-03-12"]):
        result = desk.nape("headache", *words, environment=zone)
        assert result.returncode == 0, result.stderr
    document = json.loads(desk.nape("headache", "list", "--all", "--json", environment=zone).stdout)
    assert [(one["onset"], one["onset_precision"]) for one in document["episodes"][:4]] == [
        ("2025-10-26T02:30:00+02:00", "exact"), ("2026-03-10T23:50:00+01:00", "exact"),
        ("2026-03-12T00:00:00+01:00", "day"), ("2026-03-29T03:00:00+02:00", "exact")]
    for words, why in [
        (["--at", "2999-01-01 10:00"], "in the future"), (["--at", "2026-03-10 23:54"], "noted already"),
        (["--at", "2026-03-01 10:00", "--end", "2026-03-01 09:00"], "before the onset"),
    ]:
        result = desk.nape("headache", "5", *words, environment=zone)
        assert result.returncode == 1 and why in result.stderr, result.stderr
    flagged = desk.nape("headache", "2", "--ago", "1h", environment=zone)
    assert flagged.returncode == 0 and "Another headache was going on then" in flagged.stderr
    assert re.search(r'\n  nape headache edit [0-9a-f]{6} --end "\d{4}-\d\d-\d\d HH:MM"\n', flagged.stderr)
    long = desk.nape("headache", "2", "--at", "2026-02-01 16:20", "--end", "2026-02-05 09:00", environment=zone)
    assert "until Thu 5 Feb 09:00, lasted 3 days." in long.stdout
    assert 'more than 72 hours' in long.stderr and '--end "2026-02-01 HH:MM"' in long.stderr
    desk.nape("headache", "delete", long.stdout.split()[-1], "--yes")
    listed = desk.nape("headache", "list", "--all", environment=zone).stdout
    assert "recalled" in listed and "6 headaches noted" in listed


def test_an_entry_is_ended_edited_and_deleted(desk):
    """X-15."""
    short = desk.nape("headache", "5", "--ago", "3h").stdout.split()[2].rstrip(":")
    assert "open" in desk.nape("headache", "list").stdout
    refused = desk.nape("headache", "end", "--ago", "4h")
    assert refused.returncode == 1 and "before the onset" in refused.stderr
    ended = desk.nape("headache", "end", "--ago", "1h")
    assert ended.returncode == 0 and "lasted 2 h" in ended.stdout
    assert desk.nape("headache", "end").returncode == 1
    edited = desk.nape("headache", "edit", short, "--worst", "8", "--no-end", "--medicine", "sumatriptan 50 mg", "--json")
    record = json.loads(edited.stdout)
    assert record["peak_nrs"] == 8 and "end" not in record and record["medicines"][0]["class"] == "triptan"
    assert json.loads(desk.nape("headache", "edit", "--unknown", "peak_nrs", "--no-medicine", "--json").stdout).keys().isdisjoint(
        {"peak_nrs", "medicines"})
    assert {row["field"] for row in desk.rows("diary_change", "number")} == {
        "end_known", "end", "peak_nrs", "medicine"}
    assert desk.nape("headache", "delete").returncode == 64
    for name in ("", short[-3:]):
        assert desk.nape("headache", "delete", name, "--yes").returncode == 64
    assert desk.nape("headache", "edit", "", "--worst", "8").returncode == 64
    person = Person(desk, binary("nape"), "headache", "delete")
    person.sees("Delete it?")
    person.types("n\n")
    assert person.ends() == 1
    assert desk.nape("headache", "delete", short, "--yes").returncode == 0
    assert desk.nape("headache", "delete", short, "--yes").returncode == 1
    listed = desk.nape("headache", "list").stdout
    assert "No headache is noted" in listed and "1 entry was deleted" in listed


def test_days_are_what_was_said_of_them(desk):
    assert "0 headache days in 0 recorded days; 28 days not recorded" in desk.nape("day").stdout
    assert not desk.store.exists()
    assert desk.nape("day", "none", "yesterday", "--factors", "sleep,stress").returncode == 0
    desk.nape("day", "none")
    desk.nape("headache", "3")
    refused = desk.nape("day", "none")
    assert refused.returncode == 1 and "a headache is noted" in refused.stderr
    old = time.strftime("%Y-%m-%d", time.localtime(time.time() - 10 * 86400))
    desk.nape("day", "none", old)
    assert desk.nape("day", "none", "2999-01-01").returncode == 1
    text = desk.nape("day").stdout
    assert "1 headache day in 3 recorded days; 25 days not recorded" in text and "-*" in text and "Open" not in text
    days = json.loads(desk.nape("day", "--json").stdout)
    assert (days["headache_days"], days["recorded_days"], days["unknown_days"]) == (1, 3, 25)
    assert [(day["state"], day["recalled"]) for day in days["days"] if day["state"] != "unknown"] == [
        ("none", True), ("none", False), ("headache", False)]
    assert days["days"][-2]["factors"] == ["sleep", "stress"]
    desk.nape("day", "unknown", "yesterday")
    assert "Open: yesterday. If there was none: nape day none yesterday" in desk.nape("day").stdout


def test_the_whole_diary_goes_to_another_machine_and_back(desk):
    assert json.loads(desk.nape("headache", "list", "--json").stdout) == {"nape-diary": 1}
    for words in (
            ["headache", "4-6", "--at", "2026-03-10 23:50", "--end", "2026-03-11 01:10", "--note", "it's \"bad\""],
            ["headache", "9", "--ago", "1h", "--field", "sudden=yes", "--medicine", "ibuprofen 400 mg", "--helped", "no"],
            ["headache", "edit", "--factors", "none"], ["headache", "--at", "2026-03-12"],
            ["day", "none", "2026-01-03", "--factors", "sleep"], ["day", "none", "2026-01-02"],
            ["note", "--kind", "doctor", "--date", "2026-01-02"], ["note", "New", "chair"], ["score", "hit-6", "58"],
            ["desk-check", "--answer", "phone=headset"]):
        done = desk.nape(*words)
        assert done.returncode == 0, (words, done.stderr)
    whole = desk.nape("headache", "list", "--json").stdout
    document = json.loads(whole)
    assert {name: len(records) for name, records in document.items() if name != "nape-diary"} == {
        "episodes": 3, "days": 2, "notes": 2, "scores": 1, "desk_checks": 1}
    assert json.loads(desk.nape("headache", "list", "--weeks", "4", "--json").stdout).keys() == {"nape-diary", "episodes"}
    file = desk.home / "diary.json"
    file.write_text(whole)
    there = {"XDG_DATA_HOME": str(desk.home / "there")}
    for _ in range(2):
        done = desk.nape("import", file, environment=there)
        assert done.returncode == 0, done.stderr
        assert desk.nape("headache", "list", "--json", environment=there).stdout == whole
