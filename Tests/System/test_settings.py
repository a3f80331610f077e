"""Settings are taken in by `systemctl --user reload`, or refused with the reason."""


def why(machine) -> str:
    return machine.as_user("nape", "why").stdout

# One at half past four would come first in the hour before it.
NO_CHECKIN = "[prompts.checkin]\nenabled = false\n"


def test_reload_takes_a_changed_setting_in(machine):
    machine.configure('[prompts.posture]\nenabled = false\n[prompts.move]\nafter = "40min"\n' + NO_CHECKIN)
    machine.start()
    machine.sit_down()
    process = machine.main_pid()
    before = machine.property("Prompts", "NextTimestamp")
    assert f"prompts.move.after is 40 min ({machine.settings_path}:4)" in why(machine)

    machine.configure('[prompts.posture]\nenabled = false\n\n[prompts.move]\nafter = "70min"\n' + NO_CHECKIN)
    machine.systemctl("reload", "nape")
    # It is in force as soon as the command has ended.
    assert abs(machine.property("Prompts", "NextTimestamp") - before - 30 * 60_000_000) < 2_000_000
    assert f"prompts.move.after is 1 h 10 min ({machine.settings_path}:5)" in why(machine)
    assert (machine.main_pid(), machine.unit("NRestarts")) == (process, "0")


def test_reload_refuses_a_broken_file_and_keeps_what_was_in_force(machine):
    machine.configure('[prompts.posture]\nenabled = false\n[prompts.move]\nafter = "40min"\n' + NO_CHECKIN)
    machine.start()
    machine.sit_down()
    process = machine.main_pid()
    before = machine.property("Prompts", "NextTimestamp")

    machine.configure('[prompts.move]\nafter = "70min"\nagain = [\n')
    assert machine.systemctl("reload", "nape", check=False).returncode != 0
    assert f"{machine.settings_path}:" in machine.unit_journal()
    refusals = machine.journal("MESSAGE_ID=e1a7c4f09b3d4e5ca8f2d6b04c7e1935")
    assert [(entry["NAPE_CONFIG_FILE"], entry["PRIORITY"]) for entry in refusals] == [(str(machine.settings_path), "4")]
    assert refusals[0]["NAPE_CONFIG_LINE"] in ("3", "4")

    assert machine.unit("ActiveState") == "active"
    assert machine.main_pid() == process
    assert abs(machine.property("Prompts", "NextTimestamp") - before) < 2_000_000
    assert "prompts.move.after is 40 min" in why(machine)
    assert machine.sitting() == ("sitting", "input")

    # Mended, it is taken in.
    machine.configure('[prompts.posture]\nenabled = false\n[prompts.move]\nafter = "70min"\n' + NO_CHECKIN)
    machine.systemctl("reload", "nape")
    assert "prompts.move.after is 1 h 10 min" in why(machine)


def test_starts_with_a_broken_file_on_what_is_built_in(machine):
    machine.configure("[prompts.move\n")
    machine.start()
    assert any(str(machine.settings_path) in problem for problem in machine.property("Daemon", "Problems"))
    machine.sit_down()
    assert "; degraded" in machine.unit("StatusText")
    assert "(built-in)" in why(machine)
