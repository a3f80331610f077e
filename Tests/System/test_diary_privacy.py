"""After a day with headaches nobody but the person's own store knows of them (principle 6)."""

import json
import re
import subprocess

from machine import OBJECT, SERVICE

SETTINGS = """
[presence]
break_after = "2min"
[prompts]
min_gap = "1s"
settle = "0s"
[prompts.posture]
enabled = false
[prompts.move]
enabled = false
[prompts.checkin]
at = "00:00"
"""

# What a day with headaches leaves in the store, and nowhere else.
TOLD = re.compile(
    r"headache|migraine|\bpain|\bache|intensity|severe|moderate|\bleft\b|ibuprofen|437 mg|onset|episode|zwiebel", re.IGNORECASE)

# What the person's own screen is shown, and so whoever listens between the daemon and the screen
# (reference/prompt-texts-mock.md); no more than that.
SHOWN = [
    "Diary", "Something to note", "Nothing to note", "Not now", "How strong? Close this to stop here; the rest stays open.",
    "Mild", "Moderate", "Severe", "Which side?", "Left", "Right", "Both", "Neck stiff or sore too?", "Not sure",
]


def diary(machine, member, *arguments, check=True):
    return machine.as_user(
        "busctl", "--user", "call", SERVICE, OBJECT, f"{SERVICE}.Diary", member, *arguments, check=check)


def press(machine, key, shown_next):
    """Presses a button of what stands on the screen, and waits for what comes in its place."""
    [one] = machine.until("a notification", machine.shown)
    number = one["id"]["data"]
    machine.as_user("makoctl", "invoke", "-n", str(number), key)
    machine.until(
        "the next one", lambda: [other["summary"]["data"] for other in machine.shown()] == shown_next)


def entries_by_other_programs(machine):
    """What the command line writes, and what is refused it."""
    nape = lambda *words, check=True: machine.as_user("nape", *words, check=check)  # noqa: E731
    nape(
        "headache", "7", "--side", "left", "--neck", "--ago", "90min", "--medicine", "ibuprofen 437 mg", "--note",
        "Zwiebelkuchen")
    nape("headache", "8", "--ago", "30min")
    nape("headache", "delete", "--yes")
    assert nape("headache", "6", "--ago", "91min", check=False).returncode == 1
    assert nape("day", "none", check=False).returncode == 1
    machine.write_as_user(machine.home / "old.csv", "when,how\n2026-13-01 10:00,severe headache\n")
    assert nape("import", str(machine.home / "old.csv"), check=False).returncode != 0


def entries_by_the_bus(machine):
    diary(machine, "LogHeadache", "a{sv}", "2", "onset_nrs", "i", "9", "note", "s", "Zwiebel", check=False)
    assert diary(machine, "LogHeadache", "a{sv}", "1", "onset_nrs", "i", "11", check=False).returncode != 0
    assert diary(machine, "DeleteHeadache", "s", "0" * 8, check=False).returncode != 0


def without_calls(heard):
    """What was heard but for what a program itself tells the diary; what it is answered stays."""
    lines = [line for line in heard.splitlines() if line]
    calls = {line for line in lines
             if (message := json.loads(line)).get("type") == "method_call" and message.get("interface") == f"{SERVICE}.Diary"}
    assert calls
    # A refusal names the key that it is about.
    return "\n".join(line for line in lines if line not in calls).replace("onset_nrs (a whole number, or s)", "")


def test_nobody_else_learns_of_a_headache(machine):
    machine.forget_notification_servers()
    machine.configure(SETTINGS)
    machine.start()
    monitor = subprocess.Popen(
        ["as-user", "busctl", "--user", "--json=short", "monitor"], stdout=open("/run/monitor.log", "w"),
        stderr=subprocess.DEVNULL)
    machine.until(
        "the monitor listens", lambda: machine.property("Daemon", "Version") and open("/run/monitor.log").read())
    machine.sit_down()
    machine.start_mako()
    machine.until("the check-in is asked", lambda: machine.property("Prompts", "Current")[1] == "checkin")
    press(machine, "a2", ["Diary, 1 of 3"])
    press(machine, "a2", ["Diary, 2 of 3"])
    press(machine, "a1", ["Diary, 3 of 3"])
    press(machine, "a1", [])
    entries_by_other_programs(machine)
    entries_by_the_bus(machine)
    machine.until("the last refusal is heard", lambda: "there is no such entry" in open("/run/monitor.log").read())
    monitor.terminate()
    monitor.wait()
    stored = machine.query("SELECT way FROM episode")
    assert sorted(row["way"] for row in stored) == ["command-line", "dbus", "notification"]

    heard = without_calls(open("/run/monitor.log").read())
    assert "Notify" in heard and '"Changed"' in heard and '"error"' in heard
    for text in SHOWN:
        heard = heard.replace(json.dumps(text), '""')
    assert not TOLD.search(heard.replace(f"{SERVICE}.Diary", "").replace("x-nape.checkin", "")), TOLD.findall(heard)

    journal = json.dumps(machine.journal())
    assert "Prompt" in journal
    for place, text in {
            "journal": journal, "unit": machine.unit_journal(), "status": machine.service_report(),
            "screen": open("/run/mako.log").read(),
            "properties": "".join(
                machine.as_user("busctl", "--user", "introspect", SERVICE, OBJECT, f"{SERVICE}.{interface}").stdout
                for interface in ("Sitting", "Prompts", "Daemon")),
            "why": machine.as_user("nape", "why").stdout}.items():
        assert not TOLD.search(text), (place, TOLD.findall(text))


def test_an_onset_is_in_the_journal_where_the_person_wants_that(machine):
    machine.configure(SETTINGS + '[journal]\ndiary = "onsets"\n')
    machine.start()
    machine.as_user("nape", "headache", "7", "--side", "left", "--note", "Zwiebelkuchen")
    [record] = machine.until("a record", lambda: machine.journal("MESSAGE_ID=6e0b4d92a7c34f18b5d1f8e3c97a2046"))
    assert record["NAPE_ONSET"] in record["MESSAGE"]
    assert "Zwiebel" not in json.dumps(record) and "left" not in json.dumps(record)
    # One record an onset, however often the store is read.
    machine.as_user("busctl", "--user", "call", SERVICE, OBJECT, f"{SERVICE}.Daemon", "Refresh")
    assert len(machine.journal("MESSAGE_ID=6e0b4d92a7c34f18b5d1f8e3c97a2046")) == 1
