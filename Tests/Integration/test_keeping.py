"""Copies, erasing and import, with a daemon that runs."""
import contextlib
import json
import os
import shutil
import sqlite3
import stat
import subprocess

from desk import SETTINGS, binary
from person import Person
from waiting import eventually

MARKER = "marker-4711"


def document(count, note=MARKER, first=1):
    """A diary of so many headaches, one an hour."""
    return json.dumps({"nape-diary": 1, "episodes": [
        {"id": f"00000000-0000-7000-8000-{number:012x}",
         "onset": f"2026-{1 + number // 600:02}-{1 + number // 24 % 25:02}T{number % 24:02}:00:00+01:00",
         "onset_precision": "exact", "onset_nrs": 6, "side": "left", "note": f"{note} {number}",
         "medicines": [{"taken": "2026-01-01T00:00:00+01:00", "name": note, "class": "simple"}],
         "entered_at": "2026-10-01T10:00:00+01:00", "way": "command-line"}
        for number in range(first, first + count)]})


def write(desk, name, text):
    file = desk.home / name
    file.write_text(text)
    return file


def holding(desk, text=MARKER):
    return [file.name for file in desk.store.parent.iterdir() if text.encode() in file.read_bytes()]


def counts(path):
    """Headaches, and whether each is whole."""
    with contextlib.closing(sqlite3.connect(path, timeout=10)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if database.execute("PRAGMA user_version").fetchone() < (4,):
            return 0
        (headaches,), = database.execute("SELECT count(*) FROM episode")
        (fields,), = database.execute("SELECT count(*) FROM episode_field")
        (medicines,), = database.execute("SELECT count(*) FROM medicine")
        assert (fields, medicines) == (3 * headaches, headaches)
        return headaches


def test_copy_while_the_daemon_writes(desk):
    mutter = desk.mutter()
    daemon = desk.naped({**SETTINGS, "prompts.move.enabled": False})
    mutter.sit_down(daemon)
    assert desk.nape("import", write(desk, "diary.json", document(50))).returncode == 0
    copy = desk.home / "copy.db"
    for place in range(5):
        daemon.call("Sitting", "SetPosture", "s", ("standing", "sitting")[place % 2])
        done = desk.nape("backup", *(["--force"] if place else []), copy)
        assert done.returncode == 0, done.stderr
        assert "50 headaches" in done.stdout and MARKER not in done.stdout
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert counts(copy) == 50
    before = copy.read_bytes()
    refused = desk.nape("backup", copy)
    assert refused.returncode == 1 and "--force" in refused.stderr
    assert copy.read_bytes() == before
    assert desk.nape("backup", desk.home / "no" / "copy.db").returncode == 1
    assert [file.name for file in desk.home.glob(".copy*")] == []


def test_erased_is_gone_while_the_daemon_runs(desk):
    mutter = desk.mutter()
    daemon = desk.naped({**SETTINGS, "prompts.move.enabled": False})
    mutter.sit_down(daemon)
    daemon.call("Sitting", "SetPosture", "s", "standing")
    mutter.type_for(1)
    assert desk.nape("import", write(desk, "diary.json", document(3))).returncode == 0
    assert holding(desk)
    began = desk.checkpoint()["made.utc_usec"]
    assert [span["kind"] for span in desk.spans()] == ["unknown", "sitting"]
    # Over a pipe nobody can be asked.
    refused = desk.nape("erase", "--all")
    assert refused.returncode == 64 and "--yes" in refused.stderr
    assert holding(desk)
    done = desk.nape("erase", "--all", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert holding(desk) == []
    assert desk.spans() == [] and desk.prompts() == [] and desk.rows("erasure", "1") == []
    # The daemon goes on, and knows nothing of what was before.
    checkpoint = desk.checkpoint()
    assert checkpoint.get("open.0.utc_usec", began + 1) > began
    assert not any(name.startswith("day.") and "." not in name[4:] and value for name, value in checkpoint.items())
    assert daemon.get("Sitting", "TodayUSec") < 1_000_000
    assert daemon.state.startswith("standing")
    daemon.call("Sitting", "SetPosture", "s", "sitting")
    assert [span["kind"] for span in desk.spans()] == ["standing"]
    assert daemon.stop() == 0
    desk.assert_ledger_is_whole()


def test_erasing_asks_on_a_terminal_and_reports_who_is_in_the_way(desk):
    daemon = desk.naped(SETTINGS)
    assert desk.nape("import", write(desk, "diary.json", document(2))).returncode == 0

    def ask(answer):
        person = Person(
            desk, binary("nape"), "erase", "--from", "2026-01-01", "--to", "2026-01-01", "--diary-only")
        person.sees('Type "erase"')
        person.types(f"{answer}\n")
        return person.ends()
    assert ask("yes") == 1
    assert counts(desk.store) == 2
    with contextlib.closing(sqlite3.connect(desk.store, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM episode").fetchall()
        busy = desk.nape("erase", "--all", "--yes")
        assert busy.returncode == 1 and "again" in busy.stderr
        reader.execute("ROLLBACK")
    assert counts(desk.store) == 0
    assert desk.nape("import", write(desk, "diary.json", document(2))).returncode == 0
    assert ask("erase") == 0
    assert counts(desk.store) == 0
    assert holding(desk) == []
    assert daemon.stop() == 0


def killed(desk, seconds, *words):
    """Headaches after nape was killed so long after its start."""
    process = subprocess.Popen(
        [binary("nape"), *map(str, words)], env=desk.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    process.kill()
    process.wait()
    return counts(desk.store) if desk.store.exists() and desk.store.stat().st_size else 0


def test_entering_is_whole_or_not_at_all_when_it_is_killed(desk):
    file = write(desk, "diary.json", document(100))
    desk.nape("import", file, "--dry-run")
    assert not desk.store.exists(), "a try leaves nothing"
    seen = set()
    for seconds in (*(0.02 + 0.01 * place for place in range(10)), 20):
        shutil.rmtree(desk.store.parent, ignore_errors=True)
        seen.add(killed(desk, seconds, "import", file))
    assert seen == {0, 100}
    before = 100
    for place, seconds in enumerate((*(0.008 * place for place in range(12)), 20)):
        after = killed(
            desk, seconds, "headache", "6", "--side", "left", "--note", MARKER, "--medicine", "ibuprofen 400 mg",
            "--ago", f"{place + 1}h")
        seen.add(after - before)
        before = after
    assert seen == {0, 1, 100}


def test_disk_without_room_is_told_and_takes_nothing(desk):
    assert desk.nape("import", write(desk, "one.json", document(1))).returncode == 0
    file = write(desk, "many.json", document(200, first=10))
    limit = "trap '' XFSZ; ulimit -f 40; exec \"$@\""
    done = desk.run("/bin/bash", "-c", limit, "bash", binary("nape"), "import", file)
    assert done.returncode == 1
    assert "SQLite error" in done.stderr and MARKER not in done.stderr
    assert counts(desk.store) == 1
    # A reader keeps the log as long as it is.
    with contextlib.closing(sqlite3.connect(desk.store, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM episode").fetchall()
        assert desk.nape("import", file).returncode == 0
        done = desk.run("/bin/bash", "-c", limit, "bash", binary("nape"), "headache", "6", "--note", MARKER)
        assert done.returncode == 1 and "Stored" not in done.stdout
        assert "NOT stored" in done.stderr and "\n  nape headache 6 " in done.stderr and MARKER in done.stderr
    assert counts(desk.store) == 201


def test_files_are_private_whatever_the_folder_and_the_mask_were(desk):
    desk.store.parent.mkdir()
    desk.store.parent.chmod(0o777)
    loose = "umask 000; exec \"$@\""
    file = write(desk, "diary.json", document(1))
    assert desk.run("/bin/bash", "-c", loose, "bash", binary("nape"), "import", file).returncode == 0
    daemon = desk.naped(SETTINGS)
    assert desk.run("/bin/bash", "-c", loose, "bash", binary("nape"), "backup", desk.home / "copy.db").returncode == 0
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in desk.store.parent.iterdir()}
    assert modes == {"nape.db": 0o600, "nape.db-wal": 0o600, "nape.db-shm": 0o600}
    assert stat.S_IMODE(desk.store.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE((desk.home / "copy.db").stat().st_mode) == 0o600
    assert daemon.stop() == 0


CSV = """\ufeffDate;Time;Pain;Side;What\r
02.03.2026;14:30;6;Left;"a ""b"" c"\r
03.03.2026;;4-6;;\r
03.03.2026;25:00;4;;\r
04.03.2026;09:00;11;;\r
05.03.2026;09:00;4\r
02.03.2026;14:33;6;Left;x\r
29.03.2026;02:30;6;;"two\r
lines"\r
"""


def test_table_is_taken_line_by_line_and_once(desk):
    file = write(desk, "past.csv", CSV)
    words = ("import", file, "--map", "onset=Date+Time,onset_nrs=Pain,side=Side,note=What",
             "--date-format", "%d.%m.%Y %H:%M", "--zone", "Europe/Berlin")
    done = desk.nape(*words)
    assert done.returncode == 1
    assert done.stdout == "3 new, 0 known, 0 different here, 1 duplicates, 3 refused\n"
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == ["line 4", "line 5", "line 6", "line 7"]
    assert desk.nape(*words).stdout == "0 new, 1 known, 0 different here, 3 duplicates, 3 refused\n"
    rows = [(row["onset_utc_usec"] // 1_000_000, row["onset_offset_s"], row["onset_precision"], row["way"])
            for row in desk.rows("episode", "onset_utc_usec")]
    assert rows == [
        (1772458200, 3600, "exact", "import"), (1772492400, 3600, "day", "import"),
        # 02:30 is skipped that night.
        (1774746000, 7200, "exact", "import")]
    notes = [row["value"] for row in desk.rows("episode_field", "value") if row["name"] == "note"]
    assert notes == ['a "b" c', "two\nlines"]
    wrong = desk.nape("import", file)
    assert wrong.returncode == 1 and "--map" in wrong.stderr
    for word, value in [
            ("--map", "onset"), ("--map", "onset=#-9223372036854775808"), ("--map", "onset=#0"),
            ("--map", "onset=#18446744073709551615"), ("--date-format", "%Q"), ("--zone", "../UTC")]:
        wrong = desk.nape("import", file, word, value)
        assert wrong.returncode == 64 and word in wrong.stderr, wrong.stderr


def test_medicines_of_a_table_are_those_of_the_diary(desk):
    file = write(desk, "past.csv", "onset,medicine,medicine_dose,medicine_class\n"
                 "2026-01-01 10:00,Ibuprofen 400 mg,,\n"
                 "2026-01-02 10:00,Sumatriptan,50 mg,\n"
                 "2026-01-03 10:00,green pills 2,,opioid\n")
    assert desk.nape("import", file).returncode == 0
    assert [(row["name"], row["dose"], row["class"]) for row in desk.rows("medicine", "taken_utc_usec")] == [
        ("Ibuprofen", "400 mg", "simple"), ("Sumatriptan", "50 mg", "triptan"), ("green pills", "2", "opioid")]


def test_what_is_no_diary_is_told(desk):
    for text, word in [("", "empty"), ("{", "JSON"), ('{"nape-diary": 2}', "version"), ("onset\n\"2026", "line 2"),
                       ('{"nape-diary": 1, "episods": []}', "episods"), ("a,b\n1,2\n", "onset")]:
        done = desk.nape("import", write(desk, "file", text))
        assert done.returncode == 1 and word in done.stderr, (text, done.stderr)
    assert not os.path.exists(desk.store)
    entered = '"entered_at": "2026-01-01T10:00:00Z", "way": "dbus"}'
    number = '{"id": "00000000-0000-7000-8000-000000000001", '
    for kind, text in [
            ("days", '{"date": "2026-01-01", "state": "headache", '),
            ("scores", number + '"instrument": "hit-6", "total": 9223372036854775807, "date": "2026-01-01", '),
            ("desk_checks", number + '"date": "2026-01-01", "answers": {"": "low"}, '),
            ("episodes", number + '"onset": "2026-01-01T10:00:00Z", "desk_context": {"sitting_usec": [0, 0, 0],'
             ' "known_usec": [0, 0, 9007199254740992], "longest_bout_usec": 0, "ignored_prompts": 0,'
             ' "part_of_day": "night", "complete": true}, ')]:
        file = write(desk, "file", f'{{"nape-diary": 1, "{kind}": [{text}{entered}]}}')
        done = desk.nape("import", file, "--dry-run")
        assert done.returncode == 1 and f"{kind}[0]: " in done.stderr, done.stderr
    eventually("nothing is left", lambda: not list(desk.data.iterdir()))


def test_old_spans_stay_until_the_clock_has_run_for_an_hour(desk):
    assert desk.naped(SETTINGS).stop() == 0
    with contextlib.closing(sqlite3.connect(desk.store)) as database, database:
        database.execute(
            "INSERT INTO span VALUES (-1, randomblob(16), 'sitting', 'input', ?, 0, 'old', 1, 3600000000)",
            ((20_000 * 24 + 9) * 3_600_000_000,))
    mutter = desk.mutter()
    daemon = desk.naped({**SETTINGS, "store.keep": "720h"})
    mutter.sit_down(daemon)
    daemon.call("Sitting", "SetPosture", "s", "standing")
    assert daemon.stop() == 0
    assert desk.rows("day_total", "date") == []
    assert "old" in {span["boot_id"] for span in desk.spans()}


def test_a_daemon_that_cannot_take_the_word_is_told_of(desk):
    daemon = desk.naped(SETTINGS)
    assert desk.nape("import", write(desk, "diary.json", document(2))).returncode == 0
    with contextlib.closing(sqlite3.connect(desk.store)) as database, database:
        database.execute(
            "CREATE TRIGGER held BEFORE DELETE ON erasure BEGIN SELECT raise(ABORT, 'held'); END")
    done = desk.nape("erase", "--all", "--yes")
    assert done.returncode == 1 and "naped" in done.stderr and "again" in done.stderr
    assert len(desk.rows("erasure", "number")) == 1
    with contextlib.closing(sqlite3.connect(desk.store)) as database, database:
        database.execute("DROP TRIGGER held")
    assert desk.nape("erase", "--all", "--yes").returncode == 0
    assert desk.rows("erasure", "number") == [] and counts(desk.store) == 0
    assert daemon.stop() == 0
