"""The real notification servers, each put to the same tests: dunst and Xfce's under X, mako under sway.

They differ in all that the specification leaves open: dunst tells its signals to us alone, the others to everybody; Xfce's
draws buttons, dunst has a menu, mako neither.
"""
import shutil

import pytest

from conftest import furnished
from desk import QUICK, ROOT
from peers import OtherProgram, Picture
from waiting import eventually, wait

SERVERS = ["dunst", "xfce4-notifyd", "mako"]
# Nobody is taken to have left while the servers do their work.
PATIENT = {**QUICK, "presence.break_after": "2min", "presence.away_after": "5min"}
# One, and no other after it.
POSTURE = {
    **PATIENT, "prompts.move.enabled": False, "prompts.posture.enabled": True, "prompts.posture.every": "1s",
    "prompts.min_gap": "10min"}


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
        self._install()
        self.person = desk.sway() if kind == "mako" else desk.x11(size="800x300")
        start = {"dunst": desk.dunst, "xfce4-notifyd": desk.xfce4_notifyd, "mako": desk.mako}[kind]
        self.server = start(expires=expires)

    def _install(self):
        """The icon and the pictures, as `make install` does it in a home."""
        data = self.desk.data
        with self.desk.identity():
            for folder in (data / "icons/hicolor/scalable/apps", data / "nape/pictures"):
                folder.mkdir(parents=True)
            shutil.copy(ROOT / "Pictures/io.github.nape.svg", data / "icons/hicolor/scalable/apps")
            for picture in (ROOT / "Pictures").glob("e*.svg"):
                shutil.copy(picture, data / "nape/pictures")

    def prompted(self, settings=PATIENT):
        """Somebody types until a prompt stands on the screen."""
        daemon = self.desk.naped(settings)
        return daemon, self.next_prompt(daemon)

    def next_prompt(self, daemon, after=0):
        """Somebody types until another prompt is due, and pauses; it then stands on the screen."""
        def is_open():
            return daemon.current[0] > after
        self.person.type_until(
            "a prompt is due", lambda: is_open() or daemon.get("Prompts", "Deferred") == "typing")
        eventually("a prompt", is_open)
        self.wait_displayed(1)
        return daemon.current[0]

    def wait_displayed(self, count):
        eventually(f"{count} on the screen", lambda: self.server.displayed() == count)

    def picture(self, name):
        # Drawn is later than counted.
        wait(0.5)
        return Picture(self.desk, self.person.screenshot(name))


def test_prompt_is_drawn_and_each_button_is_its_answer(desk, kind, keep_picture):
    corner = Corner(desk, kind)
    person, server = corner.person, corner.server
    daemon, first = corner.prompted({
        **QUICK, "presence.break_after": "8s", "presence.away_after": "12s", "prompts.snooze": "2s"})
    picture = corner.picture(f"{kind}-move.png")
    keep_picture(picture.path)
    # Words in two sizes with soft edges; a place beside which nothing is.
    assert picture.colours > 20
    assert 250 < picture.width < 450 and 50 < picture.height < 200

    server.press("1 more minute", "a2")
    daemon.wait_ended(first, "snoozed")
    corner.wait_displayed(0)

    second = corner.next_prompt(daemon, first)
    server.press("Going", "a1")
    corner.wait_displayed(0)
    assert daemon.current == (second, "move"), "it is answered by leaving, and not before"
    person.press()
    daemon.wait_state("away/idle")
    daemon.wait_ended(second, "taken")

    third = corner.next_prompt(daemon, second)
    server.press("Skip", "a3")
    daemon.wait_ended(third, "skipped")
    corner.wait_displayed(0)


def test_check_in_is_drawn_in_words_for_shared_screens(desk, kind, keep_picture):
    corner = Corner(desk, kind)
    daemon, prompt = corner.prompted({
        **PATIENT, "prompts.move.enabled": False, "prompts.checkin.enabled": True, "prompts.checkin.at": "00:00"})
    assert daemon.current == (prompt, "checkin")
    assert [one[3] for one in daemon.signals if one[0] == "Posted"] == ["Diary"]
    keep_picture(corner.picture(f"{kind}-checkin.png").path)
    corner.server.press("Nothing to note", "a1")
    daemon.wait_ended(prompt, "done")
    corner.wait_displayed(0)


def test_picture_is_drawn_where_the_server_says_that_it_can(desk, kind, keep_picture):
    """As naped hands it over; exercises come minutes apart."""
    corner = Corner(desk, kind)
    other = OtherProgram(desk)
    assert "icon-static" in other.capabilities()
    other.notify("Neck and shoulders", "a1", "Done", {"image-path": f"file://{desk.data}/nape/pictures/e07.svg"})
    corner.wait_displayed(1)
    picture = corner.picture(f"{kind}-picture.png")
    keep_picture(picture.path)
    # Its ground, and nothing else of it, is of that colour.
    assert picture.count("#fdf7ec") > 200


def test_lock_takes_it_back(desk, kind):
    corner = Corner(desk, kind)
    daemon, _ = corner.prompted()
    desk.logind.set(LockedHint=True)
    daemon.wait_state("away/locked")
    corner.wait_displayed(0)


def test_server_that_lets_it_expire(desk, kind):
    corner = Corner(desk, kind, expires=3)
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

    corner.person.type_until(
        "the next is due", lambda: has_come_again() or daemon.get("Prompts", "Deferred") == "typing")
    eventually("the prompt comes again", has_come_again)
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
    corner.next_prompt(daemon)


def test_server_that_is_killed_and_comes_back(desk, kind):
    corner = Corner(desk, kind)
    daemon, prompt = corner.prompted({**PATIENT, "prompts.move.again": ["3s", "20min"]})
    corner.server.kill()
    corner.server.start()
    corner.person.type_for(1)
    assert daemon.ended() == [] and daemon.current == (prompt, "move")
    assert corner.server.displayed() == 0, "what has been shown is not shown again"
    corner.next_prompt(daemon, prompt)
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
