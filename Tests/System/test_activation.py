"""The bus starts the service for those who ask it to; nape never does."""


def test_a_call_starts_the_service(machine):
    assert machine.unit("ActiveState") == "inactive"
    done = machine.as_user(
        "busctl", "--user", "call", "io.github.nape.Nape1", "/io/github/nape/Nape1", "io.github.nape.Nape1.Daemon",
        "Why")
    assert done.stdout.startswith('s "Since ')
    assert machine.unit("ActiveState") == "active"
    owner = machine.as_user("busctl", "--user", "status", "io.github.nape.Nape1").stdout
    assert f"PID={machine.main_pid()}\n" in owner
    assert "UserUnit=nape.service" in owner


def test_nape_does_not_start_it(machine):
    for command in ("status", "why", "break", "resume"):
        done = machine.as_user("nape", command, check=False)
        assert (command, done.returncode, done.stdout) == (command, 69, "")
        assert done.stderr == "nape: naped is not running; start it with: systemctl --user start nape\n"
    assert machine.unit("ActiveState") == "inactive"
    assert machine.unit("InactiveExitTimestampMonotonic") == "0"
    machine.start()
    assert "unknown since" in machine.as_user("nape", "status").stdout
