"""The journal's catalogue: an entry for every id that the daemon writes, and nothing of the diary."""
import re
import subprocess
import sys

from desk import ROOT, SUPPORT

sys.path.insert(0, str(SUPPORT))

from catalog import FIELD, FILE, entries, message_ids  # noqa: E402

HEALTH = re.compile(r"headache|migraine|\bpain|\bache|medicine|onset|neck|warning sign", re.IGNORECASE)


def test_every_id_has_an_entry_and_every_entry_an_id():
    ids = message_ids()
    assert len(ids) >= 15 and all(re.fullmatch(r"[0-9a-f]{32}", number) for number in ids.values())
    assert sorted(number for number, _, _ in entries()) == sorted(ids.values())


def test_every_entry_is_whole():
    for number, head, prose in entries():
        assert list(head) == ["Subject", "Defined-By", "Support", "Documentation"], number
        assert head["Defined-By"] == "nape" and head["Support"].startswith("https://"), number
        assert re.fullmatch(r"man:\S+\(\d\)( man:\S+\(\d\))*", head["Documentation"]), number
        assert len(head["Subject"]) <= 76 and len(prose) > 100, number
        # What to do, or that nothing is to be done.
        advice = r"nape \w+|systemctl|othing is (to be done|broken)|Free some space"
        assert re.search(advice, " ".join(prose.split())), number
    assert not [line for line in FILE.read_text().splitlines() if len(line) > 76]


def test_only_an_onset_that_the_person_wants_told_names_a_headache():
    ids = message_ids()
    for number, head, prose in entries():
        told = HEALTH.findall(head["Subject"] + prose)
        assert bool(told) == (number == ids["onsetNoted"]), (number, told)


def test_its_fields_are_fields_of_the_daemon():
    sources = "".join(path.read_text() for path in (ROOT / "Sources/NapeDaemon").glob("*.swift"))
    ids = message_ids()
    for number, head, prose in entries():
        for field in FIELD.findall(head["Subject"] + prose):
            # That of a policy's record: the file that has it is Sources/NapeSettings'.
            assert f'"{field}"' in sources or number == ids["settingsOverruled"], (number, field)


def test_its_fields_are_in_every_record_of_the_id():
    """A file that cannot be read has no line, and a check-in no outcome."""
    ids = message_ids()
    fields = {number: set(FIELD.findall(head["Subject"] + prose)) for number, head, prose in entries()}
    assert fields[ids["settingsRefused"]] == {"NAPE_CONFIG_FILE"}
    assert fields[ids["promptEnded"]] == {"NAPE_PROMPT_ID", "NAPE_PROMPT_KIND"}


def test_journalctl_takes_it(tmp_path):
    folder = tmp_path / "usr/lib/systemd/catalog"
    folder.mkdir(parents=True)
    (folder / FILE.name).write_bytes(FILE.read_bytes())
    (tmp_path / "var/lib/systemd/catalog").mkdir(parents=True)
    made = subprocess.run(["journalctl", f"--root={tmp_path}", "--update-catalog"], capture_output=True, text=True)
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    shown = subprocess.run(["journalctl", f"--root={tmp_path}", "--list-catalog"], capture_output=True, text=True)
    assert sorted(line.split()[0] for line in shown.stdout.splitlines()) == sorted(message_ids().values())
