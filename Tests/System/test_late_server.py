"""A desktop whose notification server comes after the prompt, and goes again."""

# Sources/NapeDaemon/MessageID.swift
POSTED = "7a3c1e9d5b8f42c6a0d4e7f1b2c86935"

QUICK = """
[presence]
break_after = "2min"
[prompts]
min_gap = "1s"
settle = "0s"
[prompts.posture]
enabled = false
[prompts.move]
after = "3s"
"""


def test_what_could_not_be_shown_is_shown_once(machine):
    machine.forget_notification_servers()
    machine.configure(QUICK)
    machine.start()
    machine.sit_down()
    # The journal has it: it is delivered, and open.
    posted = machine.until("a prompt", lambda: machine.journal(f"MESSAGE_ID={POSTED}"))[0]
    machine.until("that is told", lambda: "no notification server" in str(machine.property("Daemon", "Problems")))

    mako = machine.start_mako()
    machine.until("it is shown", lambda: len(machine.shown()) == 1)
    assert machine.shown()[0]["summary"]["data"] in posted["MESSAGE"]
    assert machine.property("Daemon", "Problems") == []

    mako.terminate()
    mako.wait()
    machine.start_mako()
    # A question that is answered later than what a server that comes would be told.
    assert str(machine.property("Prompts", "Current")[0]) == posted["NAPE_PROMPT_ID"]
    assert machine.shown() == [], "it has been shown"
    assert len(machine.journal(f"MESSAGE_ID={POSTED}")) == 1
    stored = machine.query("SELECT * FROM prompt")
    assert [(str(one["id"]), one["outcome"]) for one in stored] == [(posted["NAPE_PROMPT_ID"], None)]
