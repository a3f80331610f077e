"""A person at a terminal: types keys and reads what the screen shows."""
import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
import time

from waiting import eventually, wait

ESCAPE = "\x1b"
CTRL_C = "\x03"
LEFT = "\x1b[D"
BACKSPACE = "\x7f"


class Person:
    """Runs a command on a pseudo-terminal of so many columns and lines."""

    def __init__(self, desk, *words, width=80, height=24, term="xterm", environment=None):
        self.master, self.slave = pty.openpty()
        os.set_blocking(self.master, False)
        self.resize(width, height)
        self.attributes = termios.tcgetattr(self.slave)
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            desk.command(*words), stdin=self.slave, stdout=self.slave, stderr=self.slave, cwd=desk.home,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
            env={**desk.environment, "TERM": term, **(environment or {})})
        desk.processes.append(self.process)
        desk.closers.append(self.close)
        self.output = ""
        self.keys = 0

    def resize(self, width, height):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def read(self):
        while True:
            try:
                self.output += os.read(self.master, 65536).decode(errors="replace")
            except (BlockingIOError, OSError):
                return self.output

    @property
    def screen(self):
        """What was drawn last, without colours; after the program has left its screen, what it wrote there."""
        text = re.split(r"\x1b\[H|\x1b\[\?1049l", self.read())[-1]
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text).replace("\r\n", "\n")

    def sees(self, text):
        assert eventually(f"{text!r} is shown", lambda: text in self.screen), self.screen
        return self.screen

    def types(self, *keys):
        """Types each key once the screen has answered the one before."""
        for key in keys:
            before = len(self.read())
            os.write(self.master, key.encode())
            self.keys += 1
            eventually(f"{key!r} is answered", lambda: len(self.read()) > before or self.process.poll() is not None)

    def ends(self):
        """The exit status, once it is over; the terminal is as it was."""
        eventually("the command has ended", lambda: self.process.poll() is not None)
        wait(0.01)
        self.read()
        assert termios.tcgetattr(self.slave) == self.attributes
        return self.process.returncode

    def close(self):
        for end in (self.master, self.slave):
            os.close(end)
