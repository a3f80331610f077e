"""GNOME 48 reminds of breaks by itself: two that nag are worse than one, and nape says so."""
from desk import SETTINGS
from peers import GnomeShell
from waiting import eventually

WORDS = "GNOME reminds you of breaks too"


def test_other_reminders_are_told_with_what_to_do_and_degrade_nothing(desk):
    mutter, shell = desk.mutter(), GnomeShell(desk, state=1)
    daemon = desk.naped({**SETTINGS, "prompts.move.after": "30min"})
    mutter.sit_down(daemon)
    eventually("it is told", lambda: any(WORDS in problem for problem in daemon.problems))
    assert len(daemon.problems) == 1
    assert "gsettings set org.gnome.desktop.break-reminders selected-breaks" in daemon.problems[0]
    assert "degraded" not in daemon.get("Daemon", "Status")
    assert WORDS in desk.nape("status").stdout
    assert WORDS in desk.nape("doctor").stdout

    def told():
        return [list(changed["Problems"]) for _, changed, _ in daemon.changes if "Problems" in changed]

    eventually("it was told once", lambda: len(told()) == 1)
    # What the numbers beyond 0 mean is not agreed on.
    shell.set("State", 3)
    shell.set("State", 0)
    eventually("it is told no more", lambda: daemon.problems == [])
    eventually("that and no more is told", lambda: len(told()) == 2 and told()[1] == [])


def test_one_of_the_two_is_enough(desk):
    desk.mutter()
    GnomeShell(desk, state=1)
    daemon = desk.naped({**SETTINGS, "prompts.move.enabled": False})
    eventually("mutter is the source", lambda: daemon.get("Sitting", "Source") == "mutter")
    assert daemon.problems == []
    desk.write_settings(SETTINGS)
    daemon.hang_up()
    eventually("it is told", lambda: any(WORDS in problem for problem in daemon.problems))


def test_reminders_that_are_off_are_none(desk):
    mutter, shell = desk.mutter(), GnomeShell(desk, state=0)
    daemon = desk.naped({**SETTINGS, "prompts.move.after": "30min"})
    mutter.sit_down(daemon)
    assert daemon.problems == []
    shell.set("State", 1)
    eventually("it is told", lambda: daemon.problems)
    shell.leave()
    eventually("it is told no more", lambda: daemon.problems == [])
