"""`nape adherence`: figures of prompts out of journals, whole, damaged and foreign."""
import json
import os
import pathlib
import random
import shutil
import sys

import pytest

from desk import ROOT, SUPPORT

sys.path.insert(0, str(SUPPORT))

from journals import POSTED, ended, write  # noqa: E402

ONSET = "6e0b4d92a7c34f18b5d1f8e3c97a2046"

WEEK = (
    # Monday at the first desk: 9 moves of which 8 count, a back-off's worth of expired postures, exercises.
    [ended("move", "taken")] * 5 + [ended("move", "snoozed"), ended("move", "skipped"), ended("move", "expired")]
    + [ended("move", "withdrawn")]
    + [ended("exercise", "done"), ended("exercise", "expired"), ended("exercise", "undeliverable")]
    + [ended("posture", "expired")] * 3
    # A check-in is nobody's business, however it ended.
    + [ended("checkin", "done"), ended("checkin", "expired", date="2026-11-22")]
    + [ended("move", "superseded", date="2026-11-24")]
    + [ended("move", "taken", host="desk2"), ended("move", "dismissed", host="desk2")])

# What has another id, or none, is no prompt that has ended.
FOREIGN = [
    {"_HOSTNAME": "desk1", "MESSAGE": "Prompt 3 (move): taken.", "NAPE_OUTCOME": "taken", "NAPE_PROMPT_KIND": "move"},
    {"_HOSTNAME": "desk1", "MESSAGE_ID": POSTED, "NAPE_PROMPT_KIND": "move", "NAPE_PROMPT_DATE": "2026-11-23"},
    {"_HOSTNAME": "desk1", "MESSAGE_ID": ONSET, "NAPE_ONSET": "2026-11-23T10:00:00+01:00", "MESSAGE": "Zwiebel"},
]
UNREADABLE = [
    ended("dance", "taken"), ended("move", "flown"), ended("move", "taken", date="2026-02-30"),
    ended("move", "taken", host="")]


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """A folder as systemd-journal-remote leaves it."""
    folder = tmp_path_factory.mktemp("remote")
    write(folder / "remote-desk1.journal", [record for record in WEEK + FOREIGN if record["_HOSTNAME"] == "desk1"])
    write(folder / "remote-desk2.journal", [record for record in WEEK if record["_HOSTNAME"] == "desk2"])
    return folder


def adherence(desk, *words, status=0):
    done = desk.nape("adherence", *words)
    assert done.returncode == status, done
    return done


def test_by_host_day_and_kind(desk, collected):
    done = adherence(desk, collected)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "host   day         kind      prompts  followed       outcomes",
        "desk1  2026-11-23  move      9        5 of 8 (63 %)  5 taken, 1 snoozed, 1 skipped, 1 expired, 1 withdrawn",
        "desk1  2026-11-23  exercise  3        1 of 2 (50 %)  1 done, 1 expired, 1 undeliverable",
        "desk1  2026-11-23  posture   3        –              3 expired",
        "desk1  2026-11-24  move      1        –              1 superseded",
        "desk2  2026-11-23  move      2        1 of 2 (50 %)  1 taken, 1 dismissed",
    ]
    rows = json.loads(adherence(desk, "--json", collected).stdout)
    assert rows[0] == {
        "host": "desk1", "date": "2026-11-23", "kind": "move", "prompts": 9, "counted": 8, "followed": 5,
        "outcomes": {"taken": 5, "snoozed": 1, "skipped": 1, "expired": 1, "withdrawn": 1}}
    names = ("host", "date", "kind", "prompts", "counted", "followed")
    assert [tuple(row[name] for name in names) for row in rows[1:]] == [
        ("desk1", "2026-11-23", "exercise", 3, 2, 1), ("desk1", "2026-11-23", "posture", 3, 3, None),
        ("desk1", "2026-11-24", "move", 1, 0, 0), ("desk2", "2026-11-23", "move", 2, 2, 1)]
    assert "checkin" not in json.dumps(rows) and "Zwiebel" not in json.dumps(rows)


def test_a_period_files_and_what_was_sent_twice(desk, collected, tmp_path):
    def days(*words):
        rows = json.loads(adherence(desk, "--json", *words).stdout)
        return [(row["host"], row["date"], row["prompts"]) for row in rows if row["kind"] == "move"]
    whole = [("desk1", "2026-11-23", 9), ("desk1", "2026-11-24", 1), ("desk2", "2026-11-23", 2)]
    assert days(collected) == whole
    assert days(collected, "--from", "2026-11-24", "--to", "2026-11-24") == whole[1:2]
    assert days(collected, "--to", "2026-11-23") == [whole[0], whole[2]]
    assert days(collected / "remote-desk2.journal") == whole[2:]
    assert days(collected, collected / "remote-desk2.journal") == whole
    # As journald keeps them: a folder a machine. The upload began anew, and sent the same records again.
    machine = tmp_path / ("0" * 32)
    machine.mkdir()
    for _ in range(2):
        write(machine / "system.journal", [record for record in WEEK if record["_HOSTNAME"] == "desk2"])
    assert days(tmp_path) == whole[2:]


def test_what_is_no_journal_is_said(desk, collected, tmp_path):
    assert adherence(desk, tmp_path / "none", status=1).stderr == f"nape: {tmp_path}/none: No such file or directory\n"
    assert "no journal file" in adherence(desk, tmp_path, status=1).stderr
    empty, foreign, device = tmp_path / "empty.journal", tmp_path / "foreign.journal", "/dev/null"
    empty.touch()
    foreign.write_bytes(b"LPKSHHRH" + bytes(4096))
    for path in (empty, foreign, device, tmp_path / "foreign.journal"):
        done = adherence(desk, path, status=1)
        assert done.stderr.startswith(f"nape: {path}: this is no journal file, or a damaged one"), done.stderr
    shutil.copy(collected / "remote-desk2.journal", tmp_path)
    # What can be read is shown all the same, and it is said that it is not all.
    done = adherence(desk, tmp_path, status=1)
    assert "desk2  2026-11-23  move" in done.stdout
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == [str(empty), str(foreign)]
    for words in (["--from", "yesteryear"], ["--from", "2026-11-24", "--to", "2026-11-23"]):
        assert adherence(desk, collected, *words, status=64).stdout == ""


def test_a_journal_without_prompts(desk, tmp_path):
    write(tmp_path / "remote-desk1.journal", FOREIGN)
    assert adherence(desk, tmp_path).stdout == "No prompt that has ended is in the journal.\n"
    assert adherence(desk, tmp_path, "--json").stdout == "[]\n"
    write(tmp_path / "remote-desk1.journal", UNREADABLE + [ended("move", "taken", host="\x1b[31mdesk")])
    done = adherence(desk, tmp_path)
    assert done.stdout.splitlines()[1].startswith("?[31mdesk  2026-11-23  move")
    assert done.stderr.startswith("nape: 4 records of prompts left out: ")


def test_damaged_journals_are_said_and_never_a_crash(desk, collected, tmp_path):
    whole = (collected / "remote-desk1.journal").read_bytes()
    # Most of a young journal is empty; what is written over there damages nothing.
    written = [offset for offset, byte in enumerate(whole) if byte]
    dice = random.Random(20261125)
    path = tmp_path / "remote-desk1.journal"
    told = {"cut off": 0, "changed": 0}
    for round in range(60):
        changed = bytearray(whole)
        damage = "changed" if round % 3 else "cut off"
        if damage == "cut off":
            del changed[dice.randrange(len(changed)):]
        else:
            for _ in range(1 << dice.randrange(10)):
                changed[dice.choice(written)] ^= dice.randrange(1, 256)
        path.write_bytes(changed)
        done = desk.nape("adherence", "--json", path)
        assert done.returncode in (0, 1), (round, done)
        json.loads(done.stdout)
        # Nothing is counted that is not there.
        assert sum(row["prompts"] for row in json.loads(done.stdout)) <= 16, round
        told[damage] += done.returncode == 1 or "left out" in done.stderr
        assert (done.returncode == 1) == (str(path) in done.stderr), (round, done)
    # libsystemd steps over the rest without a word: docs/fleet.md, journalctl --verify.
    assert told["cut off"] >= 15 and told["changed"] >= 5, told
