#!/usr/bin/python3
"""day.py [--days N]: working days of the real daemon in compressed time, and what they cost it.

naped runs under clockjump with a real mutter, a mocked logind and the shipped settings: eight hours with a break by the lock
after each 50 minutes and an hour of lunch, prompts that nobody answers, and a night of sleep. Its clocks go on by steps of
at most five minutes, about a third of a second each. Counted are the main thread's voluntary context switches (what wakes it),
what it had written to the disk, and what the store grew by. Needs what `make test` needs.
"""
import argparse
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Integration"))

from clocks import Clocks  # noqa: E402
from desk import Desk  # noqa: E402
from waiting import eventually, wait  # noqa: E402

STEP = 300


class Cost:
    def __init__(self, desk, pid):
        self.desk, self.pid = desk, pid

    def wakeups(self):
        status = pathlib.Path(f"/proc/{self.pid}/task/{self.pid}/status").read_text()
        return int(status.split("\nvoluntary_ctxt_switches:")[1].split()[0])

    def written(self):
        return int(pathlib.Path(f"/proc/{self.pid}/io").read_text().split("\nwrite_bytes:")[1].split()[0])

    def store(self):
        return sum(os.path.getsize(path) for path in self.desk.store.parent.iterdir())

    def read(self):
        return self.wakeups(), self.written(), self.store()


def pass_time(clocks, mutter, seconds, types):
    while seconds > 0:
        step = min(STEP, seconds)
        if types:
            mutter.press()
        clocks.go_on(step)
        wait(0.3)
        seconds -= step


def working_day(desk, clocks, mutter, daemon):
    for part in (4, 4):
        for _ in range(part):
            mutter.sit_down(daemon)
            pass_time(clocks, mutter, 50 * 60, types=True)
            desk.logind.set(LockedHint=True)
            daemon.wait_state("away/locked")
            pass_time(clocks, mutter, 10 * 60, types=False)
            desk.logind.set(LockedHint=False)
        desk.logind.set(LockedHint=True)
        pass_time(clocks, mutter, 3600, types=False)
        desk.logind.set(LockedHint=False)


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--days", type=int, default=1)
    days = options.parse_args().days
    desk = Desk()
    try:
        desk.start_logind()
        clocks = Clocks(desk)
        mutter, server = desk.mutter(), desk.notification_server()
        daemon = desk.naped("", environment=clocks.environment)
        mutter.sit_down(daemon)
        cost = Cost(desk, daemon.process.pid)
        print("day  hours  wake-ups/min  written KiB/h  store +KiB  spans  prompts")
        for day in range(1, days + 1):
            before = cost.read()
            spans, prompts = len(desk.spans()), len(desk.prompts())
            working_day(desk, clocks, mutter, daemon)
            after = cost.read()
            wakeups, written, grown = (later - earlier for later, earlier in zip(after, before))
            print(
                f"{day:3}  {10:5}  {wakeups / 600:12.2f}  {written / 1024 / 10:13.1f}  {grown / 1024:10.1f}"
                f"  {len(desk.spans()) - spans:5}  {len(desk.prompts()) - prompts:7}", flush=True)
            desk.logind.prepare_for_sleep(True)
            daemon.wait_state("away/suspended")
            clocks.sleep(14 * 3600)
            desk.logind.prepare_for_sleep(False)
            eventually("it is awake", lambda: daemon.state != "away/suspended")
        assert daemon.stop() == 0
        assert server.notified
        print(f"store after the stop, its log merged: {cost.store() / 1024:.0f} KiB")
        desk.assert_ledger_is_whole()
    finally:
        desk.close()


main()
