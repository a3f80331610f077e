"""What docs/fleet.md tells administrators to collect, with a real systemd-journal-remote: adherence, and no diary."""

import json
import pathlib
import re
import sys

from machine import OBJECT, SERVICE

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Support"))

from catalog import message_ids  # noqa: E402

COLLECTED = pathlib.Path("/var/log/journal/remote")
COLLECTOR = "http://127.0.0.1:19532"
SETTINGS = """
[prompts]
min_gap = "1s"
settle = "0s"
deliver = ["journal"]
[prompts.posture]
every = "2s"
[prompts.move]
after = "4s"
[prompts.checkin]
at = "00:00"
[journal]
diary = "onsets"
"""


def script_of_the_page(machine, first_line):
    """A script as the page has it."""
    page = (machine.root / "docs/fleet.md").read_text()
    [block] = re.findall(rf"^    {re.escape(first_line)}.*\n(?:(?:    .*)?\n)+", page, re.MULTILINE)
    return re.sub(r"^    ", "", block, flags=re.MULTILINE)


def test_settings_for_everybody_are_readable_by_everybody(machine):
    script = script_of_the_page(machine, "set -eu\n    umask 022")

    def run(text):
        path = pathlib.Path("/root/for-everybody")
        path.write_text(text)
        return machine.run("sh", "-c", f"umask 077; exec sh {path}", check=False)

    folder = pathlib.Path("/etc/nape")
    files = [folder / "nape.toml.d/50-company.toml", folder / "policy.toml"]
    for _ in range(2):
        done = run(script)
        assert done.returncode == 0, done.stderr
    assert sorted(path for path in folder.rglob("*") if path.is_file()) == files
    assert {path.stat().st_mode & 0o777 for path in files} == {0o644}
    assert {path.parent.stat().st_mode & 0o777 for path in files} == {0o755}
    found = json.loads(machine.as_user("nape", "config", "show", "--json").stdout)
    assert found["prompts.move.after"]["value"] == "45min"
    assert pathlib.Path("/etc/systemd/user/graphical-session.target.wants/nape.service").is_symlink()
    # A mistake in one of them changes none.
    texts = [path.read_text() for path in files]
    for right, wrong in (('"45min"', '"soon"'), ('min = "30min"', 'min = "2h"')):
        assert right in script
        assert run(script.replace(right, wrong)).returncode == 1
        assert [path.read_text() for path in files] == texts


def start_collector(machine):
    folder = pathlib.Path("/etc/systemd/system/systemd-journal-remote.service.d")
    folder.mkdir(parents=True)
    # HTTP, since the sender is this machine; all else is as the package has it.
    (folder / "trial.conf").write_text(
        "[Service]\nExecStart=\n"
        f"ExecStart=/lib/systemd/systemd-journal-remote --listen-http=-3 --output={COLLECTED}/\n")
    machine.run("systemctl", "daemon-reload")
    machine.run("systemctl", "start", "systemd-journal-remote.socket")


def answer_prompts(machine):
    """A check-in is passed over, a posture answered, a move put off; and a headache is noted."""
    ids = message_ids()
    answers = {"checkin": "skipped", "posture": "done", "move": "snoozed"}

    def ended():
        number, kind = machine.property("Prompts", "Current")
        if kind in answers:
            machine.as_user(
                "busctl", "--user", "call", SERVICE, OBJECT, f"{SERVICE}.Prompts", "Respond", "ts", str(number),
                answers[kind], check=False)
        kinds = {record["NAPE_PROMPT_KIND"] for record in machine.journal(f"MESSAGE_ID={ids['promptEnded']}")}
        return {"checkin", "posture", "move"} <= kinds

    machine.until("one of each kind has ended", ended)
    machine.as_user("nape", "headache", "7", "--note", "Zwiebelkuchen")
    machine.until("the onset is in the journal", lambda: machine.journal(f"MESSAGE_ID={ids['onsetNoted']}"))


def test_adherence_is_collected_and_no_diary(machine):
    machine.configure(SETTINGS)
    machine.start()
    machine.sit_down()
    answer_prompts(machine)
    machine.systemctl("stop", "nape")
    machine.run("journalctl", "--sync")
    start_collector(machine)

    script = pathlib.Path("/usr/local/libexec/nape-adherence-upload")
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(script_of_the_page(machine, "#!/bin/sh"))
    script.chmod(0o755)
    # Once a day, and the days overlap.
    for _ in range(2):
        machine.run("env", f"COLLECTOR={COLLECTOR}", script)
    # Another host says the same of itself.
    hostname = machine.run("hostname").stdout.strip()
    other = pathlib.Path("/usr/local/libexec/other-host")
    rename = f"sed 's/^_HOSTNAME={hostname}$/_HOSTNAME=desk2/'"
    other.write_text(script.read_text().replace("|\n  curl", f"| {rename} |\n  curl"))
    other.chmod(0o755)
    assert "sed" in other.read_text()
    machine.run("env", f"COLLECTOR={COLLECTOR}", other)

    moves = machine.journal(f"MESSAGE_ID={message_ids()['promptEnded']}", "NAPE_PROMPT_KIND=move")
    day = moves[0]["NAPE_PROMPT_DATE"]

    def rows():
        done = machine.run("nape", "adherence", "--json", COLLECTED, check=False)
        return json.loads(done.stdout) if done.returncode == 0 else []

    machine.until("both hosts are there", lambda: len({row["host"] for row in rows()}) == 2)
    # A day has its moves once, however often they were sent; it is one day, unless it is midnight.
    assert {(row["host"], row["kind"]) for row in rows()} == {("desk2", "move"), (hostname, "move")}
    for host in ("desk2", hostname):
        assert sum(row["prompts"] for row in rows() if row["host"] == host) == len(moves)
    table = machine.run("nape", "adherence", COLLECTED).stdout
    print(table)
    assert re.search(rf"^{hostname} +{day} +move +\d+ +", table, re.MULTILINE)
    assert re.search(rf"^desk2 +{day} +move +\d+ +", table, re.MULTILINE)

    everything = machine.run("journalctl", "--directory", COLLECTED, "-o", "export", "--all").stdout
    assert "NAPE_OUTCOME=snoozed" in everything
    private = r"headache|onset|checkin|posture|Zwiebel|_UID|_CMDLINE|PROMPT_ID|tester"
    assert not re.search(private, everything, re.IGNORECASE)
    names = set(re.findall(r"^([A-Z_]+)=", everything, re.MULTILINE))
    assert {name for name in names if not name.startswith("__")} == {
        "_BOOT_ID", "_HOSTNAME", "MESSAGE_ID", "NAPE_PROMPT_KIND", "NAPE_PROMPT_DATE", "NAPE_OUTCOME"}

    # The person's own journal has all kinds but what the diary asked.
    own = machine.as_user("nape", "adherence").stdout
    assert " move " in own and " posture " in own and "checkin" not in own
    # Who may read no journal is told so.
    nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    refused = machine.run(*nobody, "nape", "adherence", check=False)
    assert refused.returncode == 1 and "systemd-journal" in refused.stderr, refused


def test_a_change_is_rolled_out_to_everyone(machine):
    assert pathlib.Path(f"/usr/share/dbus-1/interfaces/{SERVICE}.xml").exists()
    machine.configure(SETTINGS)
    machine.start()
    loaded = f"MESSAGE_ID={message_ids()['settingsLoaded']}"
    assert len(machine.journal(loaded)) == 1
    roll_out = script_of_the_page(machine, "loginctl --no-legend list-users")
    done = machine.run("sh", "-c", roll_out)
    assert (done.stdout, done.stderr) == ("", "")
    assert len(machine.journal(loaded)) == 2
    # A bad file is said, and changes nothing.
    machine.configure("[prompts")
    assert f"{machine.settings_path.owner()}: not running, or refused" in machine.run("sh", "-c", roll_out).stdout
    assert len(machine.journal(loaded)) == 2
    assert len(machine.journal(f"MESSAGE_ID={message_ids()['settingsRefused']}")) == 1
    assert machine.unit("ActiveState") == "active"
