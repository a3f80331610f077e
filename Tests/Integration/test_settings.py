"""Settings files: wrong ones are told and never stop the daemon."""
import dbus
import pytest

from desk import NAME, QUICK, SETTINGS, toml
from waiting import eventually

BAD_SETTINGS = f"{NAME}.Error.BadSettings"


def test_wrong_value_keeps_the_default_and_is_told_with_its_line(desk):
    desk.write_settings('prompts.move.after = "soon"\nprompts.move.afer = "1min"\npresence.away_after = "7min"\n')
    daemon = desk.naped()
    first, second = [one for one in daemon.problems if str(desk.settings_file) in one]
    assert first.startswith(f"{desk.settings_file}:1: prompts.move.after: ")
    assert second.startswith(f"{desk.settings_file}:2: prompts.move.afer: ")
    assert "prompts.move.after" in second, "the nearest key is named"
    assert "degraded" in daemon.get("Daemon", "Status")


@pytest.mark.parametrize("text", ["[prompts\n", "a = 1\na = 2\n", "\x00", "prompts.move.after = \"1min", "\ufeff[[[["])
def test_file_that_does_not_parse_at_the_start_leaves_the_defaults(desk, text):
    desk.write_settings(text)
    daemon = desk.naped()
    assert any(one.startswith(f"{desk.settings_file}:") for one in daemon.problems)
    assert daemon.stop() == 0


def test_file_that_does_not_parse_at_a_reload_leaves_the_last_good_settings(desk):
    mutter, _ = desk.mutter(), desk.notification_server()
    daemon = desk.naped(QUICK)
    desk.write_settings("[prompts\n")
    with pytest.raises(dbus.DBusException) as raised:
        daemon.call("Daemon", "Reload")
    assert raised.value.get_dbus_name() == BAD_SETTINGS
    assert f"{desk.settings_file}:1" in raised.value.get_dbus_message()
    # The quick ones are in force.
    mutter.type_until_prompt(daemon)


def test_reload_takes_what_has_changed_and_tells_what_is_wrong(desk):
    mutter, _ = desk.mutter(), desk.notification_server()
    daemon = desk.naped({**QUICK, "prompts.move.after": "30min"})
    eventually("nothing is wrong", lambda: daemon.problems == [])
    mutter.sit_down(daemon)
    assert f"prompts.move.after is 30 min ({desk.settings_file}:5)" in daemon.call("Daemon", "Why")
    desk.write_settings(toml(QUICK) + "prompts.move.nonsense = 1\n")
    daemon.call("Daemon", "Reload")
    mutter.type_until_prompt(daemon)
    assert any("prompts.move.nonsense" in one for one in daemon.problems)
    eventually("the problem is told", lambda: any(
        "Problems" in changed for interface, changed, _ in daemon.changes if interface == f"{NAME}.Daemon"))
    desk.write_settings(QUICK)
    daemon.call("Daemon", "Reload")
    assert daemon.problems == []


def test_hang_up_reloads_and_tells_the_service_manager(desk):
    mutter, _ = desk.mutter(), desk.notification_server()
    daemon = desk.naped(SETTINGS | {"prompts.move.after": "30min"})
    assert daemon.count("READY") == 1
    desk.write_settings(QUICK)
    daemon.hang_up()
    daemon.wait_ready(times=2)
    words = [next(iter(message)) for message in daemon.messages() if {"READY", "RELOADING"} & message.keys()]
    assert words == ["READY", "RELOADING", "READY"]
    reloading = next(message for message in daemon.messages() if "RELOADING" in message)
    assert int(reloading["MONOTONIC_USEC"]) > 0
    mutter.type_until_prompt(daemon)

    # A file that is broken is no reason to stop, nor to leave the manager waiting.
    desk.write_settings("[")
    daemon.hang_up()
    daemon.wait_ready(times=3)
    assert daemon.stop() == 0
    assert daemon.count("STOPPING") == 1


def test_status_is_told_to_the_service_manager(desk):
    mutter, _ = desk.mutter(), desk.notification_server()
    daemon = desk.naped(SETTINGS)
    mutter.sit_down(daemon)
    eventually("sitting is told", lambda: any(
        message.get("STATUS", "").startswith("sitting since ") for message in daemon.messages()))


def test_file_that_cannot_be_read_is_told(desk):
    with desk.identity():
        desk.settings_file.mkdir()
    daemon = desk.naped()
    assert any(one.startswith(str(desk.settings_file)) for one in daemon.problems)


def test_without_any_file_nothing_is_wrong(desk):
    desk.mutter()
    daemon = desk.naped()
    eventually("mutter is the source", lambda: daemon.get("Sitting", "Source") == "mutter")
    assert daemon.problems == []


def test_what_takes_effect_at_the_next_start_alone_is_told(desk):
    desk.mutter()
    daemon = desk.naped(SETTINGS)
    eventually("mutter is the source", lambda: daemon.get("Sitting", "Source") == "mutter")
    desk.write_settings({**SETTINGS, "presence.sources": ["logind", "mutter"]})
    daemon.call("Daemon", "Reload")
    assert daemon.problems == [
        "presence.sources has changed, and is looked at when naped starts: systemctl --user restart nape."]
    desk.write_settings(SETTINGS)
    daemon.call("Daemon", "Reload")
    assert daemon.problems == []


def test_lowering_a_threshold_below_what_has_been_sat_prompts_at_once(desk):
    mutter, _ = desk.mutter(), desk.notification_server()
    daemon = desk.naped({**QUICK, "prompts.move.after": "30min"})
    mutter.sit_down(daemon)
    mutter.type_for(1)
    desk.write_settings(QUICK)
    daemon.call("Daemon", "Reload")
    eventually("it waits for a pause alone", lambda: daemon.deferred == "typing")
    assert mutter.type_until_prompt(daemon) == 1
