"""Those with whom the daemon talks: logind, mocked; notification servers, real ones and one that lies."""
import os
import pathlib
import select
import subprocess

import dbus
import dbus.lowlevel
import dbus.service

from waiting import eventually

MOCK = "org.freedesktop.DBus.Mock"
PROPERTIES = "org.freedesktop.DBus.Properties"
NOTIFICATIONS = "org.freedesktop.Notifications"
NOTIFICATIONS_PATH = "/org/freedesktop/Notifications"


class Logind:
    """python-dbusmock's logind, with one session, `auto`, which is active."""

    NAME = "org.freedesktop.login1"
    MANAGER = "/org/freedesktop/login1"
    SESSION = "/org/freedesktop/login1/session/auto"

    def __init__(self, desk):
        self.desk = desk
        self.has_blocks = False
        self.process = desk.start(
            "/usr/bin/python3", "-m", "dbusmock", "--system", "--template", "logind", name="logind",
            stdout=subprocess.DEVNULL)
        eventually("logind is there", lambda: desk.owner(self.NAME, "system"))
        self.add_session("auto")

    def call(self, path, interface, member, signature="", *arguments):
        return self.desk.system_bus.call_blocking(self.NAME, path, interface, member, signature, arguments, timeout=20)

    def add_session(self, name, seat="seat0", active=True, **properties):
        """A session of the desk's person, as it is told when it begins; one without a seat is a terminal from afar."""
        path = f"{self.MANAGER}/session/{name}"
        if seat:
            self.call(self.MANAGER, MOCK, "AddSession", "ssusb", name, seat, self.desk.uid, "somebody", active)
            if properties:
                self.set(path, **properties)
        else:
            # The template knows none without a seat.
            user = dbus.Struct((dbus.UInt32(self.desk.uid), dbus.ObjectPath(f"{self.MANAGER}/user/{self.desk.uid}")))
            about = {
                "Id": name, "Name": "somebody", "User": user, "Seat": dbus.Struct(("", dbus.ObjectPath("/"))),
                "Class": "user", "Type": "tty", "Active": active, "LockedHint": False, "IdleHint": False,
                "IdleSinceHintMonotonic": dbus.UInt64(0), "Remote": True, **properties}
            self.call(
                self.MANAGER, MOCK, "AddObject", "ssa{sv}a(ssss)", path, self.NAME + ".Session",
                dbus.Dictionary(about, signature="sv"), dbus.Array([], signature="(ssss)"))
        self._tell("SessionNew", name, path)
        return path

    def remove_session(self, name):
        path = f"{self.MANAGER}/session/{name}"
        self.call(self.MANAGER, MOCK, "RemoveObject", "s", path)
        self._tell("SessionRemoved", name, path)

    def _tell(self, member, name, path):
        self.call(
            self.MANAGER, MOCK, "EmitSignal", "sssav", self.NAME + ".Manager", member, "so",
            dbus.Array([name, dbus.ObjectPath(path)], signature="v"))

    def set(self, path=SESSION, **properties):
        """Changes properties of a session, as logind tells it."""
        self.call(
            path, MOCK, "UpdateProperties", "sa{sv}", self.NAME + ".Session",
            dbus.Dictionary(properties, signature="sv"))

    def block(self, what):
        """What inhibitors keep the machine from, as logind tells it: words with colons between them."""
        manager = self.NAME + ".Manager"
        if not self.has_blocks:
            self.call(self.MANAGER, MOCK, "AddProperty", "ssv", manager, "BlockInhibited", "")
            self.has_blocks = True
        self.call(
            self.MANAGER, MOCK, "UpdateProperties", "sa{sv}", manager,
            dbus.Dictionary({"BlockInhibited": what}, signature="sv"))

    def prepare_for_sleep(self, begins):
        self.call(
            self.MANAGER, MOCK, "EmitSignal", "sssav", self.NAME + ".Manager", "PrepareForSleep", "b",
            dbus.Array([dbus.Boolean(begins)], signature="v"))

    def locks(self):
        """The locks that are held: what, who, why, mode."""
        return [tuple(map(str, one[:4])) for one in self.call(self.MANAGER, self.NAME + ".Manager", "ListInhibitors")]

    def leave(self):
        self.process.kill()
        self.process.wait()
        eventually("logind has gone", lambda: not self.desk.owner(self.NAME, "system"))


class Properties(dbus.service.Object):
    """An object with properties of one interface, on a connection and under a name of its own."""

    def __init__(self, desk, name, path, interface, **properties):
        self.desk = desk
        self.bus = desk.connect("session")
        self.name = name
        self.interface = interface
        self.values = properties
        super().__init__(self.bus, path)
        assert self.bus.request_name(name) == dbus.bus.REQUEST_NAME_REPLY_PRIMARY_OWNER

    def leave(self):
        self.bus.close()

    @dbus.service.method(PROPERTIES, in_signature="ss", out_signature="v")
    def Get(self, interface, name):
        return self.values[str(name)]

    @dbus.service.signal(PROPERTIES, "sa{sv}as")
    def PropertiesChanged(self, interface, changed, invalidated):
        pass

    def set(self, name, value):
        """A number keeps the type that it had."""
        value = type(self.values[name])(value)
        self.values[name] = value
        self.PropertiesChanged(
            self.interface, dbus.Dictionary({name: value}, signature="sv"), dbus.Array([], signature="s"))

    def invalidate(self, name, value):
        """As `set`, without saying to what."""
        self.values[name] = type(self.values[name])(value)
        self.PropertiesChanged(
            self.interface, dbus.Dictionary({}, signature="sv"), dbus.Array([name], signature="s"))


class GnomeSession(Properties):
    """GNOME's session manager, as far as inhibitors go."""

    IDLE = 8

    def __init__(self, desk, inhibited=0):
        name = "org.gnome.SessionManager"
        super().__init__(desk, name, "/org/gnome/SessionManager", name, InhibitedActions=dbus.UInt32(inhibited))

    def inhibit(self, actions):
        self.set("InhibitedActions", dbus.UInt32(actions))


class MockedGnomeSession:
    """GNOME's session manager in a process of its own: mutter waits for its answers."""

    NAME = "org.gnome.SessionManager"
    PATH = "/org/gnome/SessionManager"

    def __init__(self, desk):
        self.desk = desk
        self.process = desk.start(
            "/usr/bin/python3", "-m", "dbusmock", self.NAME, self.PATH, self.NAME, name="gnome-session",
            stdout=subprocess.DEVNULL)
        eventually("GNOME's session manager is there", lambda: desk.owner(self.NAME))
        self._call("AddProperty", "ssv", self.NAME, "InhibitedActions", dbus.UInt32(0))

    def _call(self, member, signature, *arguments):
        return self.desk.session_bus.call_blocking(self.NAME, self.PATH, MOCK, member, signature, arguments, timeout=20)

    def inhibit(self, actions):
        self._call(
            "UpdateProperties", "sa{sv}", self.NAME,
            dbus.Dictionary({"InhibitedActions": dbus.UInt32(actions)}, signature="sv"))

    def leave(self):
        self.process.kill()
        self.process.wait()


class GnomeShell(Properties):
    """GNOME's own count of breaks."""

    def __init__(self, desk, state):
        super().__init__(
            desk, "org.gnome.Shell", "/org/gnome/Shell/ScreenTime", "org.gnome.Shell.ScreenTime",
            State=dbus.UInt32(state))


class PolicyAgent(dbus.service.Object):
    """KDE's, which knows inhibitors by what they keep from happening."""

    NAME = "org.kde.Solid.PowerManagement.PolicyAgent"
    SLEEP, SCREEN = 1, 4

    def __init__(self, desk):
        self.bus = desk.connect("session")
        self.held = 0
        self.asked = 0
        super().__init__(self.bus, "/org/kde/Solid/PowerManagement/PolicyAgent")
        assert self.bus.request_name(self.NAME) == dbus.bus.REQUEST_NAME_REPLY_PRIMARY_OWNER

    def leave(self):
        self.bus.close()

    @dbus.service.method(NAME, in_signature="u", out_signature="b")
    def HasInhibition(self, types):
        self.asked += 1
        return bool(self.held & types)

    @dbus.service.signal(NAME, "a{ss}as")
    def InhibitionsChanged(self, added, removed):
        pass

    def inhibit(self, types):
        self.held = types
        self.InhibitionsChanged(
            dbus.Dictionary({"film": "plays"} if types else {}, signature="ss"),
            dbus.Array([] if types else ["film"], signature="s"))


class ScreenSaver:
    """A screen saver, which may answer with an error. Its interface is called as its name, whatever that is."""

    def __init__(self, desk, name, path, error=None, active=False):
        self.bus = desk.connect("session")
        self.name = name
        self.path = path
        self.error = error
        self.active = active
        self.bus.add_message_filter(self._answer)
        assert self.bus.request_name(name) == dbus.bus.REQUEST_NAME_REPLY_PRIMARY_OWNER

    def _answer(self, connection, message):
        if message.get_type() != 1 or message.get_member() != "GetActive" or message.get_path() != self.path:
            return dbus.lowlevel.HANDLER_RESULT_NOT_YET_HANDLED
        if self.error:
            reply = dbus.lowlevel.ErrorMessage(message, self.error, "no")
        else:
            reply = dbus.lowlevel.MethodReturnMessage(message)
            reply.append(self.active, signature="b")
        connection.send_message(reply)
        return dbus.lowlevel.HANDLER_RESULT_HANDLED

    def activate(self, active):
        self.active = active
        signal = dbus.lowlevel.SignalMessage(self.path, self.name, "ActiveChanged")
        signal.append(active, signature="b")
        self.bus.send_message(signal)

    def leave(self):
        self.bus.close()


class FakeNotificationServer(dbus.service.Object):
    """A server of notifications that does as the test says, and keeps what it was asked."""

    def __init__(self, desk, capabilities=("actions", "body"), on_notify=None, first_id=1):
        self.bus = desk.connect("session")
        self.capabilities = capabilities
        self.on_notify = on_notify
        self.next_id = first_id
        self.notified = []
        self.closed = []
        super().__init__(self.bus, NOTIFICATIONS_PATH)
        assert self.bus.request_name(NOTIFICATIONS) == dbus.bus.REQUEST_NAME_REPLY_PRIMARY_OWNER

    def leave(self):
        self.bus.close()

    def wait_shown(self, count=1):
        """Waits until naped knows the id of what it has asked to be shown."""
        eventually("a prompt is shown", lambda: len(self.notified) >= count)
        # What one sender sends arrives in order: when this has been answered, so has the id arrived.
        self.bus.call_blocking(
            "io.github.nape.Nape1", "/io/github/nape/Nape1", "org.freedesktop.DBus.Peer", "Ping", "", ())

    @property
    def last_id(self):
        return self.notified[-1]["id"]

    @dbus.service.method(NOTIFICATIONS, out_signature="as")
    def GetCapabilities(self):
        return dbus.Array(self.capabilities, signature="s")

    @dbus.service.method(NOTIFICATIONS, out_signature="ssss")
    def GetServerInformation(self):
        return "fake", "nape's tests", "1.0", "1.2"

    @dbus.service.method(NOTIFICATIONS, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, app_name, replaces, icon, summary, body, actions, hints, timeout):
        number = int(replaces) or self.next_id
        if not replaces:
            self.next_id += 1
        self.notified.append({
            "id": number, "app": str(app_name), "icon": str(icon), "replaces": int(replaces), "summary": str(summary),
            "body": str(body), "actions": [str(one) for one in actions], "hints": {str(key): hints[key] for key in hints},
            "timeout": int(timeout)})
        if self.on_notify:
            self.on_notify(self, number)
        return dbus.UInt32(number)

    @dbus.service.method(NOTIFICATIONS, in_signature="u")
    def CloseNotification(self, number):
        self.closed.append(int(number))
        self.NotificationClosed(number, dbus.UInt32(3))

    @dbus.service.signal(NOTIFICATIONS, "us")
    def ActionInvoked(self, number, key):
        pass

    @dbus.service.signal(NOTIFICATIONS, "uu")
    def NotificationClosed(self, number, reason):
        pass


class Picture:
    """A screenshot: what of it is not the one colour of its background."""

    def __init__(self, desk, path):
        self.desk = desk
        self.path = path
        done = desk.run("convert", path, "-format", "%k %@", "info:")
        assert done.returncode == 0, done.stderr
        colours, box = done.stdout.split()
        self.colours = int(colours)
        size, self.x, self.y = box.split("+")
        self.width, self.height = map(int, size.split("x"))
        self.x, self.y = int(self.x), int(self.y)

    def count(self, colour):
        """How many dots are of just that colour."""
        done = self.desk.run(
            "convert", self.path, "-fill", "black", "+opaque", colour, "-fill", "white", "-opaque", colour,
            "-format", "%[fx:mean*w*h]", "info:")
        assert done.returncode == 0, done.stderr
        return round(float(done.stdout))


class Screen:
    """An X server without a screen."""

    def __init__(self, desk):
        self.desk = desk
        reader, writer = os.pipe()
        self.process = desk.start(
            "Xvfb", "-displayfd", str(writer), "-screen", "0", "800x300x24", "-nolisten", "tcp", pass_fds=(writer,))
        os.close(writer)
        # It picks a display that is free, and says so when it is ready.
        assert select.select([reader], [], [], 20)[0], "Xvfb did not start"
        with open(reader) as lines:
            desk.environment["DISPLAY"] = ":" + lines.readline().strip()

    def xdotool(self, *words):
        return xdotool(self.desk, *words)

    def screenshot(self, name):
        picture = self.desk.home / name
        done = self.desk.run("import", "-window", "root", picture)
        assert done.returncode == 0, done.stderr
        return picture


def xdotool(desk, *words):
    done = desk.run("xdotool", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


class OtherProgram:
    """Another program that shows a notification, and hears what is answered."""

    def __init__(self, desk):
        self.bus = desk.connect("session")
        self.answers = []
        self.bus.add_signal_receiver(
            lambda number, key: self.answers.append((int(number), str(key))), "ActionInvoked", NOTIFICATIONS)

    def capabilities(self):
        return [str(one) for one in self.bus.call_blocking(
            NOTIFICATIONS, NOTIFICATIONS_PATH, NOTIFICATIONS, "GetCapabilities", "", (), timeout=20)]

    def notify(self, title, key, label, hints={}):
        return int(self.bus.call_blocking(
            NOTIFICATIONS, NOTIFICATIONS_PATH, NOTIFICATIONS, "Notify", "susssasa{sv}i",
            ("other", 0, "", title, "Somebody else's", [key, label], dbus.Dictionary(hints, signature="sv"), -1),
            timeout=20))

    def close(self, number):
        try:
            self.bus.call_blocking(
                NOTIFICATIONS, NOTIFICATIONS_PATH, NOTIFICATIONS, "CloseNotification", "u", (number,), timeout=20)
        except dbus.DBusException:
            # Some servers close what has been answered, and know nothing of it any more.
            pass


class RealServer:
    """A real notification server, which is asked itself what it shows. It may be killed and started again."""

    def __init__(self, desk):
        self.desk = desk
        self.process = None
        self.start()

    def command(self):
        raise NotImplementedError

    def start(self):
        self.process = self.desk.start(*self.command(), name=type(self).__name__.lower())
        eventually("the notification server is there", lambda: self.desk.owner(NOTIFICATIONS))

    def kill(self):
        self.process.kill()
        self.process.wait()
        eventually("the notification server has gone", lambda: not self.desk.owner(NOTIFICATIONS))


class Dunst(RealServer):
    """dunst under X. With several actions it opens its menu, a program that prints a line of those that it is given:
    here one that waits to be told which."""

    name = "dunst"

    def __init__(self, desk, left_click="context", expires=0):
        menu = desk.home / "menu"
        menu.write_text(f'#!/bin/sh\ntee "{desk.home}/menu.shown" | grep -m 1 -F "$(cat "{desk.home}/menu.pick")"\n')
        menu.chmod(0o755)
        self.config = desk.home / "dunstrc"
        self.config.write_text(
            "[global]\n"
            f"dmenu = {menu}\n"
            "monitor = 0\nwidth = 400\norigin = top-left\noffset = 10x10\nidle_threshold = 0\n"
            f"font = DejaVu Sans 11\nmouse_left_click = {left_click}\nmouse_right_click = close_current\n"
            f"[urgency_low]\ntimeout = {expires}\n[urgency_normal]\ntimeout = {expires}\n")
        super().__init__(desk)

    def command(self):
        return "dunst", "-config", self.config

    def pick(self, label):
        (self.desk.home / "menu.pick").write_text(label)

    @property
    def menu(self):
        return (self.desk.home / "menu.shown").read_text()

    def displayed(self):
        done = self.desk.run("dunstctl", "count", "displayed")
        return int(done.stdout) if done.returncode == 0 else 0

    def press(self, label, key=None):
        """A click opens the menu, where a button is picked."""
        self.pick(label)
        xdotool(self.desk, "mousemove", "100", "40", "click", "1", "mousemove", "790", "290")

    def press_other(self, number, key, label):
        # A click's menu is that of one; this is that of all.
        self.pick(label)
        assert self.desk.run("dunstctl", "context").returncode == 0

    def dismiss(self):
        xdotool(self.desk, "mousemove", "100", "40", "click", "3", "mousemove", "790", "290")

    def disturb(self, may):
        assert self.desk.run("dunstctl", "set-paused", "false" if may else "true").returncode == 0


class XfceNotifyd(RealServer):
    """Xfce's server under X, which draws buttons, and the settings that it reads."""

    name = "xfce4-notifyd"

    def __init__(self, desk, expires=0):
        self.settings = desk.start(installed("xfce4/xfconf/xfconfd"))
        self.desk = desk
        eventually("Xfce's settings are there", lambda: desk.owner("org.xfce.Xfconf"))
        self.set("/expire-timeout-enabled", "bool", "true" if expires else "false")
        self.set("/expire-timeout", "int", str(expires or 10))
        self.set("/do-fadeout", "bool", "false")
        super().__init__(desk)

    def command(self):
        return installed("xfce4/notifyd/xfce4-notifyd"),

    def set(self, name, kind, value):
        done = self.desk.run("xfconf-query", "-c", "xfce4-notifyd", "-p", name, "-n", "-t", kind, "-s", value)
        assert done.returncode == 0, done.stderr

    def windows(self):
        done = self.desk.run("xdotool", "search", "--onlyvisible", "--class", "xfce4-notifyd")
        return [int(line) for line in done.stdout.split()]

    def displayed(self):
        return len(self.windows())

    def _click(self, window, across, down):
        """At parts of the window's width and height."""
        text = xdotool(self.desk, "getwindowgeometry", "--shell", window)
        at = {name: int(value) for name, value in (line.split("=") for line in text.split())}
        x, y = at["X"] + int(at["WIDTH"] * across), at["Y"] + int(at["HEIGHT"] * down)
        xdotool(self.desk, "mousemove", x, y, "sleep", "0.2", "click", "1", "mousemove", "10", "290")

    def press(self, label, key):
        """The buttons are side by side, of one width."""
        self._click(self.windows()[-1], (int(key[1:]) - 0.5) / 3, 0.8)

    def press_other(self, number, key, label):
        # Windows stand one under the other; the last is the newest.
        def top(window):
            text = xdotool(self.desk, "getwindowgeometry", "--shell", window)
            return int(dict(line.split("=") for line in text.split())["Y"])
        self._click(max(self.windows(), key=top), 0.5, 0.8)

    def dismiss(self):
        self._click(self.windows()[-1], 0.5, 0.2)

    def disturb(self, may):
        self.set("/do-not-disturb", "bool", "false" if may else "true")


def installed(part):
    """The path of a program that lies in a folder of this machine's kind."""
    return next(pathlib.Path("/usr/lib").glob(f"*/{part}"))


class Mako(RealServer):
    """mako under a Wayland compositor. It draws no buttons; they are for a menu or a key of the compositor."""

    name = "mako"

    def __init__(self, desk, expires=0):
        self.expires = expires
        super().__init__(desk)

    def command(self):
        return "mako", "--font", "DejaVu Sans 11", "--default-timeout", str(self.expires * 1000)

    def list(self):
        return self.desk.run("makoctl", "list").stdout

    def displayed(self):
        return self.list().count('"app-name"')

    def invoke(self, key, *words):
        done = self.desk.run("makoctl", "invoke", *words, key)
        assert done.returncode == 0, done.stderr

    def press(self, label, key):
        assert label in self.list()
        self.invoke(key)

    def press_other(self, number, key, label):
        self.invoke(key, "-n", str(number))

    def dismiss(self):
        assert self.desk.run("makoctl", "dismiss").returncode == 0

    def disturb(self, may):
        assert self.desk.run("makoctl", "mode", "-s", "default" if may else "do-not-disturb").returncode == 0
