"""A trial of a shorter break interval: planned, shown, stopped."""
import datetime
import json


def good(desk, *words):
    done = desk.nape(*words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_trial_is_planned_shown_and_stopped(desk):
    assert "No trial is planned" in good(desk, "trial")
    assert good(desk, "trial", "show", "--json") == "null\n"
    for words in (["--pairs", "1"], ["--shorter", "50min"], ["--start", "2020-01-01"], ["--shorter", "soon"],
                  ["--seed", "1000000"]):
        assert desk.nape("trial", "plan", *words).returncode == 64
    shown = good(desk, "trial", "plan", "--start", "today", "--seed", "4711")
    assert "order drawn from seed 4711" in shown and "p 0.031" in shown
    assert [line.split()[:2] for line in shown.splitlines() if line[:1].isdigit()] == [
        [str(number), arm] for number, arm in zip(range(1, 13), "BAABBAABBAAB")]
    again = desk.nape("trial", "plan")
    assert again.returncode == 1 and "a trial is planned already" in again.stderr

    now = json.loads(good(desk, "trial", "show", "--json"))
    assert now["start"] == str(datetime.date.today()) and now["week"] == 1 and now["blocks"] == []
    assert len(now["weeks"]) == 12 and now["present"] == "50min" and now["shorter"] == "30min"
    assert all(one["mean"] is None and one["p"] is None for one in now["comparisons"])
    assert 'prompts.move.after = "30min"; it is "50min" now.' in good(desk, "trial")

    assert "Stopped" in good(desk, "trial", "stop")
    assert "No trial was planned or going on" in good(desk, "trial", "stop")
    assert json.loads(good(desk, "trial", "show", "--json"))["stopped"] is not None
