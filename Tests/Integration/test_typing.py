"""Nobody is interrupted in the middle of a word: what is due waits for a pause of 3 s, which each source tells in its way."""
import pytest

from compositors import Muffin
from desk import SETTINGS
from fake_compositor import FakeCompositor
from waiting import eventually, wait

# Nobody leaves within a pause.
READING = {**SETTINGS, "presence.break_after": "20s", "presence.away_after": "30s", "prompts.move.after": "6s"}
PAUSE = 3


def wait_source(daemon, name):
    eventually(f"{name} is the source", lambda: daemon.get("Sitting", "Source") == name)


def wait_typing(daemon, typist):
    """Types until a prompt waits for a pause."""
    typist.type_until("a prompt waits", lambda: daemon.deferred == "typing")
    assert daemon.posted() == []


def posted_at(desk):
    """In wall time, as time.time() tells it."""
    return desk.prompts()[0]["posted_utc_usec"] / 1e6


def assert_waits_for_a_pause(desk, daemon, typist):
    wait_typing(daemon, typist)
    typist.type_for(4)
    assert daemon.posted() == [] and daemon.deferred == "typing"
    eventually("the prompt is posted", lambda: daemon.posted())
    assert daemon.deferred == ""
    assert posted_at(desk) - typist.last_key >= PAUSE - 0.1
    assert daemon.state == "sitting/input"
    typist.type_for(1)
    assert len(daemon.posted()) == 1


def test_mutter(desk):
    mutter, _ = desk.mutter(), desk.notification_server()
    daemon = desk.naped(READING)
    wait_source(daemon, "mutter")
    assert_waits_for_a_pause(desk, daemon, mutter)


def test_muffin(desk):
    muffin, _ = Muffin(desk), desk.notification_server()
    daemon = desk.naped(READING)
    wait_source(daemon, "muffin")
    assert_waits_for_a_pause(desk, daemon, muffin)


def test_x11(desk):
    x11, _ = desk.x11(), desk.notification_server()
    daemon = desk.naped(READING)
    wait_source(daemon, "x11")
    assert_waits_for_a_pause(desk, daemon, x11)


def test_sway(nobodys_desk):
    desk = nobodys_desk
    sway, _ = desk.sway(), desk.notification_server()
    daemon = desk.naped(READING)
    wait_source(daemon, "wayland")
    assert_waits_for_a_pause(desk, daemon, sway)


@pytest.mark.parametrize("version", [1, 2])
def test_wayland(desk, version):
    compositor, _ = FakeCompositor(desk, version=version), desk.notification_server()
    daemon = desk.naped(READING)
    wait_source(daemon, "wayland")

    def looked_out_for():
        return [(of_input_alone, milliseconds) for milliseconds, of_input_alone, _, _ in
                compositor.notifications.values() if milliseconds == PAUSE * 1000]

    compositor.sit_down(daemon)
    assert looked_out_for() == []
    wait_typing(daemon, compositor)
    assert looked_out_for() == [(version == 2, PAUSE * 1000)]
    assert_waits_for_a_pause(desk, daemon, compositor)
    eventually("nothing more is looked out for", lambda: looked_out_for() == [])


def test_who_reads_is_prompted_at_once(desk):
    x11, _ = desk.x11(), desk.notification_server()
    daemon = desk.naped(READING)
    x11.sit_down(daemon)
    eventually("the prompt is posted", lambda: daemon.posted())
    deferred = [str(changed["Deferred"]) for _, changed, _ in daemon.changes if "Deferred" in changed]
    assert "typing" not in deferred


def test_nothing_is_asked_before_a_prompt_is_due_and_little_then(desk):
    muffin, _ = Muffin(desk), desk.notification_server()
    daemon = desk.naped({**READING, "prompts.move.after": "10s"})
    muffin.sit_down(daemon)
    muffin.type_for(1)
    before = muffin.asked
    muffin.type_for(5)
    assert muffin.asked == before
    wait_typing(daemon, muffin)
    before = muffin.asked
    muffin.type_for(10)
    assert muffin.asked - before <= 4
    eventually("the prompt is posted", lambda: daemon.posted())
    before = muffin.asked
    muffin.type_for(4)
    assert muffin.asked == before


def test_who_types_on_and_on_is_prompted_after_a_minute(desk):
    muffin, _ = Muffin(desk), desk.notification_server()
    daemon = desk.naped(READING)
    wait_typing(daemon, muffin)
    before = muffin.asked
    muffin.type_for(50)
    assert daemon.posted() == []
    muffin.type_for(15)
    assert len(daemon.posted()) == 1
    assert muffin.asked - before <= 30


def test_monitor_that_hangs_holds_no_prompt_back(desk):
    muffin, _ = Muffin(desk), desk.notification_server()
    daemon = desk.naped({**READING, "prompts.move.after": "10s"})
    muffin.sit_down(daemon)
    # Whether the person is there has just been asked.
    muffin.type_for(1)
    muffin.hangs = True
    muffin.type_until("the prompt is posted", daemon.posted)


def test_source_that_is_lost_meanwhile(desk):
    muffin, _ = Muffin(desk), desk.notification_server()
    daemon = desk.naped({**READING, "presence.sources": ["muffin"]})
    wait_typing(daemon, muffin)
    muffin.leave()
    daemon.wait_state("unknown/source-lost")
    wait(PAUSE + 1)
    assert daemon.posted() == [] and daemon.deferred == ""
    again = Muffin(desk)
    wait_source(daemon, "muffin")
    assert_waits_for_a_pause(desk, daemon, again)


def test_lock_ends_the_wait(desk):
    mutter, _ = desk.mutter(), desk.notification_server()
    daemon = desk.naped(READING)
    wait_typing(daemon, mutter)
    desk.logind.set(LockedHint=True)
    daemon.wait_state("away/locked")
    wait(PAUSE + 1)
    assert daemon.posted() == [] and daemon.deferred == ""
    desk.logind.set(LockedHint=False)
    assert_waits_for_a_pause(desk, daemon, mutter)
