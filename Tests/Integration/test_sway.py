"""wlroots: sway tells the idle time, mako draws the prompt and its button answers it."""
from desk import SETTINGS
from waiting import eventually, wait


def test_prompt_drawn_by_mako_is_answered_with_its_button_and_taken_by_leaving(nobodys_desk, keep_picture):
    desk = nobodys_desk
    sway = desk.sway()
    mako = desk.mako()
    daemon = desk.naped(SETTINGS)
    eventually("wayland is the source", lambda: daemon.get("Sitting", "Source") == "wayland")
    # sway 1.7 has org_kde_kwin_idle alone, which knows nothing of what inhibitors hide.
    assert daemon.get("Sitting", "Quality") == "inhibitor-affected"

    prompt = sway.type_until_prompt(daemon)
    assert daemon.current == (prompt, "move")
    eventually("mako shows the prompt", lambda: "Going" in mako.list())
    wait(0.5)
    keep_picture(sway.screenshot("mako.png"))

    mako.invoke("a1")
    eventually("mako has taken the prompt back", lambda: "Going" not in mako.list())
    assert daemon.current == (prompt, "move"), "it is answered by leaving, and not before"
    sway.press()
    daemon.wait_state("away/idle")
    daemon.wait_ended(prompt, "taken")
    assert abs(desk.begin_of_open_span() - sway.last_key) < 1

    assert daemon.stop() == 0
    sitting = desk.spans()[-1]
    assert (sitting["kind"], sitting["evidence"]) == ("sitting", "input")
    desk.assert_ledger_is_whole()


def test_source_is_found_when_the_compositor_comes_later_and_lost_when_it_goes(nobodys_desk):
    desk = nobodys_desk
    daemon = desk.naped({**SETTINGS, "presence.sources": ["wayland"]})
    assert daemon.get("Sitting", "Source") == ""
    assert any("no presence source" in problem for problem in daemon.problems)

    sway = desk.sway()
    eventually("wayland is the source", lambda: daemon.get("Sitting", "Source") == "wayland")
    assert daemon.problems == []
    sway.sit_down(daemon)

    sway.process.kill()
    daemon.wait_state("unknown/source-lost")
    assert daemon.get("Sitting", "Source") == ""
    assert daemon.get("Sitting", "Quality") == "none"
    assert any("no presence source" in problem for problem in daemon.problems)
