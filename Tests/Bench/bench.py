#!/usr/bin/python3
"""bench.py [--window SECONDS]: what naped costs, beside the floor, in one run.

The floor (floor.c) is a C program that holds a bus connection, a 30 s timer and an open database, and does nothing else.
Both run at once on one private bus, with mutter headless for the idle time and a key every half second from its remote
desktop in the first window; nobody is there in the second. Figures are for one machine and one run: read ratios.
Needs dbus-daemon, mutter, gcc, libsystemd-dev, libsqlite3-dev, python3-dbus.
"""
import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import dbus

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILT = os.path.join(ROOT, ".build", "release")
STARTS = 10
# naped's presence rules with their real lengths would need an hour; what is measured does not depend on them.
READY_LIMIT = 10


def run_bus(folder):
    config = os.path.join(ROOT, "Tests", "Support", "bare-bus.conf")
    bus = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return bus, bus.stdout.readline().strip()


def start(command, environment):
    """Starts a program and returns it with the milliseconds to READY=1."""
    path = os.path.join(environment["HOME"], f"notify-{time.monotonic_ns()}")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.bind(path)
        notify.settimeout(READY_LIMIT)
        begin = time.monotonic_ns()
        program = subprocess.Popen(command, env={**environment, "NOTIFY_SOCKET": path}, stderr=subprocess.DEVNULL)
        while b"READY=1" not in notify.recv(4096):
            pass
        return program, (time.monotonic_ns() - begin) / 1e6


def stop(program):
    program.send_signal(signal.SIGTERM)
    program.wait(10)


def memory(pid):
    """Resident and private dirty memory, in MiB."""
    figures = {}
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        for line in rollup:
            name, _, rest = line.partition(":")
            figures[name] = rest
    return [int(figures[name].split()[0]) / 1024 for name in ("Rss", "Private_Dirty")]


def threads(pid):
    return len(os.listdir(f"/proc/{pid}/task"))


def switches(pid):
    """Voluntary context switches of all threads: one a wake-up, and one a wait for the disk."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/status") as status:
            total += sum(int(line.split()[1]) for line in status if line.startswith("voluntary_ctxt"))
    return total


def cpu(pid):
    """Run time of all threads, in seconds."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/schedstat") as schedstat:
            total += int(schedstat.read().split()[0])
    return total / 1e9


class Keyboard:
    """A person at mutter's keyboard."""

    def __init__(self, address):
        bus = dbus.bus.BusConnection(address)
        for _ in range(200):
            if bus.name_has_owner("org.gnome.Mutter.RemoteDesktop"):
                break
            time.sleep(0.05)
        remote = bus.get_object("org.gnome.Mutter.RemoteDesktop", "/org/gnome/Mutter/RemoteDesktop")
        path = dbus.Interface(remote, "org.gnome.Mutter.RemoteDesktop").CreateSession()
        session = bus.get_object("org.gnome.Mutter.RemoteDesktop", path)
        self.session = dbus.Interface(session, "org.gnome.Mutter.RemoteDesktop.Session")
        self.session.Start()

    def press(self):
        for down in (True, False):
            self.session.NotifyKeyboardKeycode(dbus.UInt32(42), down)


def window(seconds, programs, keyboard=None):
    """Voluntary switches a minute and CPU seconds an hour of each program over a window."""
    before = [(switches(p.pid), cpu(p.pid)) for p in programs]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if keyboard:
            keyboard.press()
        time.sleep(0.5)
    after = [(switches(p.pid), cpu(p.pid)) for p in programs]
    return [((a[0] - b[0]) * 60 / seconds, (a[1] - b[1]) * 3600 / seconds) for a, b in zip(after, before)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--window", type=int, default=120, help="seconds of each window (default: 120)")
    seconds = parser.parse_args().window
    with tempfile.TemporaryDirectory(prefix="nape-bench-") as folder:
        os.chmod(folder, 0o700)
        floor = os.path.join(folder, "floor")
        flags = subprocess.check_output(["pkg-config", "--cflags", "--libs", "libsystemd", "sqlite3"], text=True)
        subprocess.check_call(["gcc", "-O2", "-o", floor, os.path.join(HERE, "floor.c"), *flags.split()])
        # Pages of a file that is not written back yet count as private dirty.
        os.sync()
        bus, address = run_bus(folder)
        environment = {
            "HOME": folder, "PATH": os.environ["PATH"], "XDG_RUNTIME_DIR": folder, "XDG_DATA_HOME": folder + "/data",
            "XDG_CONFIG_HOME": folder + "/config", "DBUS_SESSION_BUS_ADDRESS": address,
            "DBUS_SYSTEM_BUS_ADDRESS": address, "GSETTINGS_BACKEND": "memory", "GIO_USE_VFS": "local",
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        mutter = subprocess.Popen(
            ["mutter", "--headless", "--virtual-monitor", "1280x720", "--no-x11"], env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            commands = [[os.path.join(BUILT, "naped")], [floor, os.path.join(folder, "floor.db")]]
            keyboard = Keyboard(address)
            ready = []
            for command in commands:
                times = []
                for _ in range(STARTS):
                    program, milliseconds = start(command, environment)
                    times.append(milliseconds)
                    stop(program)
                ready.append(statistics.median(times))
            programs = [start(command, environment)[0] for command in commands]
            # Somebody comes back: the source is found and the return is confirmed.
            window(5, programs, keyboard)
            typing = window(seconds, programs, keyboard)
            count = [threads(p.pid) for p in programs]
            # Nobody is there: from the last key on, until that is decided.
            time.sleep(3)
            away = window(seconds, programs)
            figures = [memory(p.pid) for p in programs]
            for program in programs:
                stop(program)
        finally:
            mutter.kill()
            bus.kill()
        sizes = [os.path.getsize(os.path.join(BUILT, name)) / 1048576 for name in ("naped", "nape")]
        rows = [
            ("resident MiB", [f[0] for f in figures]),
            ("private dirty MiB", [f[1] for f in figures]),
            ("threads", count),
            ("voluntary switches a minute, typing", [t[0] for t in typing]),
            ("voluntary switches a minute, nobody there", [a[0] for a in away]),
            ("CPU s an hour, typing", [t[1] for t in typing]),
            ("start to READY=1, ms (median of %d)" % STARTS, ready),
            ("binaries MiB (naped + nape = %.1f)" % sum(sizes), [sizes[0], os.path.getsize(floor) / 1048576]),
        ]
        print(f"windows of {seconds} s; a key every 0.5 s in the first")
        print(f"{'':42}{'naped':>9}{'floor':>9}{'ratio':>9}")
        for name, (ours, theirs) in rows:
            ratio = f"{ours / theirs:9.2f}" if theirs else f"{'–':>9}"
            print(f"{name:42}{ours:9.2f}{theirs:9.2f}{ratio}")


if __name__ == "__main__":
    sys.exit(main())
