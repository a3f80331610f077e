"""The clone as the tests see it: the user's manager, the store, the bus, the journal, and a person at the keyboard."""

import contextlib
import json
import os
import pathlib
import pwd
import sqlite3
import struct
import subprocess
import time

SERVICE = "io.github.nape.Nape1"
OBJECT = "/io/github/nape/Nape1"
USER = os.environ.get("WITH_SYSTEMD_USER", "tester")

# How long anything may take; far longer than it does.
PATIENCE = 30


class Machine:
    # What busctl calls the daemon's own interface.
    DAEMON = (SERVICE, OBJECT, f"{SERVICE}.Daemon")

    def __init__(self, root: pathlib.Path):
        self.root = root
        self.home = pathlib.Path(pwd.getpwnam(USER).pw_dir)
        self.session = os.environ["WITH_SYSTEMD_SESSION"]
        self.store_path = self.home / ".local/share/nape/nape.db"
        self.settings_path = self.home / ".config/nape/nape.toml"
        self._programs: list[subprocess.Popen] = []
        self._display = ""

    @staticmethod
    def uid() -> str:
        return str(pwd.getpwnam(USER).pw_uid)

    # MARK: Programs

    def run(self, *command, check=True) -> subprocess.CompletedProcess:
        """Runs a command as root."""
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=90)
        assert not check or done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done

    def as_user(self, *command, check=True) -> subprocess.CompletedProcess:
        """Runs a command in the user's session."""
        return self.run("as-user", *command, check=check)

    def systemctl(self, *arguments, check=True) -> subprocess.CompletedProcess:
        """`systemctl --user`"""
        return self.as_user("systemctl", "--user", "--no-pager", *arguments, check=check)

    def stop_programs(self):
        for program in reversed(self._programs):
            program.terminate()
            program.wait(PATIENCE)

    @staticmethod
    def until(what: str, condition, patience=PATIENCE):
        """Waits for a condition and gives its value."""
        end = time.monotonic() + patience
        while True:
            value = condition()
            if value:
                return value
            assert time.monotonic() < end, f"not within {patience} s: {what}"
            time.sleep(0.05)

    # MARK: The service

    def make(self, target: str, *variables):
        self.run("make", "-C", self.root, target, *variables)

    def install(self):
        self.make("install", "PREFIX=/usr", "HOME=/root")
        self.systemctl("daemon-reload")

    def write_as_user(self, path: pathlib.Path, text: str):
        self.as_user("mkdir", "-p", path.parent)
        path.write_text(text)
        os.chown(path, int(self.uid()), int(self.uid()))

    def configure(self, text: str):
        """Writes the person's settings."""
        self.write_as_user(self.settings_path, text)

    @staticmethod
    def administer(name: str, text: str):
        """Writes a file of the administrator's, such as nape.toml.d/20-site.toml, and gives its path."""
        path = pathlib.Path("/etc/nape") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def drop_in(self, text: str):
        """Changes the unit, as an administrator would."""
        folder = pathlib.Path("/etc/systemd/user/nape.service.d")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "test.conf").write_text(text)
        self.systemctl("daemon-reload")

    def start(self):
        self.systemctl("start", "nape")
        assert self.unit("ActiveState") == "active"

    def unit(self, name: str) -> str:
        """A property of the unit."""
        return self.systemctl("show", "nape", "-p", name, "--value").stdout.strip()

    def main_pid(self) -> int:
        return int(self.unit("MainPID"))

    def restarted(self, after: int) -> int:
        """Waits until the service runs as another process, and is ready."""
        return self.until(
            "the service runs again",
            lambda: self.unit("ActiveState") == "active" and self.main_pid() not in (0, after) and self.main_pid())

    # MARK: The bus

    def property(self, interface: str, name: str):
        """A property of the daemon, which is not started for it."""
        done = self.as_user(
            "busctl", "--user", "--json=short", "--auto-start=no", "get-property", SERVICE, OBJECT,
            f"{SERVICE}.{interface}", name)
        return json.loads(done.stdout)["data"]

    def sitting(self) -> tuple[str, str]:
        """What is known of the person, and from what."""
        return self.property("Sitting", "State"), self.property("Sitting", "Evidence")

    def until_sitting(self, *expected: str):
        self.until(f"the state is {expected}", lambda: self.sitting() == expected)

    @staticmethod
    def today() -> str:
        return time.strftime("%Y-%m-%d")

    # MARK: The store

    def query(self, sql: str, store: pathlib.Path | None = None) -> list[sqlite3.Row]:
        with contextlib.closing(sqlite3.connect(f"file:{store or self.store_path}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            return database.execute(sql).fetchall()

    def spans(self, store: pathlib.Path | None = None) -> list[sqlite3.Row]:
        return self.query("SELECT * FROM span ORDER BY boottime_usec", store)

    def kinds(self) -> list[tuple[str, str]]:
        return [(span["kind"], span["evidence"]) for span in self.spans()]

    def checkpoint(self, store: pathlib.Path | None = None) -> dict:
        return {row["name"]: row["value"] for row in self.query("SELECT * FROM checkpoint", store)}

    # MARK: The journal

    def journal(self, *matches: str) -> list[dict]:
        """The daemon's own records that have these fields."""
        self.run("journalctl", "--sync")
        lines = self.run("journalctl", "-o", "json", "--all", "_SYSTEMD_USER_UNIT=nape.service", *matches).stdout
        return [json.loads(line) for line in lines.splitlines()]

    def unit_journal(self) -> str:
        """What the user's manager and the processes of the unit say."""
        self.run("journalctl", "--sync")
        # Of a process that is gone by the time journald looks, the last words have its name and no unit.
        matches = ["USER_UNIT=nape.service", "_SYSTEMD_USER_UNIT=nape.service", "SYSLOG_IDENTIFIER=naped"]
        words = [word for match in matches for word in (match, "+")][:-1]
        return self.as_user("journalctl", "--user", "--no-pager", "-o", "cat", *words).stdout

    @staticmethod
    def service_report() -> str:
        command = ["as-user", "systemctl", "--user", "--no-pager", "-n", "0", "status", "nape"]
        return subprocess.run(command, capture_output=True, text=True).stdout

    @staticmethod
    def journal_report() -> str:
        """The end of all that the user's processes and manager have said."""
        subprocess.run(["journalctl", "--sync"])
        command = ["journalctl", "--no-pager", "-o", "short-monotonic", "-n", "200", "_UID=" + Machine.uid()]
        return subprocess.run(command, capture_output=True, text=True).stdout

    # MARK: The session

    def tell_login(self, member: str, value: bool):
        """What a desktop tells logind of its session, as the user."""
        self.as_user(
            "busctl", "call", "org.freedesktop.login1", f"/org/freedesktop/login1/session/{self.session}",
            "org.freedesktop.login1.Session", member, "b", str(value).lower())

    def lock(self, is_locked: bool):
        self.tell_login("SetLockedHint", is_locked)

    # MARK: The person

    def start_compositor(self):
        """A desktop without a screen, on which the person types."""
        configuration = pathlib.Path("/run/sway.conf")
        configuration.write_text("xwayland disable\n")
        runtime = pathlib.Path(f"/run/user/{self.uid()}")
        log = open("/run/sway.log", "w")
        self._programs.append(
            subprocess.Popen(
                ["as-user", "env", "WLR_BACKENDS=headless", "WLR_RENDERER=pixman", "WLR_LIBINPUT_NO_DEVICES=1",
                 "sway", "-c", str(configuration)], stdout=log, stderr=log))
        sockets = self.until("sway has a socket", lambda: [p for p in runtime.glob("wayland-?") if p.is_socket()])
        self._display = sockets[0].name

    def leave_under_linger(self):
        """The person's manager goes on when their last session has ended."""
        self.run("loginctl", "enable-linger", self.home.name)
        self.run("loginctl", "terminate-session", self.session)
        self.until("the session has ended", lambda: self.session not in self.run("loginctl", "--no-legend").stdout)

    def start_x_server(self, display: str):
        """A server that asks for the cookie of `~/.Xauthority`, which is written anew."""
        cookie, file = bytes(range(16)), self.home / ".Xauthority"
        host = os.uname().nodename.encode()
        fields = (host, b"", b"MIT-MAGIC-COOKIE-1", cookie)
        entry = struct.pack(">H", 256) + b"".join(struct.pack(">H", len(field)) + field for field in fields)
        new = file.with_name(".Xauthority-n")
        new.write_bytes(entry)
        new.chmod(0o600)
        os.chown(new, int(self.uid()), int(self.uid()))
        new.rename(file)
        log = open("/run/xvfb.log", "w")
        self._programs.append(
            subprocess.Popen(
                ["as-user", "Xvfb", display, "-nolisten", "tcp", "-auth", str(file)], stdout=log, stderr=log))
        self.until("the X server is there", pathlib.Path(f"/tmp/.X11-unix/X{display[1:]}").is_socket)

    def forget_notification_servers(self):
        """The bus starts none for whoever asks."""
        for path in pathlib.Path("/usr/share/dbus-1/services").iterdir():
            if "Name=org.freedesktop.Notifications\n" in path.read_text():
                path.unlink()
        self.as_user(
            "busctl", "--user", "call", "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
            "ReloadConfig")

    def start_mako(self) -> subprocess.Popen:
        """A notification server on the person's screen, which goes when it is terminated."""
        log = open("/run/mako.log", "w")
        mako = subprocess.Popen(
            ["as-user", "env", f"WAYLAND_DISPLAY={self._display}", "mako", "--default-timeout", "0"],
            stdout=log, stderr=log)
        self._programs.append(mako)
        self.until("mako is there", lambda: self.as_user("makoctl", "list", check=False).returncode == 0)
        return mako

    def shown(self) -> list[dict]:
        """The notifications that stand on the person's screen."""
        return json.loads(self.as_user("makoctl", "list").stdout)["data"][0]

    def press_key(self):
        self.as_user("env", f"WAYLAND_DISPLAY={self._display}", "wtype", "-k", "Shift_L")

    def sit_down(self):
        """The person comes to the desk and types."""
        if not self._display:
            self.start_compositor()
        self.until("the daemon uses the compositor", lambda: self.property("Sitting", "Source") == "wayland")
        end = time.monotonic() + PATIENCE
        while self.sitting() != ("sitting", "input"):
            assert time.monotonic() < end, f"the person types, and is {self.sitting()}"
            self.press_key()
            time.sleep(1.1)
