"""X11: dunst draws the prompt; its menu and its clicks are answers. The idle time is mutter's."""
import datetime

import pytest

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


@pytest.mark.parametrize(
    ("presses", "stored"), [
        (["Moderate", "Left", "Yes"], {"onset_nrs": "4-6", "side": "left", "neck_with": "yes"}),
        (["Severe", "Right", None], {"onset_nrs": "7-10", "side": "right"}),
        ([None], {}),
    ])
def test_check_in_answered_with_yes_asks_three_questions_and_invents_nothing(desk, keep_picture, presses, stored):
    screen = desk.screen()
    dunst = desk.dunst()
    mutter = desk.mutter()
    daemon = desk.naped({
        **QUICK, "presence.break_after": "2min", "presence.away_after": "5min", "prompts.move.enabled": False,
        "prompts.checkin.enabled": True, "prompts.checkin.at": "00:00"})
    told = []
    desk.session_bus.add_signal_receiver(lambda: told.append("Changed"), "Changed", "io.github.nape.Nape1.Diary")
    prompt = mutter.type_until_prompt(daemon)
    shown(dunst)
    dunst.press("Something to note")
    daemon.wait_ended(prompt, "done")
    eventually("it is stored", lambda: len(desk.rows("episode", "1")) == 1)
    for number, label in enumerate(presses):
        eventually("the question is shown", lambda: dunst.displayed() == 1)
        wait(0.5)
        keep_picture(screen.screenshot(f"dunst-question-{number}.png"))
        if label is None:
            dunst.dismiss()
            continue
        dunst.press(label)
        eventually("the answer is stored", lambda: len(desk.rows("episode_field", "name")) == number + 1)
    eventually("nothing is asked any more", lambda: dunst.displayed() == 0)

    [episode] = desk.rows("episode", "1")
    local = datetime.datetime.fromtimestamp(episode["onset_utc_usec"] / 1e6)
    assert local == datetime.datetime.combine(datetime.date.today(), datetime.time())
    assert (episode["onset_precision"], episode["end_word"], episode["way"]) == ("day", None, "notification")
    assert {row["name"]: row["value"] for row in desk.rows("episode_field", "name")} == stored
    assert not desk.rows("medicine", "number") and not desk.rows("desk_context", "1") and not desk.rows("day", "1")
    # Nobody hears more than of a day without one.
    assert [one[0] for one in daemon.signals] == ["Posted", "Ended"] and told == ["Changed"]
    assert [row["kind"] for row in desk.prompts()] == ["checkin"]
