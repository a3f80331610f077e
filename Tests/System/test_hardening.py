"""The unit's restrictions hold, each of them and for its own reason; naped works under them, and confines itself."""

import json
import os
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Support"))

from inside import Inside  # noqa: E402

UNIT = pathlib.Path("/usr/lib/systemd/user/nape.service")
NAMESPACES = pathlib.Path("/usr/share/doc/nape/50-namespaces.conf")
UNCONFINED = "3d7f0b5c91e84a26b3f6a8d2c4e17059"
DEGRADED = "5f2a8c3d7e914b06a4c8d1e0f3b7925a"

# What runs under restrictions tries what they forbid, each in a process of its own, and says what came of it.
PROBE = r"""
import ctypes, errno, json, mmap, os, pathlib, resource, signal, socket, subprocess, sys
libc = ctypes.CDLL(None, use_errno=True)
folder = pathlib.Path(sys.argv[1])

def system(name, *arguments):
    ctypes.set_errno(0)
    answer = getattr(libc, name)(*arguments)
    if answer == -1:
        raise OSError(ctypes.get_errno(), name)
    return answer

def mode():
    path = folder / f"mode-{os.getpid()}"
    path.write_text("")
    return oct(path.stat().st_mode & 0o777)

def set_user_id():
    path = folder / f"set-{os.getpid()}"
    path.write_text("")
    os.chmod(path, 0o4755)

def rights():
    shown = subprocess.check_output(["/usr/local/bin/rooted-id"])
    return "root" if b"euid=0" in shown else "not root"

def write(path):
    path = pathlib.Path(path) / f"probe-{os.getpid()}"
    path.write_text("")
    path.unlink()

ATTEMPTS = {
    "a file's mode": mode,
    "core file": lambda: resource.getrlimit(resource.RLIMIT_CORE)[1],
    "a set-user-id program": rights,
    "personality": lambda: system("personality", 8),
    "writable code": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC),
    # Without parameters: whoever may not is told so before they are looked at.
    "real time": lambda: system("sched_setscheduler", 0, os.SCHED_FIFO, None),
    "set-user-id": set_user_id,
    "name space": lambda: system("unshare", 0x10000000),
    "internet": lambda: socket.socket(socket.AF_INET),
    "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "unix": lambda: socket.socket(socket.AF_UNIX),
    # getpid of the x32 ABI.
    "another ABI": lambda: system("syscall", 0x40000000 | 39),
    "trace": lambda: system("ptrace", 0, 0, 0, 0),
    "priority": lambda: os.setpriority(os.PRIO_PROCESS, 0, 5),
    "landlock": lambda: "known" if system("syscall", 444, None, 0, 1) > 0 else "unknown",
    "write in the home": lambda: write(os.environ["HOME"]),
    "write to the record": lambda: write(os.environ["HOME"] + "/.local/share/nape"),
    "write to /tmp": lambda: write("/tmp"),
    "write to /sys": lambda: open("/sys/kernel/profiling", "w"),
    "owner of /etc": lambda: os.stat("/etc").st_uid,
}

def attempt(action):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            value = action()
            answer = value if isinstance(value, (str, int)) and value != 0 else "done"
        except OSError as error:
            answer = errno.errorcode[error.errno]
        os.write(writing, str(answer).encode())
        os._exit(0)
    os.close(writing)
    answer = os.read(reading, 100).decode()
    os.close(reading)
    status = os.waitpid(child, 0)[1]
    return signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else answer

json.dump({name: attempt(action) for name, action in ATTEMPTS.items()}, open(sys.argv[2], "w"))
"""

FILTER = "SystemCallFilter=@system-service"
NO_PRIVILEGES = "SystemCallFilter=~@privileged @resources"
LANDLOCK = "SystemCallFilter=landlock_create_ruleset landlock_add_rule landlock_restrict_self"
ERROR = "SystemCallErrorNumber=EPERM"

# Each line of the unit's block: what has to stand beside it, what is tried, what comes of it without the line and with.
PROOFS = {
    "UMask=0077": ([], "a file's mode", "0o644", "0o600"),
    "LimitCORE=0": ([], "core file", "-1", "done"),
    "NoNewPrivileges=yes": ([], "a set-user-id program", "root", "not root"),
    "LockPersonality=yes": ([], "personality", "done", "EPERM"),
    "MemoryDenyWriteExecute=yes": ([], "writable code", "done", "EPERM"),
    "RestrictRealtime=yes": ([], "real time", "EINVAL", "EPERM"),
    "RestrictSUIDSGID=yes": ([], "set-user-id", "done", "EPERM"),
    "RestrictNamespaces=yes": ([], "name space", "done", "EPERM"),
    "RestrictAddressFamilies=AF_UNIX": ([], "internet", "done", "EAFNOSUPPORT"),
    "SystemCallArchitectures=native": ([], "another ABI", "ENOSYS", "SIGSYS"),
    FILTER: ([ERROR], "trace", "done", "EPERM"),
    NO_PRIVILEGES: ([FILTER, ERROR], "priority", "done", "EPERM"),
    LANDLOCK: ([FILTER, NO_PRIVILEGES, ERROR], "landlock", "EPERM", "known"),
    ERROR: (["SystemCallFilter=~ptrace"], "trace", "SIGSYS", "EPERM"),
}


def hardening():
    """The lines of the installed unit's block."""
    block = UNIT.read_text().split("\n# Hardening:", 1)[1].split("\n", 1)[1].split("[Install]", 1)[0]
    return [line for line in block.splitlines() if line and not line.startswith("#")]


class Prober:
    """Runs the probe under some lines of a unit; each set of lines once."""

    def __init__(self, machine):
        self.machine = machine
        self.folder = pathlib.Path("/run/user") / machine.uid() / "probe"
        machine.write_as_user(self.folder / "probe.py", PROBE)
        shutil.copy("/usr/bin/id", "/usr/local/bin/rooted-id")
        os.chmod("/usr/local/bin/rooted-id", 0o4755)
        self.command = f"/usr/bin/python3 -sB {self.folder}/probe.py {self.folder}"

    def under(self, sets):
        """Results by set of lines."""
        names = {lines: f"probe-{number}" for number, lines in enumerate(dict.fromkeys(sets))}
        for lines, name in names.items():
            start = f"ExecStart={self.command} {self.folder}/{name}.json"
            text = "\n".join(["[Service]", "Type=oneshot", start, *lines, ""])
            pathlib.Path(f"/etc/systemd/user/{name}.service").write_text(text)
        self.machine.systemctl("daemon-reload")
        self.machine.systemctl("start", *names.values())
        return {lines: self.result(name) for lines, name in names.items()}

    def under_the_unit(self):
        """Before the daemon, as part of its service; the results can be written, whatever is protected."""
        self.machine.drop_in(
            f"[Service]\nExecStartPre={self.command} {self.folder}/unit.json\nReadWritePaths={self.folder}\n")
        self.machine.start()
        return self.result("unit")

    def result(self, name):
        return json.loads((self.folder / f"{name}.json").read_text())


def test_every_line_of_the_block_holds(machine):
    lines = hardening()
    assert sorted(lines) == sorted(PROOFS), "a line of the unit's block has no proof, or a proof no line"
    # In the unit's order, which counts among filters.
    def ordered(some):
        return tuple(sorted(some, key=lambda line: lines.index(line) if line in lines else -1))
    prober = Prober(machine)
    results = prober.under(
        found for line, (beside, *_) in PROOFS.items() for found in (ordered(beside), ordered([*beside, line])))
    together = prober.under_the_unit()
    for line, (beside, what, without, with_it) in PROOFS.items():
        found = (results[ordered(beside)][what], results[ordered([*beside, line])][what], together[what])
        assert found == (without, with_it, with_it), line
    # What is to work does.
    assert (together["unix"], together["netlink"]) == ("done", "EAFNOSUPPORT")


def test_the_score_is_what_it_was(machine):
    """It counts what is asked for, and what the block asks for is proved above."""
    done = machine.as_user(
        "systemd-analyze", "--user", "security", "--offline=true", "--no-pager", "--threshold=65", UNIT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_daemon_works_under_them(machine):
    machine.start()
    process = machine.main_pid()
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    assert "NoNewPrivs:\t1\n" in status
    assert "Seccomp:\t2\n" in status
    assert f"Uid:\t{machine.uid()}\t" in status
    # All of its parts: an idle source, logind, the store, the journal, a reload.
    machine.sit_down()
    machine.lock(True)
    machine.until_sitting("away", "locked")
    machine.systemctl("reload", "nape")
    assert machine.kinds()[-1] == ("sitting", "input")
    assert machine.main_pid() == process
    # Nothing that it does is caught by the filter and merely goes unnoticed.
    assert machine.property("Daemon", "Problems") == []
    assert machine.journal(f"MESSAGE_ID={UNCONFINED}") == []


def test_the_daemon_itself_is_refused_what_it_does_not_need(machine):
    key, note = machine.home / ".ssh/id_ed25519", machine.home / ".config/other/token"
    for path in (key, note):
        machine.write_as_user(path, "private\n")
    machine.start()
    inside = Inside(machine.main_pid())
    for path in (key, note):
        assert machine.as_user("cat", path).stdout == "private\n"
        assert inside.opens(path) == "EACCES"
    assert inside.opens(machine.home, os.O_RDONLY | os.O_DIRECTORY) == "EACCES"
    assert inside.opens(machine.home / "new", os.O_WRONLY | os.O_CREAT) == "EACCES"
    assert inside.opens(machine.settings_path.parent / "nape.toml", os.O_WRONLY | os.O_CREAT) == "EACCES"
    assert inside.opens("/tmp/new", os.O_WRONLY | os.O_CREAT) == "EACCES"
    assert inside.opens(machine.store_path, os.O_RDWR) == "open"
    assert inside.call("execve", b"/usr/bin/true", 0, 0) == "EACCES"
    # Its neighbour, which its person may end.
    neighbour = int(machine.as_user("systemctl", "--user", "show", "dbus", "-p", "MainPID", "--value").stdout)
    machine.as_user("kill", "-0", neighbour)
    assert inside.call("kill", neighbour, 0) == "EPERM"
    assert inside.call("socket", 2, 1, 0) == "EAFNOSUPPORT"
    assert inside.call("ptrace", 0, 0, 0, 0) == "EPERM"
    assert inside.call("mmap", 0, 4096, 7, 0x22, -1, 0) == "EPERM"
    # It goes on as if nothing had been.
    machine.sit_down()
    assert machine.property("Daemon", "Problems") == []


def test_what_comes_later_is_seen(machine):
    assert not pathlib.Path("/etc/nape").exists()
    machine.start()
    process = machine.main_pid()
    machine.sit_down()
    # An administrator's settings, in a folder that was not there.
    pathlib.Path("/etc/nape").mkdir()
    pathlib.Path("/etc/nape/nape.toml").write_text(
        '[prompts]\ncheckin.enabled = false\nposture.enabled = false\nmove.after = "44min"\n')
    machine.systemctl("reload", "nape")
    assert "prompts.move.after is 44 min (/etc/nape/nape.toml:4)" in machine.as_user("nape", "why").stdout
    # A journey.
    for zone, offset in (("Asia/Tokyo", "+09:00"), ("America/New_York", ("-05:00", "-04:00"))):
        pathlib.Path("/etc/localtime.new").symlink_to(f"/usr/share/zoneinfo/{zone}")
        os.replace("/etc/localtime.new", "/etc/localtime")
        machine.as_user("nape", "standing")
        machine.as_user("nape", "sitting")
        machine.until("the zone is taken up", lambda: machine.unit("StatusText").split(";")[0].endswith(offset))
    assert machine.main_pid() == process
    assert machine.property("Daemon", "Problems") == []


def test_a_filter_in_the_way_of_landlock_is_told(machine):
    machine.drop_in("[Service]\nSystemCallFilter=~landlock_restrict_self\n")
    machine.start()
    told, = machine.property("Daemon", "Problems")[-1:]
    assert told.startswith("naped could not confine itself to its own files (Operation not permitted)")
    entries = [entry for entry in machine.journal(f"MESSAGE_ID={DEGRADED}") if entry["MESSAGE"] == told]
    assert [entry["PRIORITY"] for entry in entries] == ["4"]
    assert machine.unit("StatusText").endswith("; degraded")


def test_a_kernel_without_landlock_is_said_once(machine):
    machine.drop_in("[Service]\nSystemCallFilter=~landlock_create_ruleset:ENOSYS\n")
    machine.start()
    machine.sit_down()
    entry, = machine.journal(f"MESSAGE_ID={UNCONFINED}")
    assert entry["PRIORITY"] == "5"
    assert machine.property("Daemon", "Problems") == []


def test_a_new_cookie_is_taken_in_by_a_restart_of_its_own(machine):
    """Somebody types startx where naped has run for a while."""
    pathlib.Path("/tmp/.X11-unix").mkdir(mode=0o1777, exist_ok=True)
    machine.write_as_user(machine.home / ".Xauthority", "")
    machine.leave_under_linger()
    machine.start()
    before = machine.main_pid()
    # As the desktop's start does it; the socket is what naped notices.
    machine.systemctl("set-environment", "DISPLAY=:7", f"XAUTHORITY={machine.home}/.Xauthority")
    machine.start_x_server(":7")
    after = machine.restarted(after=before)
    machine.until("x11 is the source", lambda: machine.property("Sitting", "Source") == "x11")
    assert machine.property("Daemon", "Problems") == []
    # Once, and not because it had failed.
    assert (machine.main_pid(), machine.unit("NRestarts"), machine.unit("Result")) == (after, "0", "success")


def test_name_spaces_can_be_had_beside(machine):
    machine.start()
    machine.systemctl("stop", "nape")
    manager = machine.as_user("pgrep", "-u", machine.uid(), "-x", "systemd").stdout.split()[0]
    prober = Prober(machine)
    without = prober.under_the_unit()
    assert os.readlink(f"/proc/{machine.main_pid()}/ns/mnt") == os.readlink(f"/proc/{manager}/ns/mnt")
    machine.systemctl("stop", "nape")
    shutil.copy(NAMESPACES, "/etc/systemd/user/nape.service.d/")
    with_them = prober.under_the_unit()
    for space in ("mnt", "user", "uts"):
        assert os.readlink(f"/proc/{machine.main_pid()}/ns/{space}") != os.readlink(f"/proc/1/ns/{space}"), space
    what = ("write in the home", "write to /tmp", "owner of /etc", "write to the record")
    assert [without[one] for one in what] == ["done", "done", "done", "done"]
    assert [with_them[one] for one in what] == ["EROFS", "EROFS", "65534", "done"]
    machine.sit_down()
    machine.lock(True)
    machine.until_sitting("away", "locked")
    assert machine.property("Daemon", "Problems") == []


def test_only_the_person_can_read_the_records(machine):
    machine.start()
    folder = machine.store_path.parent
    assert folder.stat().st_mode & 0o777 == 0o700
    for file in folder.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600, file
        assert str(file.stat().st_uid) == machine.uid()
