"""The Debian package, as an administrator installs, upgrades and purges it; `make deb` has built it."""

import json
import pathlib
import pwd
import subprocess

import pytest

from conftest import IN_CLONE
from machine import USER

DEBS = pathlib.Path(__file__).resolve().parents[2] / ".build/deb"


@pytest.fixture
def package():
    found = list(DEBS.glob("nape_*.deb"))
    assert len(found) == 1, f"{found}: make deb"
    return found[0]


@pytest.fixture
def earlier(package, request):
    """The same package as a version before."""
    if not IN_CLONE:
        return None
    tmp_path = request.getfixturevalue("tmp_path")
    folder = tmp_path / "earlier"
    subprocess.run(["dpkg-deb", "--raw-extract", package, folder], check=True)
    control = folder / "DEBIAN/control"
    text = control.read_text()
    assert "\nVersion: 0." in text
    control.write_text("".join(
        "Version: 0.0.1-1\n" if line.startswith("Version: ") else line for line in text.splitlines(keepends=True)))
    path = tmp_path / "earlier.deb"
    subprocess.run(["dpkg-deb", "-Znone", "--root-owner-group", "--build", folder, path], check=True, capture_output=True)
    return path


def desktop(machine):
    """What a desktop starts with itself, for everybody."""
    path = pathlib.Path("/etc/systemd/user/desktop.target")
    path.write_text("[Unit]\nBindsTo=graphical-session.target\nBefore=graphical-session.target\n")
    machine.systemctl("daemon-reload")


def log_in(machine, name):
    """A new person with a session of their own, and a desktop in it."""
    machine.run("useradd", "--create-home", "--shell", "/bin/bash", name)
    unit = pathlib.Path(f"/run/systemd/system/session-of-{name}.service")
    text = pathlib.Path("/etc/systemd/system/with-systemd-session.service").read_text()
    # On no seat, or whoever sits there would be switched away from.
    unit.write_text(text.replace(f"User={USER}", f"User={name}").replace("XDG_SEAT=seat0 ", ""))
    machine.run("systemctl", "daemon-reload")
    machine.run("systemctl", "start", unit.name)
    uid = pwd.getpwnam(name).pw_uid
    machine.until(f"{name} has a manager", lambda: pathlib.Path(f"/run/user/{uid}/systemd/private").exists())
    of(machine, name, "start", "desktop.target")


def of(machine, name, *words, check=True):
    """`systemctl --user` of that person."""
    return machine.run("systemctl", "--user", "--machine", f"{name}@", *words, check=check)


def is_active(machine, name):
    return of(machine, name, "is-active", "nape", check=False).stdout.strip() == "active"


def test_nobody_is_recorded_before_it_is_enabled_and_then_everybody(bare_machine, package):
    machine = bare_machine
    machine.run("dpkg", "--install", package)
    desktop(machine)
    machine.systemctl("start", "desktop.target")
    assert machine.systemctl("is-enabled", "nape", check=False).stdout == "disabled\n"
    assert machine.systemctl("is-active", "nape", check=False).stdout == "inactive\n"
    machine.run("systemctl", "--global", "enable", "nape.service")
    log_in(machine, "newcomer")
    machine.until("the newcomer has it running", lambda: is_active(machine, "newcomer"))
    store = pathlib.Path("/home/newcomer/.local/share/nape/nape.db")
    assert (store.owner(), store.stat().st_mode & 0o777, store.parent.stat().st_mode & 0o777) == ("newcomer", 0o600, 0o700)
    # The administrator sees that it runs, and installed pages and completions are where Debian looks.
    assert machine.run("man", "--path", "nape.toml").stdout.startswith("/usr/share/man/man5/nape.toml.5")
    for name in ("bash-completion/completions/nape", "zsh/vendor-completions/_nape", "fish/vendor_completions.d/nape.fish"):
        assert (pathlib.Path("/usr/share") / name).exists()
    found = json.loads(machine.run("su", "newcomer", "-c", "nape config show --json").stdout)
    assert found["prompts.move.after"]["value"] == "50min"


def test_an_upgrade_goes_on_with_the_record(bare_machine, package, earlier):
    machine = bare_machine
    machine.run("dpkg", "--install", earlier)
    desktop(machine)
    log_in(machine, "bystander")
    machine.systemctl("enable", "--now", "nape")
    machine.sit_down()
    machine.as_user("nape", "note", "before the upgrade")
    machine.as_user("nape", "standing")
    machine.as_user("nape", "sitting")
    machine.until("there is a record to go on with", lambda: "standing" in [kind for kind, _ in machine.kinds()])
    before, spans = machine.main_pid(), [tuple(span) for span in machine.spans()]
    machine.run("dpkg", "--install", package)
    machine.restarted(after=before)
    # It is the new one that runs; the record is what it was, and nothing of it is lost but the moment between.
    assert machine.run("readlink", f"/proc/{machine.main_pid()}/exe").stdout == "/usr/bin/naped\n"
    assert "before the upgrade" in machine.as_user("nape", "note", "list").stdout
    machine.sit_down()
    after = machine.spans()
    assert len(after) > len(spans) and [tuple(span) for span in after][:len(spans)] == spans
    for one, next_one in zip(after, after[1:]):
        assert one["boottime_usec"] + one["length_usec"] == next_one["boottime_usec"]
    gap, = [span for span in after[len(spans):] if span["evidence"] == "not-running"]
    # Shorter than presence.break_after, so that the sitting goes on over it.
    assert gap["kind"] == "unknown" and 0 < gap["length_usec"] < 120_000_000
    # Who did not have it running has it no more than before, and for nobody else is it enabled.
    assert not is_active(machine, "bystander")
    assert of(machine, "bystander", "is-enabled", "nape", check=False).stdout == "disabled\n"
    assert not pathlib.Path("/home/bystander/.local/share/nape").exists()


def test_purging_leaves_the_record_and_nothing_else(bare_machine, package):
    machine = bare_machine
    machine.run("dpkg", "--install", package)
    installed = [pathlib.Path(line) for line in machine.run("dpkg", "--listfiles", "nape").stdout.splitlines()]
    ours = [path for path in installed if "nape" in path.name]
    assert pathlib.Path("/usr/lib/systemd/user/nape.service") in ours and pathlib.Path("/usr/share/doc/nape") in ours
    # It ships nothing there; what an administrator wrote is theirs.
    assert not [path for path in installed if path.parts[1:2] == ("etc",)]
    policy = pathlib.Path("/etc/nape/policy.toml")
    policy.parent.mkdir()
    policy.write_text("locked = []\n")
    machine.run("systemctl", "--global", "enable", "nape.service")
    machine.configure('[prompts]\ndeliver = ["journal"]\n')
    machine.systemctl("daemon-reload")
    machine.start()
    machine.as_user("nape", "note", "stays")
    pid = machine.main_pid()
    machine.run("dpkg", "--remove", "nape")
    machine.until("the daemon has ended", lambda: not pathlib.Path(f"/proc/{pid}").exists())
    machine.run("dpkg", "--purge", "nape")
    assert [path for path in ours if path.exists()] == []
    for folder in ("/etc/systemd/user", "/var/lib/systemd/deb-systemd-user-helper-enabled", "/var/lib/nape", "/usr"):
        left = [path for path in pathlib.Path(folder).rglob("*nape*") if path.name.startswith(("nape.", "naped", "io.github.nape"))]
        assert left == []
    assert policy.exists() and machine.settings_path.exists()
    assert [row["text"] for row in machine.query("SELECT text FROM note")] == ["stays"]


def test_lintian_has_nothing_to_say(bare_machine, package):
    done = bare_machine.run(
        "lintian", "--allow-root", "--display-info", "--pedantic", "--fail-on", "error,warning,info,pedantic", package, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
