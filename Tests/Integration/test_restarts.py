"""Stops, kills and starts: the record goes on."""
import pytest

from desk import QUICK, SETTINGS
from waiting import eventually, wait

# Nothing but a stop makes an absence here.
PATIENT = {**QUICK, "presence.break_after": "30s", "presence.away_after": "1min"}


def kinds(spans):
    return [(span["kind"], span["evidence"]) for span in spans]


def total(spans, kind):
    return sum(span["length_usec"] for span in spans if span["kind"] == kind) / 1e6


def test_bout_goes_on_after_a_clean_stop_and_a_start(desk):
    mutter, _ = desk.mutter(), desk.notification_server()
    first = desk.naped({**PATIENT, "prompts.move.enabled": False})
    mutter.sit_down(first)
    mutter.type_for(2)
    sat = first.get("Sitting", "BoutUSec")
    assert sat > 2_000_000
    assert first.stop() == 0
    checkpoint = desk.checkpoint()
    assert checkpoint["open.0.kind"] == "sitting"
    assert checkpoint["open.0.length_usec"] >= sat

    second = desk.naped()
    assert second.get("Sitting", "BoutUSec") >= sat
    assert second.get("Sitting", "TodayUSec") >= sat
    # Mutter knows of a key just now: who was at the desk is there still.
    second.wait_state("sitting/input")
    mutter.type_for(2)
    assert second.get("Sitting", "BoutUSec") > sat + 1_000_000
    assert second.stop() == 0
    assert kinds(desk.spans()) == [("unknown", "not-running"), ("sitting", "input"), ("unknown", "not-running")]
    desk.assert_ledger_is_whole()


def test_kill_loses_nothing_before_the_last_checkpoint_and_the_rest_is_unknown(desk):
    mutter, server = desk.mutter(), desk.notification_server()
    first = desk.naped(PATIENT)
    prompt = mutter.type_until_prompt(first)
    server.wait_shown()
    checkpoint = desk.checkpoint()
    assert checkpoint["prompt.id"] == prompt == checkpoint["mark.last_id"]
    mutter.type_for(1)
    sat = first.get("Sitting", "BoutUSec")
    first.kill()

    second = desk.naped()
    eventually("the prompt is withdrawn", lambda: desk.prompts()[-1]["outcome"] == "withdrawn")
    assert second.current == (0, "")
    assert desk.prompts()[-1]["id"] == prompt
    # The open span ends where it was stored last; what came after is not guessed.
    second.wait_state("sitting/input")
    assert kinds(desk.spans())[-2:] == [("sitting", "input"), ("unknown", "not-running")]
    assert desk.spans()[-2]["length_usec"] == checkpoint["open.0.length_usec"]
    assert second.get("Sitting", "BoutUSec") <= sat
    assert desk.spans()[-1]["length_usec"] > 1_000_000
    desk.assert_ledger_is_whole()

    # Ids go on. The repetition is due after 10 min of sitting; a lower threshold asks at once.
    desk.write_settings({**PATIENT, "prompts.move.again": ["1s"]})
    second.call("Daemon", "Reload")
    assert mutter.type_until_prompt(second, number=prompt + 1) == prompt + 1


def test_kill_at_any_moment_leaves_a_store_that_goes_on(desk):
    """Ten kills, each after another time."""
    mutter, _ = desk.mutter(), desk.notification_server()
    desk.write_settings({**PATIENT, "prompts.move.again": ["1s"]})
    for index in range(10):
        daemon = desk.naped()
        mutter.type_for(0.2 * index)
        daemon.kill()
        desk.assert_ledger_is_whole()
    daemon = desk.naped()
    mutter.sit_down(daemon)
    assert daemon.stop() == 0
    desk.assert_ledger_is_whole()
    ids = [row["id"] for row in desk.prompts()]
    assert ids == list(range(1, len(ids) + 1))
    assert all(row["outcome"] for row in desk.prompts())


def test_unknown_time_is_never_added_to_sitting(desk):
    mutter, _ = desk.mutter(), desk.notification_server()
    first = desk.naped({**PATIENT, "prompts.move.enabled": False})
    mutter.sit_down(first)
    assert first.stop() == 0
    wait(3)
    second = desk.naped()
    mutter.sit_down(second)
    sat, today = second.get("Sitting", "BoutUSec"), second.get("Sitting", "TodayUSec")
    assert second.stop() == 0
    stored = total(desk.spans(), "sitting") + desk.checkpoint()["open.0.length_usec"] / 1e6
    assert total(desk.spans(), "unknown") > 3
    assert abs(sat / 1e6 - stored) < 1 and abs(today / 1e6 - stored) < 1


def test_pause_snooze_and_gap_survive(desk):
    mutter, server = desk.mutter(), desk.notification_server()
    first = desk.naped(QUICK)
    first.call("Prompts", "Pause", "t", 3600 * 1_000_000)
    until = first.get("Prompts", "PausedUntilTimestamp")
    first.kill()
    second = desk.naped()
    assert abs(second.get("Prompts", "PausedUntilTimestamp") - until) < 1_000_000
    mutter.sit_down(second)
    mutter.type_for(2)
    assert second.get("Prompts", "Deferred") == "paused"
    assert server.notified == []
    second.call("Prompts", "Resume")
    mutter.type_until_prompt(second)


@pytest.mark.parametrize("way", ["stop", "kill"])
def test_other_notification_of_that_number_is_not_closed_after_a_restart(desk, way):
    mutter, server = desk.mutter(), desk.notification_server()
    first = desk.naped(PATIENT)
    mutter.type_until_prompt(first)
    server.wait_shown()
    getattr(first, way)()
    closed = list(server.closed)
    second = desk.naped()
    mutter.sit_down(second)
    assert server.closed == closed


def test_interrupt_is_a_stop_too(desk):
    mutter = desk.mutter()
    daemon = desk.naped(SETTINGS)
    mutter.sit_down(daemon)
    daemon.process.send_signal(2)
    assert daemon.wait_end() == 0
    assert desk.checkpoint()["open.0.kind"] == "sitting"
