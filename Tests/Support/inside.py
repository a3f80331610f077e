"""System calls made by another process, as the kernel answers them there: what confines it is asked itself.

The process is stopped where it waits in a system call, made to do another one by ptrace(2), and goes on as if nothing
had been. For processes of one thread, on x86-64; the caller needs the right to trace it.
"""
import contextlib
import ctypes
import errno
import os
import signal
import time

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.ptrace.restype = ctypes.c_long
LIBC.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]

SINGLESTEP, GETREGS, SETREGS, DETACH, SEIZE, INTERRUPT = 9, 12, 13, 17, 0x4206, 0x4207
# What a waiting process stands behind, and is set back to.
SYSCALL_INSTRUCTION = b"\x0f\x05"
NUMBERS = {
    "close": 3, "mmap": 9, "socket": 41, "connect": 42, "execve": 59, "kill": 62, "rename": 82, "mkdir": 83,
    "unlink": 87, "symlink": 88, "ptrace": 101, "openat": 257,
}
AT_FDCWD = -100
# Below what the process has on its stack, and where it may write without saying so.
DISTANCE = 4096
# How long a process may go on working, in seconds.
PATIENCE = 20


class Registers(ctypes.Structure):
    """`struct user_regs_struct` of sys/user.h."""
    _fields_ = [(name, ctypes.c_ulonglong) for name in (
        "r15 r14 r13 r12 rbp rbx r11 r10 r9 r8 rax rcx rdx rsi rdi orig_rax rip cs eflags rsp ss fs_base gs_base "
        "ds es fs gs").split()]


def _ptrace(request, pid, data=None):
    if LIBC.ptrace(request, pid, None, data) == -1:
        code = ctypes.get_errno()
        raise OSError(code, f"ptrace {request:#x}: {os.strerror(code)}")


def _await_stop(pid):
    _, status = os.waitpid(pid, getattr(os, "WALL", 0x40000000))
    assert os.WIFSTOPPED(status), f"the process has ended: {status}"
    return os.WSTOPSIG(status)


class Inside:
    """Calls return what the kernel answered: a number from 0, or the name of an error."""

    def __init__(self, pid):
        assert os.uname().machine == "x86_64", "the registers of another machine have other names"
        assert len(os.listdir(f"/proc/{pid}/task")) == 1, "what confines one thread says nothing of others"
        self.pid = pid

    @staticmethod
    def _waits(registers, memory):
        memory.seek(registers.rip - 2)
        return memory.read(2) == SYSCALL_INSTRUCTION

    def call(self, name, *arguments):
        """Numbers as they are; bytes are handed over by their address."""
        end = time.monotonic() + PATIENCE
        # One that has something to do is not disturbed.
        while "S (sleeping)" not in open(f"/proc/{self.pid}/status").read():
            assert time.monotonic() < end, "it does not come to rest"
            time.sleep(0.01)
        _ptrace(SEIZE, self.pid)
        _ptrace(INTERRUPT, self.pid)
        try:
            _await_stop(self.pid)
            before = Registers()
            _ptrace(GETREGS, self.pid, ctypes.addressof(before))
            with open(f"/proc/{self.pid}/mem", "r+b", buffering=0) as memory:
                assert self._waits(before, memory), "it does not wait in a system call"
                try:
                    return self._call(before, memory, NUMBERS[name], arguments)
                finally:
                    _ptrace(SETREGS, self.pid, ctypes.addressof(before))
        finally:
            with contextlib.suppress(ProcessLookupError):
                _ptrace(DETACH, self.pid)

    def _call(self, before, memory, number, arguments):
        registers = Registers.from_buffer_copy(before)
        place = before.rsp - DISTANCE
        values = []
        for argument in arguments:
            if isinstance(argument, bytes):
                memory.seek(place)
                memory.write(argument + b"\0")
                values.append(place)
                place += (len(argument) + 16) // 16 * 16
            else:
                values.append(argument & 0xFFFFFFFFFFFFFFFF)
        registers.rax = number
        # No system call that is to be begun again.
        registers.orig_rax = 0xFFFFFFFFFFFFFFFF
        registers.rip = before.rip - 2
        for field, value in zip(("rdi", "rsi", "rdx", "r10", "r8", "r9"), values):
            setattr(registers, field, value)
        _ptrace(SETREGS, self.pid, ctypes.addressof(registers))
        _ptrace(SINGLESTEP, self.pid)
        stop = _await_stop(self.pid)
        assert stop == signal.SIGTRAP, f"stopped by {signal.Signals(stop).name}"
        _ptrace(GETREGS, self.pid, ctypes.addressof(registers))
        answer = ctypes.c_longlong(registers.rax).value
        return answer if answer >= 0 else errno.errorcode[-answer]

    def opens(self, path, flags=os.O_RDONLY, mode=0o600):
        """`open`, or the name of the error; what is opened is closed again."""
        answer = self.call("openat", AT_FDCWD, os.fsencode(str(path)), flags | os.O_CLOEXEC, mode)
        if isinstance(answer, str):
            return answer
        assert self.call("close", answer) == 0
        return "open"
