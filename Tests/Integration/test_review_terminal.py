"""nape review: in the terminal, as JSON, and of the exports of several machines."""
import datetime
import json

from desk import binary
from person import Person


def good(desk, *words, **options):
    done = desk.nape(*words, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_without_a_record_it_says_so(desk):
    refused = desk.nape("review")
    assert refused.returncode == 1 and "nothing has been recorded yet" in refused.stderr
    assert not desk.store.exists()
    for words in (["--weeks", "0"], ["--to", "2026-01-01"], ["--weeks", "2", "--from", "2026-01-01"], ["--width", "9"],
                  ["--from", "2026-01-02", "--to", "2026-01-01"], ["--from", "soon"]):
        assert desk.nape("review", *words).returncode == 64, words


def test_a_diary_is_shown_exported_and_merged(desk):
    today = datetime.date.today()
    days = [today - datetime.timedelta(days=number) for number in range(1, 29)]
    good(desk, "headache", "6", "--side", "left", "--at", f"{days[3]} 14:30")
    for day in days[:3] + days[4:26]:
        good(desk, "day", "none", str(day))
    text = good(desk, "review")
    assert "Diary    26 of 28 days recorded; 2 not recorded\n" in text
    assert "Desk     nothing recorded\n" in text
    assert "Headache days             1 of 26 recorded; 1–3 of 28\n" in text
    assert "6 L" in text and "░░░" in text and "It does not diagnose" in text
    assert "\x1b" not in text
    assert good(desk, "review", environment={"LANG": "C"}).isascii()

    (desk.home / "desk").mkdir()
    export = desk.home / "desk" / "review.json"
    export.write_text(good(desk, "review", "--json"))
    figures = json.loads(export.read_text())["figures"]
    assert (figures["diary"]["headache_days"], figures["diary"]["recorded_days"]) == (1, 26)
    assert good(desk, "review", "desk", export) == text

    for wrong, why in (("{", "no JSON"), ("{}", "no review"), ('{"nape-review": 1}', "missing")):
        (desk.home / "wrong.json").write_text(wrong)
        refused = desk.nape("review", "desk", "wrong.json")
        assert refused.returncode == 1 and refused.stderr.startswith("nape: wrong.json: "), refused.stderr
        assert why in refused.stderr
    assert desk.nape("review", "nowhere").returncode == 1


def test_it_is_as_wide_as_the_terminal(desk):
    good(desk, "headache", "6")
    for width, environment in ((40, {}), (60, {"NO_COLOR": "1"})):
        person = Person(desk, binary("nape"), "review", width=width, height=60, environment=environment)
        assert person.ends() == 0
        lines = person.screen.splitlines()
        assert max(map(len, lines)) <= width, lines
        assert ("\x1b[" in person.output) == (not environment)


def test_settings_have_a_history(desk):
    daemon = desk.naped({"prompts.move.after": "40min"})
    before = {row["key"]: row["value"] for row in desk.rows("setting", "number")}
    assert before["prompts.move.after"] == "40min" and before["prompts.micro.enabled"] == "false"
    desk.write_settings({"prompts.move.after": "30min"})
    daemon.call("Daemon", "Reload")
    after = desk.rows("setting", "number")[len(before):]
    assert [(row["key"], row["value"]) for row in after] == [("prompts.move.after", "30min")]
