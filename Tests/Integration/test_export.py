"""`nape export` of three invented persons: what an expert expects of their pages, the same figures in every form, and files
that appear whole or not at all."""
import csv
import html
import io
import json
import pathlib
import re
import shutil
import signal
import stat
import subprocess
import tempfile
import time

import pytest

from desk import ROOT, binary

PERSONS = ROOT / "Tests" / "Persons"
PERIODS = {
    "afternoon": ("2025-05-05", "2025-08-24"), "migraine": ("2025-05-05", "2025-07-27"), "hardly": ("2025-07-28", "2025-08-24")}
TABLES = ["days", "headaches", "medicines", "bouts", "exercises", "scores", "dictionary"]
FILES = {f"{table}.csv" for table in TABLES} | {"meta.json", "review.html", "review.json", "bundle.fhir.json", "codesystem.fhir.json"}
NOT_SAID = re.compile(
    r"migraine|tension.type|cervicogenic|cluster headache|caused by|your risk|times the risk|you have a (?!warning)", re.IGNORECASE)


class Export:
    """A person's record in a home of its own, and what is exported from it."""

    def __init__(self, name):
        self.name = name
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="nape-export-"))
        self.environment = {
            "PATH": "/usr/bin:/bin", "HOME": str(self.home), "XDG_DATA_HOME": str(self.home / "data"), "TZ": "Europe/Berlin",
            "USER": "somebody-real"}
        self.nape("simulate", PERSONS / f"{name}.jsonl", "--store", self.home / "data" / "nape" / "nape.db")
        self.nape("import", PERSONS / f"{name}.json", "--strict")
        self.folder = self.home / "out"
        self.told = self.export(self.folder, "--notes", "--pseudonym", "Juniper").stdout

    def run(self, *words):
        return subprocess.run(
            [binary("nape"), *map(str, words)], env=self.environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)

    def nape(self, *words):
        result = self.run(*words)
        assert result.returncode == 0, result.stderr
        return result

    def words(self, folder, *options):
        first, last = PERIODS[self.name]
        return ["export", folder, "--from", first, "--to", last, *options]

    def export(self, folder, *options):
        return self.nape(*self.words(folder, *options))

    def text(self, name):
        return (self.folder / name).read_text("utf-8")

    def table(self, name):
        return list(csv.DictReader(io.StringIO((self.folder / f"{name}.csv").read_text("utf-8-sig"), newline="")))

    @property
    def page(self):
        """The page as somebody reads it."""
        text = re.sub(r"<style.*?</style>", "", self.text("review.html"), flags=re.DOTALL)
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))

    def observations(self, display):
        bundle = json.loads(self.text("bundle.fhir.json"))
        resources = [entry["resource"] for entry in bundle["entry"]]
        return [
            resource for resource in resources
            if resource["resourceType"] == "Observation" and resource["code"]["coding"][0]["display"] == display]

    def close(self):
        shutil.rmtree(self.home, ignore_errors=True)


@pytest.fixture(scope="module", params=PERIODS)
def person(request):
    export = Export(request.param)
    yield export
    export.close()


@pytest.fixture(scope="module")
def afternoon():
    export = Export("afternoon")
    yield export
    export.close()


# What an expert expects


EXPECTED = {
    "afternoon": [
        "104 of 112 days recorded", "In your records, headaches were more common after long unbroken sitting.",
        "This is a pattern, not proof"],
    "migraine": ["72 of 84 days recorded", "not enough data yet", "6 of 10 headaches"],
    "hardly": ["4 of 28 days recorded", "not enough data yet", "2 of 10 headaches", "Too few recorded days to summarise"],
}


def test_the_page_says_what_an_expert_would(person):
    for sentence in EXPECTED[person.name]:
        assert sentence in person.page
    if person.name != "afternoon":
        assert "OR " not in person.page


def test_no_form_names_a_diagnosis_or_a_cause(person):
    for name in FILES:
        found = NOT_SAID.search(person.text(name))
        assert not found, (name, found)


def test_what_nape_is_for_is_on_what_people_read(person):
    for name in ("review.html", "meta.json", "bundle.fhir.json"):
        assert "It does not diagnose, predict, treat or monitor a disease" in re.sub(r"\s+", " ", person.text(name)), name


# The same figures in every form


def test_every_form_has_the_same_figures(person):
    days, headaches = person.table("days"), person.table("headaches")
    states = [day["state"] for day in days]
    summary = person.observations("Headache days in the period")[0]
    figures = {part["code"]["coding"][0]["code"]: part for part in summary["component"]}

    def figure(code):
        return figures[code]["valueQuantity"]["value"]

    assert len(days) == figure("confirmed-days") + figure("unknown-days")
    assert states.count("H") == summary["valueQuantity"]["value"]
    assert states.count("U") == figure("unknown-days")
    assert len(headaches) == figure("headaches") == sum(
        "valueBoolean" in one and one["valueBoolean"] and "effectivePeriod" in one for one in person.observations("Headache"))
    assert f"{len(days) - states.count('U')} of {len(days)} days recorded" in person.page
    if states.count("U") * 2 <= len(days):
        assert f"{states.count('H')} of {len(days) - states.count('U')} recorded" in person.page

    desk = {
        one["effectivePeriod"]["start"]: one
        for one in person.observations("Time at the desk: sitting as assumed from use, standing as declared")}
    assert {day["date"]: int(day["desk_minutes"]) for day in days if int(day["desk_minutes"] or 0) > 0} == {
        date: one["valueQuantity"]["value"] for date, one in desk.items()}
    pattern = {
        part["code"]["coding"][0]["code"]: part["valueQuantity"]["value"]
        for part in person.observations("Desk pattern of the period")[0]["component"]}
    assert sum(int(day["prompts_move"] or 0) for day in days) == pattern["move-prompts"]
    assert sum(int(day["prompts_followed"] or 0) for day in days) == pattern["move-prompts-followed"]
    assert f"{pattern['move-prompts-followed']} of {pattern['move-prompts']}" in person.page


def test_json_has_them_too(person):
    figures = json.loads(person.text("review.json"))["figures"]
    states = [day["state"] for day in person.table("days")]
    assert figures["diary"]["headache_days"] == states.count("H")
    assert figures["diary"]["unknown_days"] == states.count("U")
    assert figures["desk"]["prompts_move"] == sum(int(day["prompts_move"] or 0) for day in person.table("days"))


def test_two_machines_are_one_history(afternoon):
    folder = afternoon.home / "together"
    afternoon.export(folder, "--notes", "--pseudonym", "Juniper", "--with", afternoon.folder)
    for name in ("days.csv", "headaches.csv", "bouts.csv"):
        assert (folder / name).read_text() == afternoon.text(name), name


def test_the_dictionary_has_each_column_of_each_table(person):
    described = [(row["table"], row["column"]) for row in person.table("dictionary")]
    there = []
    for table in TABLES:
        header = person.text(f"{table}.csv").lstrip("\ufeff").splitlines()[0]
        there += [(table, column) for column in header.split(",")]
    assert described == there


def test_the_hash_is_what_sha256sum_says(person):
    meta = json.loads(person.text("meta.json"))
    told = subprocess.run(
        "cat " + " ".join(meta["hash_of"]) + " | sha256sum", shell=True, cwd=person.folder, capture_output=True, text=True)
    assert told.stdout.split()[0] == meta["sha256"]


def test_nape_reads_its_own_tables(person):
    other = {**person.environment, "XDG_DATA_HOME": str(person.home / "other")}
    told = subprocess.run(
        [binary("nape"), "import", "--dry-run", person.folder / "headaches.csv"], env=other, capture_output=True, text=True)
    assert told.stdout.startswith(f"Nothing was taken; {len(person.table('headaches'))} new"), told


def test_fhir_is_valid(person):
    validators = ROOT / ".build" / "validators"
    script = (
        "import sys, fhirkit\n"
        "from fhir.resources.R4B.bundle import Bundle\n"
        "from fhir.resources.R4B.codesystem import CodeSystem\n"
        "for name, model in (('bundle.fhir.json', Bundle), ('codesystem.fhir.json', CodeSystem)):\n"
        "  text = open(name).read()\n"
        "  issues = fhirkit.validate(text)\n"
        "  assert not issues, [(one.path, one.message) for one in issues]\n"
        "  model.model_validate_json(text)\n")
    told = subprocess.run(
        ["/usr/bin/python3", "-c", script], cwd=person.folder, capture_output=True, text=True,
        env={"PYTHONPATH": str(validators), "PYTHONNOUSERSITE": "1", "PYTHONDONTWRITEBYTECODE": "1"})
    assert told.returncode == 0, told.stderr


# Privacy


def test_without_notes_nothing_that_was_written_is_in_any_file(afternoon):
    folder = afternoon.home / "without"
    result = afternoon.export(folder)
    assert "without notes" in result.stderr, "nobody could be asked, and that is said"
    for file in folder.iterdir():
        text = file.read_text("utf-8")
        for word in ("ibuprofen", "400 mg", "Übungen", "Long calls", "First the desk", "somebody-real", "Juniper"):
            assert word not in text, (file.name, word)
    kinds = {row["class"] for row in csv.DictReader((folder / "medicines.csv").read_text("utf-8-sig").splitlines())}
    assert kinds == {"simple"}


def test_the_user_is_in_no_file(person):
    for name in FILES:
        assert "somebody-real" not in person.text(name) and str(person.home) not in person.text(name)


def test_a_pseudonym_is_one_short_line(afternoon):
    for wrong in ("", "a\nb", "x" * 41, "a\x1b[31m"):
        result = afternoon.run(*afternoon.words(afternoon.home / "never", "--no-notes", "--pseudonym", wrong))
        assert result.returncode == 64 and not (afternoon.home / "never").exists()


# Files


def test_nobody_else_can_read_them(person):
    assert {path.name for path in person.folder.iterdir()} == FILES | {".nape-export"}
    assert stat.S_IMODE(person.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in person.folder.iterdir()} == {0o600}


def test_an_export_is_replaced_and_other_files_are_left_alone(afternoon):
    folder = afternoon.home / "again"
    afternoon.export(folder, "--no-notes")
    (folder / "mine.txt").write_text("mine")
    afternoon.export(folder, "--no-notes", "--format", "csv")
    assert not (folder / "review.html").exists(), "what is older would tell other figures"
    (folder / "review.html").write_text("mine")
    result = afternoon.run(*afternoon.words(folder, "--no-notes"))
    assert result.returncode == 1 and "no export has written it" in result.stderr
    assert (folder / "review.html").read_text() == "mine" and (folder / "mine.txt").read_text() == "mine"


def test_where_it_cannot_be_written_nothing_is(afternoon):
    (afternoon.home / "file").write_text("")
    (afternoon.home / "link").symlink_to(afternoon.folder)
    for name in ("file", "link", "none/none"):
        result = afternoon.run(*afternoon.words(afternoon.home / name, "--no-notes"))
        assert result.returncode == 1 and result.stderr.startswith("nape: "), name
    assert not list(afternoon.folder.glob(".*.part"))


def test_a_period_without_records_and_a_home_without_any(afternoon):
    result = afternoon.run("export", afternoon.home / "never", "--no-notes", "--from", "2001-01-01", "--to", "2001-01-28")
    assert result.returncode == 1 and "nothing is recorded of" in result.stderr
    nobody = {**afternoon.environment, "XDG_DATA_HOME": str(afternoon.home / "nobody")}
    result = subprocess.run(
        [binary("nape"), "export", afternoon.home / "never", "--no-notes"], env=nobody, capture_output=True, text=True)
    assert result.returncode == 1 and "nothing has been recorded yet" in result.stderr
    assert not (afternoon.home / "never").exists()


def test_a_killed_export_leaves_no_half_file(afternoon):
    whole = {name: len(afternoon.text(name)) for name in FILES}
    for delay in (0.005, 0.01, 0.02, 0.03, 0.05, 0.08):
        folder = afternoon.home / f"killed-{delay}"
        process = subprocess.Popen(
            [binary("nape"), *map(str, afternoon.words(folder, "--notes", "--pseudonym", "Juniper"))],
            env=afternoon.environment, stdout=subprocess.DEVNULL)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for path in folder.iterdir() if folder.exists() else []:
            if path.name in whole:
                assert abs(len(path.read_text("utf-8")) - whole[path.name]) < 200, path
        # The next one goes through.
        afternoon.export(folder, "--notes")
        assert {path.name for path in folder.iterdir()} == FILES | {".nape-export"}
