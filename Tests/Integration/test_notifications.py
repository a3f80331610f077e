"""Notification servers that are not there, that can little, that lie, and that die."""
import dbus.lowlevel
import pytest

from desk import QUICK
from peers import NOTIFICATIONS, NOTIFICATIONS_PATH
from waiting import eventually

POSTURE = {
    **QUICK, "prompts.move.enabled": False, "prompts.posture.enabled": True, "prompts.posture.every": "1s"}
# A pause in which the second is shown is no absence yet.
AGAIN = {**QUICK, "prompts.move.again": ["2s", "20min"], "presence.break_after": "5s"}
NOT_SHOWN = "no notification server answered"


def prompted(desk, server, settings=QUICK):
    """Somebody types and is shown a prompt."""
    mutter = desk.mutter()
    daemon = desk.naped(settings)
    prompt = mutter.type_until_prompt(daemon)
    server.wait_shown()
    return mutter, daemon, prompt


def test_notification_says_all_that_a_server_needs(desk):
    server = desk.notification_server(first_id=41)
    _, daemon, prompt = prompted(desk, server)
    shown = server.notified[-1]
    assert (shown["app"], shown["icon"]) == ("nape", "io.github.nape")
    assert shown["replaces"] == 0
    assert shown["actions"] == ["a1", "Going", "a2", "10 more minutes", "a3", "Skip"]
    assert shown["timeout"] == -1
    assert shown["hints"]["urgency"] == 1 and shown["hints"]["urgency"].variant_level == 1
    assert isinstance(shown["hints"]["urgency"], dbus.Byte)
    assert shown["hints"]["suppress-sound"] == 1 and "sound-name" not in shown["hints"]
    assert (shown["hints"]["desktop-entry"], shown["hints"]["category"]) == ("io.github.nape", "x-nape.move")
    assert shown["summary"] and shown["body"] and "<" not in shown["body"]
    text = next(one[3] for one in daemon.signals if one[0] == "Posted")
    assert text == shown["summary"] + "\n" + shown["body"]

    server.ActionInvoked(shown["id"], "a1")
    eventually("it is taken back by the server's id", lambda: server.closed == [41])
    assert daemon.current == (prompt, "move")


def test_each_button_is_its_answer(desk):
    server = desk.notification_server()
    mutter, daemon, prompt = prompted(desk, server, {**QUICK, "prompts.snooze": "1s"})
    server.ActionInvoked(server.last_id, "a2")
    daemon.wait_ended(prompt, "snoozed")
    second = mutter.type_until("the prompt comes again", lambda: daemon.current[0] > prompt and daemon.current[0])
    server.wait_shown(2)
    server.ActionInvoked(server.last_id, "a3")
    daemon.wait_ended(second, "skipped")
    assert server.closed == [one["id"] for one in server.notified]


def test_without_a_server_the_prompt_is_undeliverable_and_that_is_told(desk):
    mutter = desk.mutter()
    daemon = desk.naped(QUICK)
    mutter.type_until("the prompt has ended", daemon.ended)
    daemon.wait_ended(1, "undeliverable")
    assert any(NOT_SHOWN in problem for problem in daemon.problems)
    assert daemon.state == "sitting/input"


def test_server_that_comes_later_shows_the_next_prompt(desk):
    mutter = desk.mutter()
    daemon = desk.naped({**POSTURE, "prompts.min_gap": "3s"})
    mutter.type_until("the prompt has ended", daemon.ended)
    server = desk.notification_server()
    mutter.type_until("a prompt is shown", lambda: server.notified)
    eventually("nothing is wrong any more", lambda: daemon.problems == [])


@pytest.mark.parametrize(
    ("words", "labels"), [
        ("neutral", ["Nothing to note", "Something to note", "Not now"]), ("plain", ["No headache", "Yes", "Not now"])])
def test_check_in_is_plain_where_the_person_wants_that_and_nowhere_else(desk, words, labels):
    server = desk.notification_server()
    _, daemon, prompt = prompted(desk, server, {
        **QUICK, "prompts.move.enabled": False, "prompts.checkin.enabled": True,
        "prompts.checkin.at": "00:00", "prompts.checkin.words": words})
    assert daemon.current == (prompt, "checkin")
    shown = server.notified[-1]
    assert shown["actions"] == ["a1", labels[0], "a2", labels[1], "a3", labels[2]]
    assert shown["hints"]["urgency"] == 1
    assert ("eadache" in shown["summary"]) == (words == "plain")
    # Whoever listens on the bus is told no more than that.
    assert [one[2:] for one in daemon.signals if one[0] == "Posted"] == [("checkin", "Diary")]
    assert "eadache" not in str(shown["hints"]) + daemon.log
    server.ActionInvoked(server.last_id, "a3")
    daemon.wait_ended(prompt, "skipped")


def test_server_that_has_had_too_many_is_asked_once_more(desk):
    """As KDE's has."""
    def refuse_one(server, number):
        if len(server.notified) == 1:
            raise dbus.DBusException("no", name="org.freedesktop.Notifications.Error.ExcessNotificationGeneration")

    server = desk.notification_server(on_notify=refuse_one)
    mutter = desk.mutter()
    daemon = desk.naped(QUICK)
    prompt = mutter.type_until_prompt(daemon)
    server.wait_shown(2)
    assert daemon.ended() == [] and daemon.problems == []
    server.ActionInvoked(server.last_id, "a3")
    daemon.wait_ended(prompt, "skipped")


def test_server_without_actions_is_given_none(desk):
    server = desk.notification_server(capabilities=("body",))
    _, daemon, prompt = prompted(desk, server)
    assert server.notified[-1]["actions"] == []
    assert server.notified[-1]["body"].endswith("To answer: nape break, or nape snooze.")
    assert daemon.current == (prompt, "move")
    # nape can be told by other ways.
    assert desk.nape("snooze").returncode == 0
    daemon.wait_ended(prompt, "snoozed")
    assert server.closed == [server.last_id]


def test_closing_by_the_server_is_no_answer_to_a_move(desk):
    server = desk.notification_server(on_notify=lambda server, number: server.NotificationClosed(number, 1))
    mutter, daemon, prompt = prompted(desk, server)
    mutter.type_for(1)
    assert daemon.current == (prompt, "move")
    assert daemon.ended() == []
    daemon.wait_state("away/idle")
    daemon.wait_ended(prompt, "taken")


def test_closing_by_the_server_expires_a_posture_prompt(desk):
    server = desk.notification_server()
    _, daemon, prompt = prompted(desk, server, POSTURE)
    assert server.notified[-1]["actions"][:1] == ["default"]
    assert server.notified[-1]["hints"]["urgency"] == 0
    server.NotificationClosed(server.last_id, 1)
    daemon.wait_ended(prompt, "expired")


def test_closing_by_hand_dismisses(desk):
    server = desk.notification_server()
    _, daemon, prompt = prompted(desk, server)
    server.NotificationClosed(server.last_id, 2)
    daemon.wait_ended(prompt, "dismissed")
    assert server.closed == []


def test_closing_by_hand_that_is_told_before_the_id_is_known(desk):
    desk.notification_server(on_notify=lambda server, number: server.NotificationClosed(number, 2))
    mutter = desk.mutter()
    daemon = desk.naped(QUICK)
    mutter.type_until("the prompt has ended", daemon.ended)
    daemon.wait_ended(1, "dismissed")


def test_ids_keys_and_reasons_of_others_are_passed_over(desk):
    server = desk.notification_server(first_id=7)
    mutter, daemon, prompt = prompted(desk, server)
    for number, key in [(8, "a3"), (0, "a3"), (1, "a3"), (2**32 - 1, "a3"), (7, "a4"), (7, "a0"), (7, ""),
                        (7, "default"), (7, "a3 "), (7, "skip"), (7, "x" * 2**20)]:
        server.ActionInvoked(number, key)
    for number, reason in [(8, 2), (0, 2), (1, 2)]:
        server.NotificationClosed(number, reason)
    # Signals whose arguments are of other types.
    for member, signature, arguments in [
            ("ActionInvoked", "s", ("a3",)), ("ActionInvoked", "su", ("a3", 7)), ("NotificationClosed", "", ()),
            ("NotificationClosed", "ss", ("7", "2")), ("ActionInvoked", "ssas", ("7", "a3", ["a3"]))]:
        message = dbus.lowlevel.SignalMessage(NOTIFICATIONS_PATH, NOTIFICATIONS, member)
        message.append(*arguments, signature=signature)
        server.bus.send_message(message)
    server.bus.flush()
    mutter.type_for(1)
    assert daemon.current == (prompt, "move")
    assert daemon.ended() == [] and server.closed == []
    server.ActionInvoked(7, "a3")
    daemon.wait_ended(prompt, "skipped")


def test_server_that_sends_its_signals_to_the_caller_alone(desk):
    """As dunst does."""
    server = desk.notification_server()
    _, daemon, prompt = prompted(desk, server)
    message = dbus.lowlevel.SignalMessage(NOTIFICATIONS_PATH, NOTIFICATIONS, "ActionInvoked")
    message.append(server.last_id, "a3", signature="us")
    message.set_destination(desk.owner("io.github.nape.Nape1"))
    server.bus.send_message(message)
    daemon.wait_ended(prompt, "skipped")


def test_server_that_dies_takes_its_ids_along(desk):
    first = desk.notification_server(first_id=5)
    mutter, daemon, prompt = prompted(desk, first, AGAIN)
    first.leave()
    eventually("it has gone", lambda: not desk.owner(NOTIFICATIONS))
    assert daemon.ended() == []

    second = desk.notification_server(first_id=5)
    # Its own notification of that number has nothing to do with us.
    second.ActionInvoked(5, "a3")
    second.NotificationClosed(5, 2)
    mutter.type_for(1)
    assert daemon.current[0] == prompt and daemon.ended() == []

    mutter.type_until("the prompt comes again", lambda: second.notified)
    assert second.notified[-1]["replaces"] == 0
    assert second.closed == []
    daemon.wait_ended(prompt, "superseded")


def test_prompts_of_one_server_replace_each_other(desk):
    server = desk.notification_server(first_id=5)
    mutter, daemon, prompt = prompted(desk, server, AGAIN)
    mutter.type_until("the prompt comes again", lambda: len(server.notified) == 2)
    daemon.wait_ended(prompt, "superseded")
    assert server.notified[1]["replaces"] == server.notified[0]["id"]
    assert server.closed == [], "in place, and not one after the other"


def test_server_that_answers_with_rubbish(desk):
    """An error to each call, and then an id of 0."""
    server = desk.notification_server(on_notify=fail)
    mutter = desk.mutter()
    daemon = desk.naped(QUICK)
    mutter.type_until("the prompt has ended", daemon.ended)
    daemon.wait_ended(1, "undeliverable")
    assert any(NOT_SHOWN in problem for problem in daemon.problems)


def fail(server, number):
    raise dbus.DBusException("no", name="org.freedesktop.DBus.Error.Failed")


def test_server_that_never_answers_holds_nothing_up(desk):
    """A process that owns the name and is stopped."""
    mutter = desk.mutter()
    silent = desk.connect("session")
    silent.request_name(NOTIFICATIONS)
    silent.add_message_filter(lambda *_: dbus.lowlevel.HANDLER_RESULT_HANDLED)
    daemon = desk.naped(QUICK)
    mutter.type_until_prompt(daemon)
    desk.logind.set(LockedHint=True)
    daemon.wait_state("away/locked")
    assert daemon.stop() == 0


def test_stop_takes_the_prompt_back(desk):
    server = desk.notification_server()
    _, daemon, prompt = prompted(desk, server)
    assert daemon.stop() == 0
    eventually("it is taken back", lambda: server.closed == [server.last_id])
    assert desk.prompts()[-1]["outcome"] == "withdrawn"
    assert daemon.ended() == [(prompt, "withdrawn")]


def test_prompt_while_the_server_is_slow_is_taken_back_when_it_comes(desk):
    """The person has gone by the time that the server has drawn the prompt."""
    holding = []

    def hold(server, number):
        desk.logind.set(LockedHint=True)
        holding.append(daemon.wait_state("away/locked"))

    server = desk.notification_server(on_notify=hold)
    mutter = desk.mutter()
    daemon = desk.naped(QUICK)
    mutter.type_until("the server has been asked", lambda: holding)
    eventually("it is taken back", lambda: server.closed == [server.last_id])
