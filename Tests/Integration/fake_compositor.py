"""A Wayland compositor without a screen, which tells the idle time as it is told to, or lies."""
import os
import socket
import struct
import time

from gi.repository import GLib

from compositors import Typist
from waiting import wait

DISPLAY = 1
NOTIFIER = b"ext_idle_notifier_v1"


def words(*numbers):
    return struct.pack(f"={len(numbers)}I", *numbers)


def text(of):
    return words(len(of) + 1) + of + b"\0" * (4 - len(of) % 4)


class FakeCompositor(Typist):
    """Speaks wl_registry and ext_idle_notifier_v1, in version 2 or 1, with one client; counts idle time by itself."""

    def __init__(self, desk, path=None, version=2):
        self.desk = desk
        self.path = path or desk.runtime / "wayland-7"
        self.version = version
        # Sent to whoever connects, before anything else.
        self.greeting = b""
        self.last_input = time.monotonic()
        self.released = self.last_input
        self.inhibited = False
        self.client = None
        self.connections = 0
        self.watches = []
        self._forget()
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
        with desk.identity():
            self.listener.bind(str(self.path))
        self.listener.listen(4)
        self.watches.append(GLib.io_add_watch(self.listener.fileno(), GLib.PRIORITY_DEFAULT, GLib.IO_IN, self._accept))
        self.watches.append(GLib.timeout_add(20, self._tick))
        desk.closers.append(self.die)

    def die(self):
        """As a compositor that crashes."""
        for watch in self.watches:
            GLib.source_remove(watch)
        self.watches = []
        self.hang_up()
        if self.listener:
            self.listener.close()
            self.listener = None
            os.unlink(self.path)

    def hang_up(self):
        """Ends the connection with its client."""
        if self.client:
            GLib.source_remove(self.reading)
            self.client.close()
        self.client = None
        self._forget()

    def _forget(self):
        self.input = b""
        self.registry = None
        self.notifier = None
        # By their numbers: milliseconds, whether of input alone, when they were made, whether they are idle.
        self.notifications = {}

    # Requests

    def _accept(self, *_):
        client, _ = self.listener.accept()
        self.hang_up()
        self.client = client
        self.connections += 1
        client.setblocking(False)
        self.reading = GLib.io_add_watch(
            client.fileno(), GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, self._receive)
        self.send_bytes(self.greeting)
        return True

    def _receive(self, *_):
        try:
            data = self.client.recv(65536)
        except BlockingIOError:
            return True
        except ConnectionResetError:
            data = b""
        if not data:
            self.hang_up()
            return True
        self.input += data
        while len(self.input) >= 8:
            target, second = struct.unpack_from("=2I", self.input)
            if len(self.input) < second >> 16:
                break
            body, self.input = self.input[8:second >> 16], self.input[second >> 16:]
            self._take(target, second & 0xffff, body)
        return True

    def _take(self, target, opcode, body):
        numbers = struct.unpack(f"={len(body) // 4}I", body)
        if (target, opcode) == (DISPLAY, 0):
            self.send(numbers[0], 0, words(0))
            self.send(DISPLAY, 1, words(numbers[0]))
        elif (target, opcode) == (DISPLAY, 1):
            self.registry = numbers[0]
            offers = [(1, b"wl_compositor", 5), (7, b"wl_seat", 8), (12, NOTIFIER, self.version)]
            for number, interface, version in offers:
                self.send(self.registry, 0, words(number) + text(interface) + words(version))
        elif (target, opcode) == (self.registry, 0):
            if NOTIFIER + b"\0" in body:
                assert numbers[-2] == self.version
                self.notifier = numbers[-1]
        elif target == self.notifier and opcode in (1, 2):
            number, milliseconds, _ = numbers
            self.notifications[number] = [milliseconds, opcode == 2, time.monotonic(), False]
        elif target in self.notifications and opcode == 0:
            del self.notifications[target]
            self.send(DISPLAY, 1, words(target))

    def send(self, target, opcode, body=b""):
        self.send_bytes(words(target, (8 + len(body)) << 16 | opcode) + body)

    def send_bytes(self, data):
        if self.client:
            try:
                self.client.send(data)
            except (BrokenPipeError, ConnectionResetError):
                self.hang_up()

    # Idle time

    def _tick(self):
        now = time.monotonic()
        for number, one in list(self.notifications.items()):
            milliseconds, is_input_only, made, is_idle = one
            since = max(self.last_input, made)
            if not is_input_only:
                since = max(since, self.released)
            hidden = self.inhibited and not is_input_only
            if not is_idle and not hidden and now - since >= milliseconds / 1000:
                one[3] = True
                self.send(number, 0)
        return True

    def press_key(self):
        self.last_input = time.monotonic()
        for number, one in list(self.notifications.items()):
            if one[3]:
                one[3] = False
                self.send(number, 1)
        # One after the other arrives, as from somebody's hands.
        wait(0.01)

    def inhibit(self, begins):
        """A film begins, or is over."""
        self.inhibited = begins
        if not begins:
            self.released = time.monotonic()
            return
        for number, one in list(self.notifications.items()):
            if one[3] and not one[1]:
                one[3] = False
                self.send(number, 1)
