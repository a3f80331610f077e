"""The daemon's records in the journal, with the fields by which they are found."""

import re

from machine import OBJECT, SERVICE

# Sources/NapeDaemon/MessageID.swift
STARTED = "b7d0a9e4c2f84d5d9a1b6c3e5f708192"
STOPPED = "0c4e6d1f3a2b4c8e9f5d7a6b1e2c3d40"
DEGRADED = "5f2a8c3d7e914b06a4c8d1e0f3b7925a"
RECOVERED = "93d1b5e7c0a84f2e8b6d4c1a7f5e3029"
SETTINGS_LOADED = "2d9f6b8e1c5a4037b1e8a3d7c6f40952"
POSTED = "7a3c1e9d5b8f42c6a0d4e7f1b2c86935"
ENDED = "c8f5a2d7e4b1493f9c6e0a8d3b7f1524"

QUICK = """
[prompts]
min_gap = "1s"
settle = "0s"
deliver = ["journal"]
[prompts.posture]
enabled = false
[prompts.move]
after = "3s"
"""


def test_a_prompt_and_its_outcome(machine):
    machine.configure(QUICK)
    machine.start()
    machine.sit_down()
    posted = machine.until("a prompt", lambda: machine.journal(f"MESSAGE_ID={POSTED}"))[0]
    assert posted["PRIORITY"] == "6"
    assert posted["NAPE_PROMPT_KIND"] == "move"
    assert int(posted["NAPE_SAT_SEC"]) >= 3
    number = posted["NAPE_PROMPT_ID"]
    assert posted["MESSAGE"].endswith(" To answer: nape break, or nape snooze.")
    assert posted["_UID"] == machine.uid()
    assert posted["_COMM"] == posted["SYSLOG_IDENTIFIER"] == "naped"

    machine.as_user("nape", "snooze")
    ended = machine.until("its outcome", lambda: machine.journal(f"MESSAGE_ID={ENDED}"))[0]
    assert ended["PRIORITY"] == "6"
    assert (ended["NAPE_PROMPT_ID"], ended["NAPE_PROMPT_KIND"], ended["NAPE_OUTCOME"]) == (number, "move", "snoozed")
    for record in (posted, ended):
        assert re.fullmatch(r"NapeDaemon/\w+\.swift", record["CODE_FILE"])
        assert int(record["CODE_LINE"]) > 0
        assert record["CODE_FUNC"]

    # The person sees the same records, and the store has the same prompt.
    assert posted["MESSAGE"] in machine.unit_journal()
    stored = machine.query("SELECT * FROM prompt")[0]
    assert (str(stored["id"]), stored["kind"], stored["outcome"]) == (number, "move", "snoozed")


def test_a_check_in_is_not_read_out(machine):
    """Administrators read the journal; the person's own screen is another matter."""
    machine.configure(QUICK + 'enabled = false\n[prompts.checkin]\nat = "00:00"\nwords = "plain"\n')
    machine.start()
    machine.sit_down()
    posted = machine.until("a prompt", lambda: machine.journal(f"MESSAGE_ID={POSTED}"))[0]
    assert posted["NAPE_PROMPT_KIND"] == "checkin"
    number = posted["NAPE_PROMPT_ID"]
    assert posted["MESSAGE"] == f"Prompt {number} (checkin)."
    machine.as_user("busctl", "--user", "call", SERVICE, OBJECT, f"{SERVICE}.Prompts", "Respond", "ts", number, "yes")
    ended = machine.until("its outcome", lambda: machine.journal(f"MESSAGE_ID={ENDED}"))[0]
    # Whether it was answered, or withdrawn since something was entered, is nobody else's.
    assert ended["MESSAGE"] == f"Prompt {number} (checkin) has ended."
    ours = {name for name in {**posted, **ended} if name.startswith("NAPE_")}
    assert ours == {"NAPE_VERSION", "NAPE_PROMPT_ID", "NAPE_PROMPT_KIND", "NAPE_PROMPT_DATE"}
    assert "headache" not in machine.unit_journal().lower()


def test_a_break_after_the_prompt_is_its_outcome(machine):
    machine.configure('[presence]\nbreak_after = "2s"\n' + QUICK)
    machine.start()
    machine.sit_down()
    machine.until("a prompt", lambda: machine.journal(f"MESSAGE_ID={POSTED}"))
    # The last key, and the person leaves.
    machine.press_key()
    ended = machine.until("its outcome", lambda: machine.journal(f"MESSAGE_ID={ENDED}"))[0]
    assert ended["NAPE_OUTCOME"] == "taken"
    assert machine.sitting() == ("away", "idle")


def test_settings_and_trouble_are_told(machine):
    machine.configure('[prompts.move]\nafter = "40min"\n')
    machine.start()
    loaded = machine.journal(f"MESSAGE_ID={SETTINGS_LOADED}")
    assert [record["NAPE_CONFIG_FILE"] for record in loaded] == [str(machine.settings_path)]
    degraded = machine.until("that there is no source", lambda: machine.journal(f"MESSAGE_ID={DEGRADED}"))
    assert [record["PRIORITY"] for record in degraded] == ["4"]
    # Nothing is better until there is one.
    assert [record["MESSAGE"] for record in machine.journal(f"MESSAGE_ID={RECOVERED}")] == []
    machine.sit_down()
    assert len(machine.journal(f"MESSAGE_ID={RECOVERED}")) == 1
    assert [record["MESSAGE"] for record in machine.journal() if int(record["PRIORITY"]) < 4] == []


def test_its_start_and_its_end_are_told(machine):
    machine.start()
    machine.systemctl("stop", "nape")
    assert len(machine.journal(f"MESSAGE_ID={STARTED}")) == 1
    assert len(machine.journal(f"MESSAGE_ID={STOPPED}")) == 1
