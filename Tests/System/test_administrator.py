"""What an administrator sets for everyone: thresholds in drop-ins, locks, bounds, and mistakes."""

# Sources/NapeDaemon/MessageID.swift
REFUSED = "e1a7c4f09b3d4e5ca8f2d6b04c7e1935"
OVERRULED = "f1c8e36a5d2b47909e4a7b3c6d815f02"

# Only a prompt to move, so that it is the next.
MOVE_ALONE = "[prompts.posture]\nenabled = false\n[prompts.checkin]\nenabled = false\n"
MINUTE = 60_000_000


def told(machine, message_id: str) -> list[tuple[str, str]]:
    """Where, and what: of each such record."""
    records = machine.journal(f"MESSAGE_ID={message_id}")
    for record in records:
        assert record["MESSAGE"].startswith(f"{record['NAPE_CONFIG_FILE']}:{record.get('NAPE_CONFIG_LINE', '')}")
    return [(f"{record['NAPE_CONFIG_FILE']}:{record.get('NAPE_CONFIG_LINE', '')}", record["NAPE_CONFIG_KEY"])
            for record in records]


def why(machine) -> str:
    return machine.as_user("nape", "why").stdout


def show(machine, *words) -> str:
    return machine.as_user("nape", "config", *words).stdout


def test_a_drop_in_changes_a_threshold_and_a_reload_loses_no_second(machine):
    site = machine.administer("nape.toml.d/20-site.toml", MOVE_ALONE + '[prompts.move]\nafter = "45min"\n')
    machine.start()
    machine.sit_down()
    process = machine.main_pid()
    assert f"prompts.move.after is 45 min ({site}:6)" in why(machine)
    due = machine.property("Prompts", "NextTimestamp")
    begin = machine.property("Sitting", "SinceTimestamp")
    sat = machine.property("Sitting", "BoutUSec")
    kinds = machine.kinds()

    machine.administer("nape.toml.d/30-later.toml", '[prompts.move]\nafter = "75min"\n')
    machine.systemctl("reload", "nape")
    assert abs(machine.property("Prompts", "NextTimestamp") - due - 30 * MINUTE) < 2_000_000
    assert machine.main_pid() == process
    # The same bout of the same span goes on, and nothing lies between.
    assert machine.property("Sitting", "SinceTimestamp") == begin
    assert machine.property("Sitting", "BoutUSec") > sat
    assert machine.kinds() == kinds

    # Masked, the drop-in below is as if it were not there.
    machine.administer("nape.toml.d/30-later.toml", "")
    machine.systemctl("reload", "nape")
    assert f"prompts.move.after is 45 min ({site}:6)" in why(machine)
    machine.systemctl("stop", "nape")
    spans = machine.spans()
    for one, next_one in zip(spans, spans[1:]):
        assert one["boottime_usec"] + one["length_usec"] == next_one["boottime_usec"]


def test_a_lock_and_a_bound_stand_before_the_persons_file_and_are_told_once(machine):
    machine.administer("nape.toml", '[prompts.move]\nafter = "45min"\n')
    policy = machine.administer(
        "policy.toml",
        'locked = ["prompts.move.after"]\nbounds."prompts.posture.every" = { min = "20min", max = "40min" }\n')
    machine.configure('[prompts.move]\nafter = "3h"\n[prompts.posture]\nevery = "5min"\n')
    own = machine.settings_path
    machine.start()
    assert told(machine, OVERRULED) == [(f"{own}:4", "prompts.posture.every"), (f"{own}:2", "prompts.move.after")]
    messages = {record["NAPE_CONFIG_KEY"]: record for record in machine.journal(f"MESSAGE_ID={OVERRULED}")}
    assert messages["prompts.move.after"]["MESSAGE"] == \
        f'{own}:2: prompts.move.after: "3h" is locked out by {policy}:1: "45min" is in force'
    assert messages["prompts.posture.every"]["MESSAGE"] == \
        f'{own}:4: prompts.posture.every: "5min" is out of the bounds of {policy}:2: "20min" to "40min"; ' \
        '"20min" is in force'
    assert {record["PRIORITY"] for record in messages.values()} == {"5"}

    # That is no fault: nothing is degraded, and whoever draws settings can grey the locked one out.
    assert not [problem for problem in machine.property("Daemon", "Problems") if "nape" in problem]
    assert machine.property("Daemon", "LockedKeys") == ["prompts.move.after"]
    assert told(machine, REFUSED) == []

    # Configuration management reloads as often as it likes: what is known is not told again.
    for _ in range(3):
        machine.systemctl("reload", "nape")
    assert len(told(machine, OVERRULED)) == 2
    machine.configure('[prompts.move]\nafter = "2h"\n')
    machine.systemctl("reload", "nape")
    assert len(told(machine, OVERRULED)) == 3

    # The command line says the same.
    explained = show(machine, "explain", "prompts.move.after")
    assert '"45min", /etc/nape/nape.toml:2\n' in explained
    assert f"by {policy}:1: no file of your own changes it\n" in explained
    assert f'"2h", {own}:2\n' in explained
    assert f'after = "45min"  # /etc/nape/nape.toml:2, locked by {policy}:1' in show(machine, "show", "--changed")
    assert show(machine, "check").splitlines() == [
        f'{own}:2: prompts.move.after: "2h" is locked out by {policy}:1: "45min" is in force',
        f"right: /etc/nape/nape.toml, {own}, {policy}"]
    # Unlocked, the person's own counts from the next reload on.
    policy.unlink()
    machine.systemctl("reload", "nape")
    assert machine.property("Daemon", "LockedKeys") == []
    assert f'"2h", {own}:2' in show(machine, "explain", "prompts.move.after")


def test_a_broken_drop_in_leaves_the_rest_in_force(machine):
    machine.administer("nape.toml", MOVE_ALONE + '[prompts.move]\nafter = "45min"\n')
    broken = machine.administer("nape.toml.d/10-broken.toml", "[prompts\n")
    wrong = machine.administer(
        "nape.toml.d/20-wrong.toml", '[prompts]\nsnooze = "soon"\nsnoze = "1min"\nmin_gap = "5min"\n')
    machine.start()
    assert "; degraded" in machine.unit("StatusText")
    machine.sit_down()
    assert "prompts.move.after is 45 min (/etc/nape/nape.toml:6)" in why(machine)
    assert f'"5min", {wrong}:4' in show(machine, "explain", "prompts.min_gap")
    problems = machine.property("Daemon", "Problems")
    for place in (f"{broken}:1: ", f'{wrong}:2: prompts.snooze: is "soon": ', f"{wrong}:3: prompts.snoze: "):
        assert [problem for problem in problems if problem.startswith(place)], (place, problems)
    refusals = machine.journal(f"MESSAGE_ID={REFUSED}")
    assert sorted(record["MESSAGE"] for record in refusals) == sorted(
        problem for problem in problems if problem.startswith("/etc/nape"))
    assert "did you mean prompts.snooze?" in refusals[-1]["MESSAGE"]
    assert machine.as_user("nape", "config", "check", check=False).returncode == 1

    # Mended, a reload says that all is well.
    broken.unlink()
    machine.administer("nape.toml.d/20-wrong.toml", '[prompts]\nsnooze = "15min"\n')
    machine.systemctl("reload", "nape")
    assert machine.property("Daemon", "Problems") == []
    assert "degraded" not in machine.unit("StatusText")
    assert machine.as_user("nape", "config", "check").returncode == 0

    # Broken at a reload, the last good ones stay, whatever else has changed.
    machine.administer("nape.toml.d/10-broken.toml", "[prompts\n")
    machine.administer("nape.toml", '[prompts.move]\nafter = "10min"\n')
    done = machine.systemctl("reload", "nape", check=False)
    assert done.returncode != 0
    assert "prompts.move.after is 45 min" in why(machine)
    assert any(
        problem.startswith("The last reload changed nothing") for problem in machine.property("Daemon", "Problems"))
    assert "; degraded" in machine.unit("StatusText")
    broken.unlink()
    machine.systemctl("reload", "nape")
    assert machine.property("Daemon", "Problems") == []
    assert '"10min", /etc/nape/nape.toml:2\n' in show(machine, "explain", "prompts.move.after")


def test_nobody_else_can_make_the_diary_public(machine):
    site = machine.administer(
        "nape.toml.d/20-site.toml", '[journal]\ndiary = "onsets"\n[prompts.checkin]\nwords = "plain"\n')
    machine.start()
    assert told(machine, REFUSED) == [(f"{site}:2", "journal.diary"), (f"{site}:4", "prompts.checkin.words")]
    machine.as_user("nape", "headache", "6", "--side", "left")
    machine.as_user("nape", "status")
    assert machine.journal("MESSAGE_ID=6e0b4d92a7c34f18b5d1f8e3c97a2046") == []
    assert "headache" not in machine.unit_journal().lower()
