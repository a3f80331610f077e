"""The unit as it is installed: it starts, is ready, says how it is, and goes with the desktop."""

import pathlib

UNIT = "/usr/lib/systemd/user/nape.service"


def test_starts_and_says_how_it_is(machine):
    machine.systemctl("start", "nape")
    assert machine.unit("ActiveState") == "active"
    assert machine.unit("FragmentPath") == UNIT
    assert machine.unit("Type") == "notify"
    assert machine.unit("StatusText").startswith("unknown since ")
    status = machine.systemctl("status", "nape").stdout
    assert 'Status: "unknown since ' in status
    # Once it is ready it has its name and its store.
    assert machine.property("Daemon", "Version")
    assert machine.store_path.exists()


def test_is_sound(machine):
    done = machine.as_user("systemd-analyze", "--user", "verify", UNIT)
    assert done.stderr == ""
