"""The real notification servers, each put to the same tests: dunst and Xfce's under X, mako under sway.

They differ in all that the specification leaves open: dunst tells its signals to us alone, the others to everybody; Xfce's
draws buttons, dunst has a menu, mako neither.
"""
import pytest

from conftest import furnished
from desk import QUICK
from peers import OtherProgram, Picture
from waiting import eventually, wait

SERVERS = ["dunst", "xfce4-notifyd", "mako"]
# Nobody is taken to have left while the servers do their work.
PATIENT = {**QUICK, "presence.break_after": "2min", "presence.away_after": "5min"}
# One, and no other after it.
POSTURE = {
    **PATIENT, "prompts.move.enabled": False, "prompts.posture.enabled": True, "prompts.posture.every": "1s",
    "prompts.min_gap": "10min"}
LABELS = {"a1": "Going", "a2": "10 more minutes", "a3": "Skip"}


@pytest.fixture(params=SERVERS)
def kind(request):
    return request.param


@pytest.fixture
def desk(kind):
    # sway refuses to run as root.
    yield from furnished(user="nobody" if kind == "mako" else None)


class Corner:
    """A screen with somebody before it, and the notification server that draws there."""

    def __init__(self, desk, kind, expires=0):
        self.desk = desk
        self.person = desk.sway() if kind == "mako" else desk.x11(size="800x300")
        start = {"dunst": desk.dunst, "xfce4-notifyd": desk.xfce4_notifyd, "mako": desk.mako}[kind]
        self.server = start(expires=expires)

    def prompted(self, settings=PATIENT):
        """Somebody types until a prompt stands on the screen."""
        daemon = self.desk.naped(settings)
        prompt = self.person.type_until_prompt(daemon)
        self.wait_displayed(1)
        return daemon, prompt

    def wait_displayed(self, count):
        eventually(f"{count} on the screen", lambda: self.server.displayed() == count)

    def picture(self, name):
        # Drawn is later than counted.
        wait(0.5)
        return Picture(self.desk, self.person.screenshot(name))


def test_prompt_is_drawn_and_each_button_is_its_answer(desk, kind, keep_picture):
    corner = Corner(desk, kind)
    person, server = corner.person, corner.server
    daemon, first = corner.prompted({**QUICK, "prompts.snooze": "2s"})
    labels = {**LABELS, "a2": "1 more minute"}
    picture = corner.picture(f"{kind}-move.png")
    keep_picture(picture.path)
    # Words in two sizes with soft edges; a place beside which nothing is.
    assert picture.colours > 20
    assert 250 < picture.width < 450 and 50 < picture.height < 200

    server.press(labels["a2"], "a2")
    daemon.wait_ended(first, "snoozed")
    corner.wait_displayed(0)

    second = person.type_until("the prompt comes again", lambda: daemon.current[0] > first and daemon.current[0])
    corner.wait_displayed(1)
    server.press(labels["a1"], "a1")
    corner.wait_displayed(0)
    assert daemon.current == (second, "move"), "it is answered by leaving, and not before"
    person.press()
    daemon.wait_state("away/idle")
    daemon.wait_ended(second, "taken")

    third = person.type_until("the next bout's prompt", lambda: daemon.current[0] > second and daemon.current[0])
    corner.wait_displayed(1)
    server.press(labels["a3"], "a3")
    daemon.wait_ended(third, "skipped")
    corner.wait_displayed(0)


def test_check_in_is_drawn_in_words_for_shared_screens(desk, kind, keep_picture):
    corner = Corner(desk, kind)
    daemon, prompt = corner.prompted({**PATIENT, "prompts.move.enabled": False, "prompts.checkin.at": "00:00"})
    assert daemon.current == (prompt, "checkin")
    assert [one[3] for one in daemon.signals if one[0] == "Posted"] == ["Diary"]
    keep_picture(corner.picture(f"{kind}-checkin.png").path)
    corner.server.press("Nothing to note", "a1")
    daemon.wait_ended(prompt, "done")
    corner.wait_displayed(0)


def test_picture_is_drawn_where_the_server_says_that_it_can(desk, kind, keep_picture):
    """As naped hands it over; exercises come minutes apart."""
    corner = Corner(desk, kind)
    folder = desk.data / "nape" / "pictures"
    with desk.identity():
        folder.mkdir(parents=True)
        (folder / "e07.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#f00"/></svg>')
    other = OtherProgram(desk)
    assert "icon-static" in other.capabilities()
    other.notify("Neck and shoulders", "a1", "Done", {"image-path": f"file://{folder}/e07.svg"})
    corner.wait_displayed(1)
    picture = corner.picture(f"{kind}-picture.png")
    keep_picture(picture.path)
    assert picture.count("#ff0000") > 500


def test_lock_takes_it_back(desk, kind):
    corner = Corner(desk, kind)
    daemon, _ = corner.prompted()
    desk.logind.set(LockedHint=True)
    daemon.wait_state("away/locked")
    corner.wait_displayed(0)


def test_server_that_lets_it_expire(desk, kind):
    corner = Corner(desk, kind, expires=1)
    daemon, prompt = corner.prompted(POSTURE)
    daemon.wait_ended(prompt, "expired")
    corner.wait_displayed(0)


def test_person_who_closes_it(desk, kind, keep_picture):
    corner = Corner(desk, kind)
    daemon, prompt = corner.prompted(POSTURE)
    keep_picture(corner.picture(f"{kind}-posture.png").path)
    corner.server.dismiss()
    # A click on a prompt without buttons is an answer where the server has no other.
    eventually("it has ended", daemon.ended)
    assert daemon.ended()[0] in [(prompt, "dismissed"), (prompt, "done")]
    corner.wait_displayed(0)


def test_next_prompt_takes_the_place_of_the_one_before(desk, kind):
    corner = Corner(desk, kind)
    daemon, first = corner.prompted({**PATIENT, "prompts.move.again": ["2s", "20min"]})
    before = corner.picture("before.png")
    most = []

    def has_come_again():
        most.append(corner.server.displayed())
        return daemon.current[0] > first

    corner.person.type_until("the prompt comes again", has_come_again)
    daemon.wait_ended(first, "superseded")
    corner.wait_displayed(1)
    after = corner.picture("after.png")
    assert max(most) == 1, "never two"
    # Another text may make it higher.
    assert (after.x, after.y, after.width) == (before.x, before.y, before.width)


def test_do_not_disturb_holds_prompts_back(desk, kind):
    corner = Corner(desk, kind)
    corner.server.disturb(False)
    daemon = desk.naped(PATIENT)
    corner.person.type_until("it waits", lambda: daemon.get("Prompts", "Deferred") == "dnd")
    assert daemon.current == (0, "") and corner.server.displayed() == 0
    corner.server.disturb(True)
    # mako 1.7 does not tell: it is asked when something else happens.
    daemon.hang_up()
    corner.person.type_until_prompt(daemon)
    corner.wait_displayed(1)


def test_server_that_is_killed_and_comes_back(desk, kind):
    corner = Corner(desk, kind)
    daemon, prompt = corner.prompted({**PATIENT, "prompts.move.again": ["3s", "20min"]})
    corner.server.kill()
    corner.server.start()
    corner.person.type_for(1)
    assert daemon.ended() == [] and daemon.current == (prompt, "move")
    assert corner.server.displayed() == 0, "what has been shown is not shown again"
    corner.person.type_until("the prompt comes again", lambda: daemon.current[0] > prompt)
    corner.wait_displayed(1)
    assert daemon.problems == []


def test_notifications_of_others_are_theirs(desk, kind):
    corner = Corner(desk, kind)
    daemon, prompt = corner.prompted()
    other = OtherProgram(desk)
    # Our own key, on another's notification.
    number = other.notify("Another program", "a3", "Its own button")
    corner.wait_displayed(2)
    wait(0.5)
    corner.server.press_other(number, "a3", "Its own button")
    eventually("it is answered", lambda: (number, "a3") in other.answers)
    other.close(number)
    corner.wait_displayed(1)
    corner.person.type_for(0.5)
    assert daemon.current == (prompt, "move") and daemon.ended() == []
