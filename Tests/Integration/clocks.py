"""Clocks that jump under a running program: clockjump, see Tests/Support."""
import subprocess

from desk import SUPPORT


class Clocks:
    """The clocks of what is started with `environment`."""

    def __init__(self, desk):
        library = desk.home / "clockjump.so"
        subprocess.run(
            ["cc", "-O1", "-shared", "-fPIC", "-o", library, SUPPORT / "clockjump.c", "-ldl", "-lpthread"], check=True)
        self.offsets = desk.home / "clock"
        self.offsets.write_bytes(bytes(32))
        self.environment = {"LD_PRELOAD": str(library), "CLOCKJUMP_FILE": str(self.offsets)}

    def jump(self, wall=0, monotonic=0, boot=0):
        """Seconds."""
        subprocess.run(
            ["/usr/bin/python3", SUPPORT / "clockjump", self.offsets, *(str(1000 * one) for one in (wall, monotonic, boot))],
            check=True)

    def sleep(self, seconds):
        """The machine sleeps, and nobody says so."""
        self.jump(wall=seconds, boot=seconds)

    def go_on(self, seconds):
        """Time passes, for the program alone."""
        self.jump(wall=seconds, monotonic=seconds, boot=seconds)
