"""`nape` as a command among others: its exit statuses, what it prints where, and that it does not mind who reads."""
import json
import os
import re
import signal
import subprocess

import pytest

from desk import ROOT, binary
from person import Person


def test_alone_it_says_what_there_is(desk):
    result = desk.nape()
    assert (result.returncode, result.stderr) == (0, "")
    for word in ("status", "headache", "exercise", "review", "config", "doctor", "--version"):
        assert re.search(rf"^  {word} ", result.stdout, re.MULTILINE), word
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_the_version_comes_with_the_intended_use(desk):
    result = desk.nape("--version")
    assert result.returncode == 0
    assert re.match(r"nape \d+\.\d+\.\d+\n", result.stdout)
    assert "does not diagnose" in result.stdout and max(map(len, result.stdout.splitlines())) <= 80
    assert desk.run(binary("naped"), "--version").stdout.startswith("naped ")


@pytest.mark.parametrize("words, hint", [
    (["statsu"], "nape status"), (["exercise", "shwo"], "nape exercise show"), (["config", "chekc"], "nape config check"),
    (["something-else"], "nape --help"), (["help", "statsu"], "nape status"), (["statsu", "--help"], "nape status"),
    (["help", "headache", "edti"], "nape headache edit"),
], ids=str)
def test_a_misspelt_command_is_told_with_what_was_meant(desk, words, hint):
    result = desk.nape(*words)
    assert (result.returncode, result.stdout) == (64, "")
    assert re.fullmatch(rf"nape: there is no command .*{hint}( lists them)?\n", result.stderr)


@pytest.mark.parametrize("words, status", [
    (["status"], 69), (["resume"], 69), (["day"], 0), (["note", "list"], 0), (["headache", "end"], 1), (["backup", "x.db"], 1),
    (["pause", "soon"], 64), (["headache"], 64), (["export"], 64), (["exercise", "check", "wrong.toml"], 78),
    (["simulate", "--ledger", "--config", "wrong.toml"], 78),
], ids=str)
def test_exit_statuses(desk, words, status):
    (desk.home / "wrong.toml").write_text("nothing = 1\n")
    result = desk.nape(*words)
    assert result.returncode == status, result
    assert bool(result.stderr) == (status != 0)
    if status != 0:
        assert result.stdout == ""


LISTS = [
    ["day"], ["config", "show"], ["config", "explain", "prompts"], ["config", "schema"], ["doctor"], ["desk-check", "list"],
    ["desk-check", "list", "--questions"], ["exercise", "list"], ["exercise", "programme"], ["exercise", "questions"],
    ["exercise", "show"], ["headache", "list"], ["note", "list"], ["score", "list"], ["trial", "show"], ["warning-signs"],
    ["warning-signs", "--regions"],
]


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_what_prints_records_prints_json(desk, words):
    result = desk.nape(*words, *([] if words == ["config", "schema"] else ["--json"]))
    assert result.returncode == (1 if words == ["doctor"] else 0), result
    json.loads(result.stdout)


def test_what_was_stored_is_told_as_json(desk):
    note = json.loads(desk.nape("note", "New chair", "--json").stdout)
    assert note["text"] == "New chair"
    assert json.loads(desk.nape("score", "ndi", "14", "--json").stdout)["total"] == 14
    assert json.loads(desk.nape("backup", "copy.db", "--json").stdout)["holds"]["notes"] == 1
    (desk.home / "diary.json").write_text(desk.nape("headache", "list", "--json").stdout)
    taken = json.loads(desk.nape("import", "diary.json", "--json").stdout)
    assert (taken["new"], taken["known"], taken["refused"]) == (0, 2, 0)


@pytest.mark.parametrize("words", [["--help"], ["warning-signs"], ["headache", "list"], ["config", "schema"],
                                   ["simulate", str(ROOT / "Tests/Traces/working-week.jsonl")]], ids=" ".join)
def test_a_reader_that_has_gone_is_no_trouble(desk, words):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [binary("nape"), *words], stdin=subprocess.DEVNULL, stdout=write, stderr=subprocess.PIPE, env=desk.environment, timeout=60)
    os.close(write)
    # As any program whose reader has enough.
    assert (done.returncode, done.stderr) == (-signal.SIGPIPE, b"")


@pytest.mark.parametrize("words", [["--help"], ["status"], ["exercise", "show", "E14"], ["demo", "--pace", "0"], ["review"]], ids=" ".join)
def test_no_colours_where_none_are_wanted(desk, words):
    person = Person(desk, binary("nape"), *words, term="xterm-256color", environment={"NO_COLOR": "1"})
    person.ends()
    assert not re.search(r"\x1b\[[0-9;]*m", person.output)
