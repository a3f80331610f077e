"""Cinnamon: muffin's idle monitor, which is mutter's under names of its own."""
from compositors import Muffin
from desk import SETTINGS
from waiting import eventually, wait

QUIET = {**SETTINGS, "prompts.move.enabled": False}


def wait_source(daemon, name):
    eventually(f"{name or 'nothing'} is the source", lambda: daemon.get("Sitting", "Source") == name)


def test_typing_is_sitting_and_silence_an_absence_from_the_last_key(desk):
    muffin = Muffin(desk)
    daemon = desk.naped(QUIET)
    wait_source(daemon, "muffin")
    assert daemon.get("Sitting", "Quality") == "precise"
    muffin.sit_down(daemon)
    muffin.type_for(1)
    daemon.wait_state("away/idle")
    assert abs(desk.begin_of_open_span() - muffin.last_key) < 1
    muffin.sit_down(daemon)
    assert daemon.stop() == 0
    desk.assert_ledger_is_whole()


def test_muffin_that_goes_leaves_unknown_time_and_comes_back(desk):
    muffin = Muffin(desk)
    daemon = desk.naped({**QUIET, "presence.sources": ["muffin"]})
    muffin.sit_down(daemon)
    muffin.leave()
    daemon.wait_state("unknown/source-lost")
    assert "degraded" in daemon.get("Daemon", "Status")
    again = Muffin(desk)
    wait_source(daemon, "muffin")
    again.sit_down(daemon)
    assert daemon.problems == []


def test_muffin_that_hangs_is_passed_over_and_found_when_it_answers(desk):
    muffin = Muffin(desk)
    muffin.hangs = True
    daemon = desk.naped({**QUIET, "presence.sources": ["muffin", "logind"]})
    desk.logind.set(IdleHint=False, IdleSinceHintMonotonic=muffin.monotonic_usec())
    wait_source(daemon, "logind")
    muffin.hangs = False
    wait_source(daemon, "muffin")
    muffin.sit_down(daemon)


def test_mutter_goes_before_muffin(desk):
    muffin = Muffin(desk)
    daemon = desk.naped(QUIET)
    wait_source(daemon, "muffin")
    muffin.sit_down(daemon)
    mutter = desk.mutter()
    wait_source(daemon, "mutter")
    muffin.type_for(1)
    mutter.process.kill()
    wait_source(daemon, "muffin")
    wait(1)
    assert daemon.process.poll() is None
