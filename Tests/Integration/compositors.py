"""Real compositors and X servers without a screen, and keys that are typed there."""
import os
import pathlib
import socket
import struct
import time

import dbus
import dbus.lowlevel
import dbus.service
import pytest

from waiting import eventually, pump, wait

PAUSE = 0.4
SHIFT = 42


class Typist:
    """Somebody at a keyboard. A key every 0.4 s is what the tests call typing."""

    last_key = None

    def press(self):
        self.press_key()
        self.last_key = time.time()

    def type_for(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.press()
            wait(PAUSE)

    def type_until(self, what, probe, limit=30):
        """Types until something is so, with the pauses that prompts wait for; the last key is then just pressed."""
        end = time.monotonic() + limit
        while True:
            pauses = any(daemon.is_running and daemon.deferred == "typing" for daemon in self.desk.daemons)
            if not pauses:
                self.press()
            pump()
            value = probe()
            if value:
                if pauses:
                    self.press()
                return value
            if time.monotonic() > end:
                pytest.fail(f"not within {limit} s of typing: {what} (last: {value!r})")
            wait(PAUSE)

    def sit_down(self, daemon):
        self.type_until("somebody sits", lambda: daemon.state == "sitting/input")

    def type_until_prompt(self, daemon, number=None):
        """Types until a prompt is open, and returns its id."""
        def is_open():
            current = daemon.current[0]
            return current if number is None or current == number else 0
        return self.type_until("a prompt", is_open)


class Mutter(Typist):
    """GNOME's compositor, with its own idle monitor; keys by org.gnome.Mutter.RemoteDesktop."""

    def __init__(self, desk):
        self.desk = desk
        self.process = desk.start("mutter", "--headless", "--virtual-monitor", "1280x720", "--no-x11")
        for name in ("org.gnome.Mutter.IdleMonitor", "org.gnome.Mutter.RemoteDesktop"):
            eventually(f"mutter has {name}", lambda: desk.owner(name))
        self.session = eventually("mutter takes keys", self._remote_session)

    def _remote_session(self):
        name = "org.gnome.Mutter.RemoteDesktop"
        try:
            desktop = self.desk.session_bus.get_object(name, "/org/gnome/Mutter/RemoteDesktop", introspect=False)
            path = desktop.CreateSession(dbus_interface=name)
            session = dbus.Interface(
                self.desk.session_bus.get_object(name, path, introspect=False), name + ".Session")
            session.Start()
            return session
        except dbus.DBusException:
            return None

    def press_key(self):
        for is_down in (True, False):
            self.session.NotifyKeyboardKeycode(dbus.UInt32(SHIFT), is_down)

    def idle_time(self):
        """Milliseconds."""
        monitor = self.desk.session_bus.get_object(
            "org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core", introspect=False)
        return int(monitor.GetIdletime(dbus_interface="org.gnome.Mutter.IdleMonitor"))


class Muffin(Typist, dbus.service.Object):
    """Cinnamon's compositor, as far as its idle monitor goes; keys by the test's own hand."""

    NAME = "org.cinnamon.Muffin.IdleMonitor"
    CORE = "/org/cinnamon/Muffin/IdleMonitor/Core"

    def __init__(self, desk):
        self.desk = desk
        self.bus = desk.connect("session")
        self.last_input = time.monotonic()
        self.watches = []
        self.next_watch = 1
        self.hangs = False
        self.asked = 0
        dbus.service.Object.__init__(self, self.bus, self.CORE)
        assert self.bus.request_name(self.NAME) == dbus.bus.REQUEST_NAME_REPLY_PRIMARY_OWNER

    def leave(self):
        self.bus.close()

    @staticmethod
    def monotonic_usec():
        return dbus.UInt64(time.monotonic_ns() // 1000)

    @dbus.service.method(NAME, out_signature="t", async_callbacks=("answer", "fail"))
    def GetIdletime(self, answer, fail):
        self.asked += 1
        if not self.hangs:
            answer(dbus.UInt64((time.monotonic() - self.last_input) * 1000))

    @dbus.service.method(NAME, out_signature="u", sender_keyword="sender")
    def AddUserActiveWatch(self, sender):
        self.watches.append((self.next_watch, sender))
        self.next_watch += 1
        return dbus.UInt32(self.next_watch - 1)

    @dbus.service.method(NAME, in_signature="u")
    def RemoveWatch(self, number):
        self.watches = [one for one in self.watches if one[0] != number]

    def press_key(self):
        self.last_input = time.monotonic()
        for number, sender in self.watches:
            signal = dbus.lowlevel.SignalMessage(self.CORE, self.NAME, "WatchFired")
            signal.set_destination(sender)
            signal.append(number, signature="u")
            self.bus.send_message(signal)
        self.watches = []


class Sway(Typist):
    """A wlroots compositor; keys by wtype, screenshots by grim."""

    CONFIG = """
        xwayland disable
        output HEADLESS-1 resolution 800x400
        output HEADLESS-1 bg #204060 solid_color
        seat seat0 fallback true
    """

    def __init__(self, desk):
        self.desk = desk
        config = desk.home / "sway.conf"
        config.write_text(self.CONFIG)
        config.chmod(0o644)
        self.process = desk.start("sway", "-c", config, environment={
            "WLR_BACKENDS": "headless", "WLR_RENDERER": "pixman", "WLR_LIBINPUT_NO_DEVICES": "1"})
        socket = eventually("sway's socket", lambda: [
            path.name for path in desk.runtime.glob("wayland-*") if not path.name.endswith(".lock")])
        desk.environment["WAYLAND_DISPLAY"] = socket[0]

    def press_key(self):
        done = self.desk.run("wtype", "-k", "Shift_L")
        assert done.returncode == 0, done.stderr

    def screenshot(self, path):
        picture = self.desk.home / os.path.basename(path)
        done = self.desk.run("grim", picture)
        assert done.returncode == 0, done.stderr
        return picture


class X11(Typist):
    """An X server without a window manager; keys by xdotool."""

    COOKIE_NAME = b"MIT-MAGIC-COOKIE-1"

    def __init__(self, desk, number=None, cookie=None, size="320x200"):
        """With a cookie, those are let in who show it; `$XAUTHORITY` is set so that we are."""
        self.desk = desk
        arguments = ["-screen", "0", f"{size}x24", "-nolisten", "tcp"]
        if cookie:
            self.write_authority(desk.home / "server.Xauthority", cookie)
            self.write_authority(desk.home / "Xauthority", cookie)
            arguments += ["-auth", desk.home / "server.Xauthority"]
            desk.environment["XAUTHORITY"] = str(desk.home / "Xauthority")
        reader, writer = os.pipe()
        # Without a number it picks one that is free; it says which when it is ready.
        self.process = desk.start(
            "Xvfb", *([f":{number}"] if number else []), "-displayfd", writer, *arguments, pass_fds=(writer,))
        os.close(writer)
        with open(reader) as lines:
            self.number = lines.readline().strip() or number
        assert self.number, "Xvfb did not start"
        desk.environment["DISPLAY"] = f":{self.number}"

    @classmethod
    def write_authority(cls, path, cookie, display=b""):
        """As xauth writes it: an entry of this machine for every display, behind one of another machine."""
        def entry(family, address, name, data):
            return struct.pack(">H", family) + b"".join(
                struct.pack(">H", len(field)) + field for field in (address, display, name, data))
        host = socket.gethostname().encode()
        pathlib.Path(path).write_bytes(
            entry(256, b"elsewhere", cls.COOKIE_NAME, bytes(16)) + entry(256, host, cls.COOKIE_NAME, cookie))

    def press_key(self):
        done = self.desk.run("xdotool", "key", "shift")
        assert done.returncode == 0, done.stderr

    def screenshot(self, name):
        picture = self.desk.home / name
        done = self.desk.run("import", "-window", "root", picture)
        assert done.returncode == 0, done.stderr
        return picture

    def kill(self):
        """Ends it as a crash does; what it leaves in /tmp goes too."""
        self.process.kill()
        self.process.wait()
        for path in (f"/tmp/.X{self.number}-lock", f"/tmp/.X11-unix/X{self.number}"):
            pathlib.Path(path).unlink(missing_ok=True)
