"""`journalctl -x` explains each record, with the record's own values."""

import contextlib
import pathlib
import re
import sqlite3
import sys

from machine import OBJECT, SERVICE

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Support"))

from catalog import FIELD, entries, message_ids  # noqa: E402

SETTINGS = """
[prompts]
min_gap = "1s"
settle = "0s"
deliver = ["notification"]
[prompts.posture]
enabled = false
[prompts.checkin]
enabled = false
[prompts.move]
after = "3s"
[journal]
diary = "onsets"
"""
# A step of the clock would be the whole machine's, two programs that remind take GNOME, a policy has its own test.
ELSEWHERE = {"clockStepped", "advised", "settingsOverruled"}


def provoke_everything(machine):
    machine.configure("[presence]\nbreak_after = 3\n" + SETTINGS)
    machine.start()
    ids = message_ids()
    machine.until("the settings are refused", lambda: machine.journal(f"MESSAGE_ID={ids['settingsRefused']}"))
    machine.until("there is no source", lambda: machine.journal(f"MESSAGE_ID={ids['degraded']}", "NAPE_FAULT=source"))
    machine.configure(SETTINGS.replace('"notification"', '"journal"'))
    machine.systemctl("reload", "nape")
    machine.sit_down()
    machine.until("a prompt", lambda: machine.journal(f"MESSAGE_ID={ids['promptPosted']}"))
    with contextlib.closing(sqlite3.connect(machine.store_path, isolation_level=None)) as store:
        store.execute("BEGIN IMMEDIATE")
        machine.as_user("nape", "pause", "1h")
        machine.until("the store is busy", lambda: machine.journal(f"MESSAGE_ID={ids['storeFailed']}"))
        store.execute("ROLLBACK")
    machine.as_user("nape", "resume")
    machine.until("the store is free", lambda: machine.journal(f"MESSAGE_ID={ids['storeRecovered']}"))
    machine.as_user("nape", "headache", "7")
    machine.until("an onset", lambda: machine.journal(f"MESSAGE_ID={ids['onsetNoted']}"))
    # Another instance, as a service of its own.
    machine.as_user("systemd-run", "--user", "--wait", "--unit=second", "/usr/bin/naped")
    machine.systemctl("stop", "nape")


def test_each_record_is_whole_and_explained(machine):
    updated = machine.run("journalctl", "--update-catalog")
    assert updated.stdout == updated.stderr == ""
    provoke_everything(machine)
    names = {number: name for name, number in message_ids().items()}
    ours = machine.journal("SYSLOG_IDENTIFIER=naped", "+", "SYSLOG_IDENTIFIER=naped")
    found = {}
    for record in ours:
        assert record["MESSAGE_ID"] in names, record
        found[names[record["MESSAGE_ID"]]] = record
        assert record["PRIORITY"] in "3456" and record["SYSLOG_IDENTIFIER"] == "naped", record
        assert re.fullmatch(r"NapeDaemon/\w+\.swift", record["CODE_FILE"]) and int(record["CODE_LINE"]) > 0, record
        assert record["CODE_FUNC"] and record["NAPE_VERSION"], record
    assert set(found) == set(names.values()) - ELSEWHERE
    assert found["failed"]["PRIORITY"] == "5" and found["failed"]["USER_UNIT"] == "second.service"
    assert "another naped is running" in found["failed"]["MESSAGE"]
    assert found["settingsRefused"]["NAPE_CONFIG_LINE"] == "2"

    for number, head, prose in entries():
        name = names[number]
        if name in ELSEWHERE:
            continue
        record = found[name]
        for field in FIELD.findall(head["Subject"] + prose):
            assert record.get(field), (name, field)
        # As the person asks for it.
        shown = machine.as_user(
            "journalctl", "--user", "-x", "--no-pager", "--no-hostname", f"MESSAGE_ID={number}", "-n", "1").stdout
        subject = FIELD.sub(lambda field: found[name][field.group(1)], head["Subject"])
        assert f"Subject: {subject}" in shown, (name, shown)
        assert "Defined-By: nape" in shown and not FIELD.search(shown), (name, shown)
        last = FIELD.sub(lambda field: found[name][field.group(1)], prose.strip().splitlines()[-1])
        assert last.strip() in shown, (name, shown)
    # Its last words are the unit's, although the process was gone.
    assert "another naped is running" in machine.as_user("journalctl", "--user", "--no-pager", "-u", "second").stdout


def test_a_prompt_that_a_killed_daemon_left_has_its_end_in_the_journal(machine):
    machine.configure(SETTINGS.replace('"notification"', '"journal"'))
    machine.drop_in("[Service]\nRestartSec=100ms\n")
    machine.start()
    machine.sit_down()
    ids = message_ids()
    [posted] = machine.until("a prompt", lambda: machine.journal(f"MESSAGE_ID={ids['promptPosted']}"))
    killed = machine.main_pid()
    machine.systemctl("kill", "--signal=KILL", "nape")
    machine.restarted(after=killed)
    [ended] = machine.until("its end", lambda: machine.journal(f"MESSAGE_ID={ids['promptEnded']}"))
    assert ended["NAPE_PROMPT_ID"] == posted["NAPE_PROMPT_ID"]
    assert ended["NAPE_OUTCOME"] == "withdrawn"
    machine.as_user("busctl", "--user", "--auto-start=no", "call", SERVICE, OBJECT, f"{SERVICE}.Daemon", "Why")
