"""GNOME: what mutter says of the keyboard becomes spans and prompts."""
from desk import SETTINGS
from waiting import eventually


def test_typing_leads_to_a_prompt_and_silence_to_an_absence_that_takes_it(desk):
    mutter, server = desk.mutter(), desk.notification_server()
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
