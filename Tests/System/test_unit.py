"""The unit as it is installed: where its files are, that it starts, says how it is, and goes with the desktop."""

import pathlib
import re
import shutil

UNIT = pathlib.Path("/usr/lib/systemd/user/nape.service")


def test_files_are_where_systemd_and_dbus_look(machine, tmp_path):
    # A package is built without a home.
    machine.run("env", "-u", "HOME", "make", "-C", machine.root, "install", "PREFIX=/usr", f"DESTDIR={tmp_path}")
    files = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert {
        "usr/bin/nape", "usr/bin/naped", "usr/lib/systemd/user/nape.service",
        "usr/share/dbus-1/services/io.github.nape.Nape1.service", "usr/share/doc/nape/Config/nape.toml",
    } <= files
    assert not [name for name in files if not name.startswith("usr/")]


def test_starts_and_says_how_it_is(machine):
    machine.systemctl("start", "nape")
    assert machine.unit("ActiveState") == "active"
    assert machine.unit("FragmentPath") == str(UNIT)
    assert machine.unit("Type") == "notify"
    assert (machine.unit("MemoryHigh"), machine.unit("MemoryMax"), machine.unit("TasksMax")) \
        == (str(48 << 20), str(96 << 20), "16")
    # Once it is ready it has its name and its store.
    assert machine.property("Daemon", "Version")
    assert machine.store_path.exists()
    machine.until("its status is told", lambda: machine.unit("StatusText").startswith("unknown since "))
    assert 'Status: "unknown since ' in machine.systemctl("status", "nape").stdout
    machine.sit_down()
    machine.until("its status follows", lambda: machine.unit("StatusText").startswith("sitting since "))
    quality = machine.property("Sitting", "Quality")
    assert quality in ("precise", "inhibitor-affected")
    assert machine.unit("StatusText").endswith(f"; wayland ({quality})")


def test_is_sound(machine):
    done = machine.as_user("systemd-analyze", "--user", "verify", UNIT, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    # With what an administrator may lay over it, too.
    folder = pathlib.Path("/etc/systemd/user/nape.service.d")
    folder.mkdir()
    shutil.copy("/usr/share/doc/nape/50-namespaces.conf", folder)
    done = machine.as_user("systemd-analyze", "--user", "verify", UNIT, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_comes_and_goes_with_the_desktop(machine):
    desktop = pathlib.Path("/etc/systemd/user/desktop.target")
    desktop.write_text("[Unit]\nBindsTo=graphical-session.target\nBefore=graphical-session.target\n")
    machine.systemctl("enable", "nape")
    machine.systemctl("start", "desktop.target")
    machine.until("nape starts with the desktop", lambda: machine.unit("ActiveState") == "active")
    machine.sit_down()
    machine.systemctl("stop", "desktop.target")
    machine.until("nape stops with the desktop", lambda: machine.unit("ActiveState") == "inactive")
    assert machine.unit("Result") == "success"
    assert machine.unit("ExecMainStatus") == "0"
    # What was open when it stopped is stored.
    checkpoint = machine.checkpoint()
    assert (checkpoint["open.0.kind"], checkpoint["open.0.evidence"]) == ("sitting", "input")


def test_uninstalling_leaves_the_records(machine):
    names = re.compile(r"naped?\b|io\.github\.nape\b")
    installed = [path for path in pathlib.Path("/usr").rglob("*nape*") if names.match(path.name)]
    assert {UNIT, pathlib.Path("/usr/bin/naped"), pathlib.Path("/usr/share/doc/nape")} <= set(installed)
    machine.configure('[prompts]\ndeliver = ["journal"]\n')
    machine.start()
    machine.sit_down()
    machine.systemctl("stop", "nape")
    checkpoint = machine.checkpoint()
    machine.make("uninstall", "PREFIX=/usr", "HOME=/root")
    machine.systemctl("daemon-reload")
    assert machine.unit("LoadState") == "not-found"
    assert [path for path in installed if path.exists()] == []
    assert machine.settings_path.exists()
    assert machine.checkpoint() == checkpoint
    # Installed again, it goes on from there.
    machine.install()
    machine.start()
    assert ("sitting", "input") in machine.kinds()
