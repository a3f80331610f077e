"""Warning signs on the command line and on a terminal, and what stands beside headaches in the diary."""
import json
import os
import pty
import select
import subprocess
import time

from desk import binary

EMERGENCY = (
    "Stop. This can be an emergency. Call your emergency number now (911 / 999 / 112). Do not drive yourself. "
    "nape cannot judge this.")
SAME_DAY = "Get medical advice today."
CLOSING = "This list cannot tell you that you are safe. If you are worried, call."


def good(desk, *words):
    done = desk.nape(*words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def parsed(desk, *words):
    return json.loads(good(desk, *words, "--json"))


def flowing(text):
    return " ".join(text.split())


def on_terminal(desk, *words, answers):
    """Runs nape on a terminal of 80 columns, and types a line at each end of an output that waits for one."""
    main, other = pty.openpty()
    process = subprocess.Popen(
        [binary("nape"), *words], stdin=other, stdout=other, stderr=other, env=desk.environment, cwd=desk.home)
    os.close(other)
    shown, answers, end = "", list(answers), time.monotonic() + 20
    while time.monotonic() < end:
        if select.select([main], [], [], 0.05)[0]:
            try:
                shown += os.read(main, 65536).decode(errors="replace")
            except OSError:
                break
        elif answers and shown.endswith((": ", "] ")):
            os.write(main, f"{answers.pop(0)}\n".encode())
    os.close(main)
    assert process.wait(10) == 0, shown
    assert not answers, f"not asked for {answers}: {shown}"
    return shown.replace("\r\n", "\n")


def warnings(desk):
    return [(row["level"], row["signs"], row["closed_utc_usec"] is None)
            for row in desk.rows("warning_report", "level")]


def test_the_page_needs_nothing_and_fits(desk):
    page = good(desk, "warning-signs")
    assert all(len(line) <= 80 for line in page.splitlines())
    assert EMERGENCY in flowing(page) and SAME_DAY in page and page.endswith(f"{CLOSING}\n")
    assert page.index("EMERGENCY") < page.index("THE SAME DAY") < page.index("WITHIN DAYS")
    told = parsed(desk, "warning-signs")
    assert told["advice"]["E"] == EMERGENCY and told["open"] is None
    assert all(flowing(sign["text"]) in flowing(page) for sign in told["signs"])
    assert not desk.store.exists(), "reading makes no record"
    desk.write_settings('diary.region = "UK"\n')
    assert "(999)" in good(desk, "warning-signs") and "By phone: 111 (NHS)." in good(desk, "warning-signs")
    desk.write_settings('diary.region = "Atlantis"\n')
    done = desk.nape("warning-signs")
    assert EMERGENCY in flowing(done.stdout) and "--regions" in done.stderr
    assert desk.nape("warning-signs", "--tick", "nonsense").returncode == 64
    assert not desk.store.exists()


def test_on_a_terminal_the_emergency_comes_at_once(desk):
    shown = on_terminal(desk, "warning-signs", answers=["99", "3 19", "n"])
    assert "THE SAME DAY" not in shown, "no further list is put before what must be done now"
    assert flowing(shown[shown.index("3 19"):]).startswith(f"3 19 {EMERGENCY}")
    assert shown.index("Put this on your report") > shown.rindex(CLOSING)
    assert warnings(desk) == [("E", None, True)], "which ones they are is not kept"
    assert parsed(desk, "warning-signs")["open"]["level"] == "E"
    assert {one["because"] for one in parsed(desk, "exercise", "list")} == {"warning-sign"}
    assert "nape warning-signs --resume" in good(desk, "warning-signs")
    assert good(desk, "warning-signs", "--resume") == "Exercise and posture prompts go on.\n"
    assert warnings(desk) == [("E", None, False)]
    assert {one["because"] for one in parsed(desk, "exercise", "list")} != {"warning-sign"}
    assert "No warning sign" in good(desk, "warning-signs", "--resume")


def test_on_a_terminal_the_rest_is_kept_for_the_report_only_if_wanted(desk):
    numbers = {sign["id"]: str(place) for place, sign in enumerate(parsed(desk, "warning-signs")["signs"], 1)}
    shown = on_terminal(
        desk, "warning-signs", answers=["", numbers["cancer"], numbers["weight-loss"], "y"])
    assert EMERGENCY not in flowing(shown[shown.index("WITHIN DAYS"):])
    assert warnings(desk) == [("D", "weight-loss", True), ("S", "cancer", True)]
    shown = on_terminal(desk, "warning-signs", answers=["", "", ""])
    assert CLOSING in shown and "report" not in shown and len(warnings(desk)) == 2
    # Above each question, where it is seen on a small screen too.
    assert shown.split("\nNumbers of")[0].endswith("\nIf you have one of these: call your emergency number now (911 / 999 / 112).")
    assert "no longer noted" in on_terminal(desk, "warning-signs", "--resume", answers=["Y "])
    assert warnings(desk) == [("D", None, False), ("S", None, False)]
    assert "No sign is noted" in good(desk, "warning-signs", "--forget")


def test_ticks_without_a_terminal(desk):
    shown = good(desk, "warning-signs", "--tick", "strain", "sudden")
    assert flowing(shown).startswith(f"{EMERGENCY} {SAME_DAY}")
    assert warnings(desk) == [("E", None, True), ("S", None, True)]
    good(desk, "warning-signs", "--tick", "medicine", "--on-report")
    assert ("D", "medicine", True) in warnings(desk)
    for words in (("--on-report",), ("--tick", "sudden", "--resume"), ("--tick", "sudden", "--json"),
                  ("--resume", "--json"), ("--report", "medicine"), ("--go-on",)):
        assert desk.nape("warning-signs", *words).returncode == 64


def test_the_page_is_shown_whatever_the_record_is_like(desk):
    desk.store.parent.mkdir(parents=True)
    desk.store.write_text("this is no record, and was never one" * 200)
    for words in ((), ("--tick", "sudden"), ("--json",)):
        done = desk.nape("warning-signs", *words)
        assert done.returncode == 1 and EMERGENCY in flowing(done.stdout) and done.stderr.startswith("nape: "), words
    assert "prompts do not rest" in desk.nape("warning-signs", "--tick", "sudden").stderr
    done = desk.nape("headache", "edit", "--worst", "9", "--field", "sudden=yes")
    assert done.returncode == 1 and EMERGENCY in flowing(done.stderr)


def test_notes_scores_and_desk_checks(desk):
    for words in (("note", "list"), ("score", "list"), ("desk-check", "list")):
        good(desk, *words)
    assert not desk.store.exists()
    good(desk, "note", "New", "chair")
    good(desk, "note", "--kind", "physiotherapy", "--date", "2026-01-02")
    visit, note = parsed(desk, "note", "list")
    assert (visit["kind"], visit["date"], visit["text"]) == ("physiotherapy", "2026-01-02", "")
    assert (note["kind"], note["text"]) == ("note", "New chair")
    good(desk, "note", "delete", visit["id"][-6:])
    assert parsed(desk, "note", "list") == [note]
    good(desk, "score", "HIT-6", "58", "--date", "yesterday")
    assert [(one["instrument"], one["total"]) for one in parsed(desk, "score", "list")] == [("hit-6", 58)]
    good(desk, "desk-check", "--answer", "phone=sh", "--date", "2026-01-02")
    shown = on_terminal(desk, "desk-check", answers=["eye", "what?", "a", *[""] * 6, "headset", "", ""])
    assert "3 of 11 answered" in shown
    shown = good(desk, "desk-check", "list")
    assert [line.split() for line in shown.splitlines() if line.startswith("*")] == [
        ["*", "phone", "headset", "shoulder"]]
    assert [one["answers"] for one in parsed(desk, "desk-check", "list")] == [
        {"phone": "shoulder"}, {"phone": "headset", "screen-distance": "arm-length", "screen-height": "eye-level"}]
    for words in (
            ("note",), ("note", ""), ("note", "delete", ""), ("note", "--kind", "x", "y"), ("note", "--date", "2999-01-01", "y"), ("note", "delete", "f00"),
            ("score", "ndi", "51"), ("score", "x", "1"), ("score", "ndi", "5", "--date", "tomorrow"),
            ("desk-check",), ("desk-check", "--answer", "phone=ear"), ("desk-check", "--answer", "x=y")):
        done = desk.nape(*words)
        assert done.returncode in (1, 64) and done.stderr.startswith("nape: "), words
    assert len(parsed(desk, "note", "list") + parsed(desk, "score", "list") + parsed(desk, "desk-check", "list")) == 4
