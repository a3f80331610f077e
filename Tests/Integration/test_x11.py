"""X11: what the server's idle counter says becomes spans and prompts."""
import signal

from desk import SETTINGS
from waiting import eventually, wait

COOKIE = bytes(range(16))


def wait_source(daemon):
    eventually("x11 is the source", lambda: daemon.get("Sitting", "Source") == "x11")


def test_typing_leads_to_a_prompt_and_silence_to_an_absence_that_takes_it(desk):
    x11, _ = desk.x11(), desk.notification_server()
    daemon = desk.naped(SETTINGS)
    wait_source(daemon)
    assert daemon.get("Sitting", "Quality") == "precise"

    prompt = x11.type_until_prompt(daemon)
    assert daemon.current == (prompt, "move")
    assert daemon.state == "sitting/input"
    x11.press()
    daemon.wait_state("away/idle")
    daemon.wait_ended(prompt, "taken")

    assert abs(desk.begin_of_open_span() - x11.last_key) < 1
    assert daemon.stop() == 0
    sitting = desk.spans()[-1]
    assert (sitting["kind"], sitting["evidence"]) == ("sitting", "input")
    desk.assert_ledger_is_whole()


def test_single_input_is_no_return(desk):
    x11 = desk.x11()
    daemon = desk.naped({**SETTINGS, "presence.confirm_return": "2s"})
    wait_source(daemon)
    x11.press()
    wait(4)
    x11.press()
    wait(1)
    assert daemon.state != "sitting/input"
    x11.sit_down(daemon)


def test_absence_shorter_than_away_after_is_sitting(desk):
    """Reading is sitting."""
    x11 = desk.x11()
    daemon = desk.naped({**SETTINGS, "prompts.move.enabled": False})
    x11.sit_down(daemon)
    wait(4)
    x11.type_for(2)
    wait(4)
    x11.press()
    assert daemon.state == "sitting/input"
    assert daemon.get("Sitting", "BoutUSec") > 9_000_000
    assert daemon.stop() == 0
    assert [span["kind"] for span in desk.spans()] == ["unknown"]


def test_server_that_crashes_leaves_unknown_time_and_comes_back(desk):
    x11 = desk.x11()
    daemon = desk.naped({**SETTINGS, "presence.sources": ["x11"], "prompts.move.enabled": False})
    x11.sit_down(daemon)
    x11.kill()
    daemon.wait_state("unknown/source-lost")
    assert daemon.get("Sitting", "Source") == ""
    assert any("the X server closed the connection" in problem for problem in daemon.problems)

    again = desk.x11(number=x11.number)
    wait_source(daemon)
    assert daemon.problems == []
    again.sit_down(daemon)


def test_server_that_hangs_leaves_unknown_time_and_comes_back(desk):
    x11 = desk.x11()
    daemon = desk.naped({**SETTINGS, "presence.sources": ["x11"], "prompts.move.enabled": False})
    x11.sit_down(daemon)
    x11.process.send_signal(signal.SIGSTOP)
    # It is asked when the session is locked, for the last input.
    desk.logind.set(LockedHint=True)
    eventually("the loss is noticed", lambda: daemon.get("Sitting", "Source") == "")
    desk.logind.set(LockedHint=False)
    daemon.wait_state("unknown/source-lost")
    assert any("the X server does not answer" in problem for problem in daemon.problems)
    x11.process.send_signal(signal.SIGCONT)
    x11.sit_down(daemon)


def test_server_that_starts_later_is_found(desk):
    x11 = desk.x11()
    x11.kill()
    daemon = desk.naped({**SETTINGS, "presence.sources": ["x11"]})
    assert daemon.get("Sitting", "Source") == ""
    again = desk.x11(number=x11.number)
    wait_source(daemon)
    again.sit_down(daemon)


def test_cookie_is_shown(desk):
    x11 = desk.x11(cookie=COOKIE)
    daemon = desk.naped({**SETTINGS, "prompts.move.enabled": False})
    wait_source(daemon)
    x11.sit_down(daemon)


def test_wrong_cookie_is_told(desk):
    x11 = desk.x11(cookie=COOKIE)
    x11.write_authority(desk.home / "Xauthority", COOKIE[::-1])
    daemon = desk.naped({**SETTINGS, "presence.sources": ["x11"]})
    eventually("the reason is told", lambda: any(
        "no presence source: the X server refuses the connection" in problem for problem in daemon.problems))
    assert daemon.get("Sitting", "Source") == ""
    assert COOKIE[::-1].hex() not in daemon.log

    # It is looked for again.
    x11.write_authority(desk.home / "Xauthority", COOKIE)
    wait_source(daemon)
    assert daemon.problems == []


def test_display_of_another_machine_is_not_this_desk(desk):
    desk.x11()
    desk.environment["DISPLAY"] = f"localhost{desk.environment['DISPLAY']}"
    daemon = desk.naped({**SETTINGS, "presence.sources": ["x11"]})
    eventually("the reason is told", lambda: any(
        "no presence source: the X display is on another machine" in problem for problem in daemon.problems))


def test_x_server_under_wayland_is_not_asked(desk):
    desk.x11()
    desk.environment["WAYLAND_DISPLAY"] = "wayland-0"
    daemon = desk.naped({**SETTINGS, "presence.sources": ["x11"]})
    wait(2)
    assert daemon.get("Sitting", "Source") == ""
