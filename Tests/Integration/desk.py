"""A person's desk: a home of its own, private buses, and what is started there, which ends with the test."""
import contextlib
import os
import pathlib
import pwd
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile

import dbus
import dbus.bus
import dbus.lowlevel
import dbus.mainloop.glib
import pytest
from gi.repository import GLib

from compositors import Mutter, Sway, X11
from peers import Dunst, FakeNotificationServer, Logind, Mako, Screen, XfceNotifyd
from waiting import eventually, wait

dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SUPPORT = HERE.parent / "Support"
NAME = "io.github.nape.Nape1"
PATH = "/io/github/nape/Nape1"

# Short enough for a test, long enough for a busy machine.
SETTINGS = {
    "presence.break_after": "3s",
    "presence.away_after": "6s",
    "prompts.settle": "1s",
    "prompts.min_gap": "1s",
    "prompts.move.after": "4s",
    "prompts.posture.enabled": False,
    # Half past four is a time of day like any other.
    "prompts.checkin.enabled": False,
    # The journal of a machine on which the tests run is not ours.
    "prompts.deliver": ["notification"],
}
# For tests about prompts: the first is there as soon as somebody is.
QUICK = {**SETTINGS, "prompts.settle": "0s", "prompts.move.after": "1s"}


def binary(name):
    """The program under test: $NAPED or $NAPE, else what has been built here."""
    given = os.environ.get(name.upper())
    candidates = [pathlib.Path(given)] if given else [ROOT / ".build" / kind / name for kind in ("release", "debug")]
    for path in candidates:
        if os.access(path, os.X_OK):
            return str(path)
    pytest.fail(f"{name} has not been built: none of {[str(path) for path in candidates]}")


def toml(settings):
    """Settings as the text of a nape.toml, one key a line."""
    def value(of):
        if isinstance(of, bool):
            return str(of).lower()
        if isinstance(of, list):
            return "[" + ", ".join(value(one) for one in of) + "]"
        return f'"{of}"'
    return "".join(f"{key} = {value(of)}\n" for key, of in settings.items())


class Desk:
    """Everything that one test starts. `user` is another than ours only for what refuses to run as root."""

    def __init__(self, user=None):
        self.user = user if os.geteuid() == 0 else None
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="nape-"))
        self.config = self.home / "config"
        self.data = self.home / "data"
        self.runtime = self.home / "run"
        for folder in (self.config, self.config / "nape", self.data, self.runtime):
            folder.mkdir(mode=0o700)
        if self.user:
            for folder in (self.home, *self.home.rglob("*")):
                shutil.chown(folder, self.user, "nogroup")
        self.logs = {}
        self.processes = []
        self.connections = []
        self.daemons = []
        self.closers = []
        self.environment = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.config),
            "XDG_DATA_HOME": str(self.data),
            "XDG_RUNTIME_DIR": str(self.runtime),
            # mutter and the toolkits keep to themselves.
            "GSETTINGS_BACKEND": "memory",
            "GIO_USE_VFS": "local",
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self.start_bus("session")
        self.environment["DBUS_SYSTEM_BUS_ADDRESS"] = self.start_bus("system")
        self.session_bus = self.connect("session")
        self._logind = None

    # Processes

    def command(self, *words):
        """The command, run as the desk's person."""
        identity = ["--reuid", self.user, "--regid", "nogroup", "--clear-groups"] if self.user else []
        # What a test has started goes with it, even when that is killed.
        return ["setpriv", "--pdeathsig", "KILL", *identity, *map(str, words)]

    def start(self, *words, name=None, stdout=None, environment=None, **options):
        name = name or pathlib.Path(words[0]).name
        log = self.home / f"{len(self.logs)}-{name}.log"
        self.logs[log.name] = log
        with open(log, "wb") as stderr:
            process = subprocess.Popen(
                self.command(*words), stdin=subprocess.DEVNULL, stdout=stdout or stderr, stderr=stderr,
                env={**self.environment, **(environment or {})}, cwd=self.home, **options)
        process.log = log
        self.processes.append(process)
        return process

    def run(self, *words, environment=None):
        """Runs a command to its end; the connections of this process go on answering."""
        with tempfile.TemporaryFile("w+") as stdout, tempfile.TemporaryFile("w+") as stderr:
            process = subprocess.Popen(
                self.command(*words), stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr,
                env={**self.environment, **(environment or {})}, cwd=self.home)
            self.processes.append(process)
            eventually(f"{words} has ended", lambda: process.poll() is not None, limit=60)
            stdout.seek(0)
            stderr.seek(0)
            return subprocess.CompletedProcess(words, process.returncode, stdout.read(), stderr.read())

    @property
    def uid(self):
        return pwd.getpwnam(self.user).pw_uid if self.user else os.getuid()

    @contextlib.contextmanager
    def identity(self):
        """What is done to files and sockets here is done as the desk's person."""
        if not self.user:
            yield
            return
        account = pwd.getpwnam(self.user)
        os.setegid(account.pw_gid)
        os.seteuid(account.pw_uid)
        try:
            yield
        finally:
            os.seteuid(0)
            os.setegid(0)

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    # Buses

    def start_bus(self, kind):
        reader, writer = os.pipe()
        self.start(
            "dbus-daemon", f"--config-file={SUPPORT / 'bare-bus.conf'}", "--nofork", f"--print-address={writer}",
            name=f"{kind}-bus", pass_fds=(writer,))
        os.close(writer)
        with open(reader, "rb") as lines:
            address = lines.readline().decode().strip()
        assert address, f"the {kind} bus did not start"
        return address

    def connect(self, kind):
        """A connection of its own, on which the test is a caller, a listener or a peer."""
        with self.identity():
            connection = dbus.bus.BusConnection(self.environment[f"DBUS_{kind.upper()}_BUS_ADDRESS"])
        connection.set_exit_on_disconnect(False)
        self.connections.append(connection)
        return connection

    def owner(self, name, kind="session"):
        connection = self.session_bus if kind == "session" else self.system_bus
        try:
            return str(connection.get_name_owner(name))
        except dbus.DBusException:
            return None

    def tell(self, path, interface, member, signature, *values):
        """Sends a signal to naped alone, as any program can, whoever's it is."""
        message = dbus.lowlevel.SignalMessage(path, interface, member)
        message.set_destination(NAME)
        message.append(*values, signature=signature)
        self.session_bus.send_message(message)
        self.session_bus.flush()

    # Who else is there

    @property
    def logind(self):
        return self._logind

    def start_logind(self):
        if not hasattr(self, "system_bus"):
            self.system_bus = self.connect("system")
        self._logind = Logind(self)
        return self._logind

    def mutter(self):
        return Mutter(self)

    def sway(self):
        return Sway(self)

    def x11(self, **options):
        return X11(self, **options)

    def screen(self):
        return Screen(self)

    def dunst(self, *arguments, **options):
        return Dunst(self, *arguments, **options)

    def xfce4_notifyd(self, **options):
        return XfceNotifyd(self, **options)

    def mako(self, **options):
        return Mako(self, **options)

    def notification_server(self, **options):
        return FakeNotificationServer(self, **options)

    # nape

    @property
    def settings_file(self):
        return self.config / "nape" / "nape.toml"

    def write_settings(self, settings):
        text = settings if isinstance(settings, str) else toml(settings)
        with self.identity():
            self.settings_file.write_text(text)

    def naped(self, settings=None, **options):
        """Starts the daemon and waits until it is ready."""
        if settings is not None:
            self.write_settings(settings)
        return Daemon(self, **options).wait_ready()

    def nape(self, *words, **options):
        return self.run(binary("nape"), *words, **options)

    @property
    def store(self):
        return self.data / "nape" / "nape.db"

    def rows(self, table, order):
        """The rows of a table of the store, as dictionaries."""
        with self.identity():
            with contextlib.closing(sqlite3.connect(f"file:{self.store}?mode=ro", uri=True, timeout=10)) as database:
                database.row_factory = sqlite3.Row
                return [dict(row) for row in database.execute(f"SELECT * FROM {table} ORDER BY {order}")]

    def spans(self):
        return self.rows("span", "number")

    def prompts(self):
        return self.rows("prompt", "id")

    def begin_of_open_span(self):
        """In wall time, as time.time() tells it."""
        return self.checkpoint()["open.0.utc_usec"] / 1e6

    def checkpoint(self):
        return {row["name"]: row["value"] for row in self.rows("checkpoint", "name")}

    def assert_ledger_is_whole(self):
        """Spans follow each other without gaps and overlaps, to the microsecond."""
        spans = self.spans()
        for before, after in zip(spans, spans[1:]):
            assert before["boottime_usec"] + before["length_usec"] == after["boottime_usec"], (before, after)

    # The end

    def close(self):
        for close in self.closers:
            close()
        for daemon in self.daemons:
            GLib.source_remove(daemon.watch)
            daemon.socket.close()
        for connection in self.connections:
            connection.close()
        for process in reversed(self.processes):
            self.end(process)
        shutil.rmtree(self.home, ignore_errors=True)

    def report(self):
        """What all processes said, and what the store holds; for a test that failed."""
        parts = []
        for name, log in self.logs.items():
            text = log.read_text(errors="replace").strip() if log.exists() else ""
            if text:
                parts.append(f"--- {name}\n{text[-4000:]}")
        if self.store.exists():
            for table in ("span", "prompt", "clock_step"):
                with contextlib.suppress(sqlite3.Error):
                    rows = "\n".join(str(row) for row in self.rows(table, "1"))
                    parts.append(f"--- table {table}\n{rows}")
        return "\n".join(parts)


class Daemon:
    """A running naped, as its callers and its service manager see it."""

    def __init__(self, desk, arguments=(), environment=None, name="naped"):
        self.desk = desk
        self.notified = []
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
        path = desk.home / f"notify-{len(desk.logs)}"
        with desk.identity():
            self.socket.bind(str(path))
        self.socket.setblocking(False)
        # A service manager that does not read would hold its services up.
        self.watch = GLib.io_add_watch(
            self.socket.fileno(), GLib.PRIORITY_DEFAULT, GLib.IO_IN, lambda *_: self.messages() is not None)
        desk.daemons.append(self)
        self.signals = []
        self.changes = []
        self.matches = [
            desk.session_bus.add_signal_receiver(
                self._note_signal, dbus_interface=f"{NAME}.Prompts", path=PATH, member_keyword="member"),
            desk.session_bus.add_signal_receiver(
                self._note_change, "PropertiesChanged", "org.freedesktop.DBus.Properties", path=PATH),
        ]
        self.process = desk.start(
            binary("naped"), *arguments, name=name, environment={"NOTIFY_SOCKET": str(path), **(environment or {})})

    def _note_signal(self, *values, member):
        self.signals.append((str(member), *(int(one) if isinstance(one, dbus.UInt64) else str(one) for one in values)))

    def _note_change(self, interface, changed, invalidated):
        self.changes.append((str(interface), {str(name): value for name, value in changed.items()}, list(invalidated)))

    # Life

    def messages(self):
        """What it told its service manager, each a dictionary."""
        while True:
            try:
                text = self.socket.recv(65536).decode()
            except BlockingIOError:
                return self.notified
            self.notified.append(dict(line.split("=", 1) for line in text.splitlines() if "=" in line))

    def count(self, name):
        return sum(name in message for message in self.messages())

    def wait_ready(self, times=1):
        def ready():
            if self.process.poll() is not None:
                pytest.fail(f"naped ended with {self.process.returncode}: {self.log}")
            return self.count("READY") >= times
        eventually("naped is ready", ready)
        return self

    @property
    def is_running(self):
        return self.process.poll() is None

    def wait_end(self):
        return eventually("naped has ended", lambda: self.process.poll() is not None) and self.process.returncode

    def stop(self):
        self.process.terminate()
        status = self.wait_end()
        # What it said at the end is still on its way to this process.
        wait(0.1)
        return status

    def kill(self):
        self.process.kill()
        self.wait_end()

    def hang_up(self):
        self.process.send_signal(signal.SIGHUP)

    @property
    def log(self):
        return self.process.log.read_text(errors="replace")

    @property
    def pid_on_bus(self):
        driver = self.desk.session_bus.get_object("org.freedesktop.DBus", "/org/freedesktop/DBus")
        return int(driver.GetConnectionUnixProcessID(NAME, dbus_interface="org.freedesktop.DBus"))

    # Calls

    def call(self, interface, member, signature="", *arguments, timeout=20):
        return self.desk.session_bus.call_blocking(
            NAME, PATH, f"{NAME}.{interface}", member, signature, arguments, timeout=timeout)

    def get(self, interface, name):
        return self.desk.session_bus.call_blocking(
            NAME, PATH, "org.freedesktop.DBus.Properties", "Get", "ss", (f"{NAME}.{interface}", name), timeout=20)

    def properties(self, interface):
        found = self.desk.session_bus.call_blocking(
            NAME, PATH, "org.freedesktop.DBus.Properties", "GetAll", "s", (f"{NAME}.{interface}",), timeout=20)
        return {str(name): value for name, value in found.items()}

    @property
    def state(self):
        """Kind and evidence, such as `sitting/input`."""
        sitting = self.properties("Sitting")
        return f"{sitting['State']}/{sitting['Evidence']}"

    def wait_state(self, state):
        return eventually(f"state is {state}", lambda: self.state == state)

    @property
    def current(self):
        """Id and kind of the prompt that has no outcome yet; `(0, "")` for none."""
        number, kind = self.get("Prompts", "Current")
        return int(number), str(kind)

    @property
    def deferred(self):
        """What the prompt that is due waits for; empty for nothing."""
        return str(self.get("Prompts", "Deferred"))

    @property
    def problems(self):
        return [str(problem) for problem in self.get("Daemon", "Problems")]

    def posted(self):
        """Ids and kinds of the prompts that were told of."""
        return [(one[1], one[2]) for one in self.signals if one[0] == "Posted"]

    def ended(self):
        """Ids and outcomes of the prompts that were told of."""
        return [(one[1], one[2]) for one in self.signals if one[0] == "Ended"]

    def wait_ended(self, number, outcome):
        eventually(f"prompt {number} has an outcome", lambda: number in [one for one, _ in self.ended()])
        assert (number, outcome) in self.ended(), self.ended()
        stored = {row["id"]: row["outcome"] for row in self.desk.prompts()}
        assert stored[number] == outcome
