"""The unit's restrictions hold, and the daemon works under them."""

import json
import pathlib

# What runs under the unit's restrictions tries what they forbid, and says what came of it.
PROBE = r"""
import ctypes, errno, json, mmap, os, pathlib, socket, sys
libc = ctypes.CDLL(None, use_errno=True)

def attempt(action):
    try:
        action()
        return "done"
    except OSError as error:
        return errno.errorcode[error.errno]

def system(name, *arguments):
    ctypes.set_errno(0)
    if getattr(libc, name)(*arguments) == -1:
        raise OSError(ctypes.get_errno(), name)

folder = pathlib.Path(sys.argv[1])
(folder / "file").write_text("")
status = dict(line.split(":\t", 1) for line in open("/proc/self/status").read().splitlines() if ":\t" in line)
json.dump({
    "internet": attempt(lambda: socket.socket(socket.AF_INET)),
    "netlink": attempt(lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)),
    "unix": attempt(lambda: socket.socket(socket.AF_UNIX)),
    "writable code": attempt(lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)),
    "name space": attempt(lambda: system("unshare", 0x10000000)),
    "set-user-id": attempt(lambda: os.chmod(folder / "file", 0o4755)),
    "real time": attempt(lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))),
    "personality": attempt(lambda: system("personality", 8)),
    "mount": attempt(lambda: system("mount", b"none", str(folder).encode(), b"tmpfs", 0, None)),
    "trace": attempt(lambda: system("ptrace", 0, 0, 0, 0)),
    "mode": oct((folder / "file").stat().st_mode & 0o777),
    "core": open("/proc/self/limits").read().split("Max core file size", 1)[1].split()[1],
    "no new privileges": status["NoNewPrivs"], "seccomp": status["Seccomp"],
}, open(folder / "result.json", "w"))
"""


def test_the_restrictions_hold(machine):
    folder = pathlib.Path("/run/user") / machine.uid() / "probe"
    machine.write_as_user(folder / "probe.py", PROBE)
    machine.drop_in(f"[Service]\nExecStartPre=/usr/bin/python3 -sB {folder}/probe.py {folder}\n")
    machine.start()
    result = json.loads((folder / "result.json").read_text())
    assert result == {
        "internet": "EAFNOSUPPORT", "netlink": "EAFNOSUPPORT", "unix": "done", "writable code": "EPERM",
        "name space": "EPERM", "set-user-id": "EPERM", "real time": "EPERM", "personality": "EPERM", "mount": "EPERM",
        "trace": "EPERM", "mode": "0o600", "core": "0", "no new privileges": "1", "seccomp": "2",
    }


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


def test_only_the_person_can_read_the_records(machine):
    machine.start()
    folder = machine.store_path.parent
    assert folder.stat().st_mode & 0o777 == 0o700
    for file in folder.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600, file
        assert str(file.stat().st_uid) == machine.uid()
