"""X11: dunst draws the prompt; its menu and its clicks are answers. The idle time is mutter's."""
from desk import QUICK, SETTINGS
from waiting import eventually, wait


def shown(dunst):
    eventually("dunst shows the prompt", lambda: dunst.displayed() == 1)
    # Drawn is later than counted.
    wait(0.5)


def test_skip_in_the_menu_of_a_clicked_prompt_skips_it(desk, keep_picture):
    screen = desk.screen()
    dunst = desk.dunst()
    mutter = desk.mutter()
    daemon = desk.naped(SETTINGS)
    prompt = mutter.type_until_prompt(daemon)
    shown(dunst)
    keep_picture(screen.screenshot("dunst.png"))

    dunst.pick("Skip")
    screen.xdotool("mousemove", "100", "40", "click", "1")
    mutter.type_until("the prompt has ended", lambda: daemon.ended())
    daemon.wait_ended(prompt, "skipped")
    for label in ("Going", "10 more minutes", "Skip"):
        assert label in dunst.menu
    assert daemon.current == (0, "")
    eventually("dunst has taken it back", lambda: dunst.displayed() == 0)


def test_closing_a_prompt_by_hand_dismisses_it(desk):
    screen = desk.screen()
    dunst = desk.dunst()
    mutter = desk.mutter()
    daemon = desk.naped(QUICK)
    prompt = mutter.type_until_prompt(daemon)
    shown(dunst)
    screen.xdotool("mousemove", "100", "40", "click", "3")
    daemon.wait_ended(prompt, "dismissed")


def test_click_on_a_posture_prompt_is_done(desk):
    screen = desk.screen()
    dunst = desk.dunst("do_action")
    mutter = desk.mutter()
    daemon = desk.naped({
        **QUICK, "prompts.move.enabled": False, "prompts.posture.enabled": True, "prompts.posture.every": "1s"})
    prompt = mutter.type_until_prompt(daemon)
    assert daemon.current == (prompt, "posture")
    shown(dunst)
    screen.xdotool("mousemove", "100", "40", "click", "1")
    daemon.wait_ended(prompt, "done")
