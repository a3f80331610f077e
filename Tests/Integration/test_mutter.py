"""GNOME: what mutter says of the keyboard becomes spans and prompts."""
import signal

from desk import SETTINGS
from waiting import eventually, wait


def test_typing_leads_to_a_prompt_and_silence_to_an_absence_that_takes_it(desk):
    mutter, _ = desk.mutter(), desk.notification_server()
    daemon = desk.naped(SETTINGS)
    eventually("mutter is the source", lambda: daemon.get("Sitting", "Source") == "mutter")
    assert daemon.get("Sitting", "Quality") == "precise"

    prompt = mutter.type_until_prompt(daemon)
    assert daemon.current == (prompt, "move")
    assert daemon.state == "sitting/input"
    mutter.press()
    daemon.wait_state("away/idle")
    daemon.wait_ended(prompt, "taken")

    assert abs(desk.begin_of_open_span() - mutter.last_key) < 1
    assert daemon.stop() == 0
    unknown, sitting = desk.spans()[-2:]
    assert (unknown["kind"], unknown["evidence"]) == ("unknown", "not-running")
    assert (sitting["kind"], sitting["evidence"]) == ("sitting", "input")
    desk.assert_ledger_is_whole()


def test_single_input_is_no_return(desk):
    mutter = desk.mutter()
    daemon = desk.naped({**SETTINGS, "presence.confirm_return": "2s"})
    eventually("mutter is the source", lambda: daemon.get("Sitting", "Source") == "mutter")
    mutter.press()
    wait(4)
    mutter.press()
    wait(1)
    assert daemon.state != "sitting/input"
    mutter.sit_down(daemon)


def test_absence_shorter_than_away_after_is_sitting(desk):
    """Reading is sitting."""
    mutter = desk.mutter()
    daemon = desk.naped({**SETTINGS, "prompts.move.enabled": False})
    mutter.sit_down(daemon)
    wait(4)
    mutter.type_for(2)
    wait(4)
    mutter.press()
    assert daemon.state == "sitting/input"
    assert daemon.get("Sitting", "BoutUSec") > 9_000_000
    assert daemon.stop() == 0
    assert [span["kind"] for span in desk.spans()] == ["unknown"]


def test_mutter_that_crashes_leaves_unknown_time_and_comes_back(desk):
    mutter, server = desk.mutter(), desk.notification_server()
    daemon = desk.naped({**SETTINGS, "presence.sources": ["mutter"]})
    prompt = mutter.type_until_prompt(daemon)
    server.wait_shown()
    mutter.process.kill()
    daemon.wait_state("unknown/source-lost")
    daemon.wait_ended(prompt, "withdrawn")
    assert daemon.get("Sitting", "Source") != "mutter"
    assert any("no presence source" in problem for problem in daemon.problems)
    assert "degraded" in daemon.get("Daemon", "Status")

    again = desk.mutter()
    eventually("mutter is the source", lambda: daemon.get("Sitting", "Source") == "mutter")
    assert daemon.problems == []
    wait(2)
    assert daemon.state == "unknown/source-lost", "nobody has been seen yet"
    again.sit_down(daemon)


def test_mutter_that_hangs_leaves_unknown_time_and_comes_back(desk):
    mutter = desk.mutter()
    daemon = desk.naped({**SETTINGS, "presence.sources": ["mutter"], "prompts.move.enabled": False})
    mutter.sit_down(daemon)
    mutter.process.send_signal(signal.SIGSTOP)
    daemon.wait_state("unknown/source-lost")
    wait(10)
    assert daemon.state == "unknown/source-lost"
    mutter.process.send_signal(signal.SIGCONT)
    mutter.sit_down(daemon)

    def told():
        return [str(changed["State"]) for _, changed, _ in daemon.changes if "State" in changed]

    eventually("that and no more is told", lambda: told() == ["sitting", "unknown", "sitting"])
