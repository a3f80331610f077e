#!/usr/bin/python3
"""review.py [--nape PROGRAM]: nape review over a store of ten years.

The store has 130,000 spans, 1,000 headaches with fields, medicines and desk contexts, a word on every day, prompts and
exercises; it is made by SQL into the tables that nape has made. Told are the best and the median time of some runs, start of
the program included, and its peak memory.
"""
import argparse
import contextlib
import datetime
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
BUILT = os.path.join(os.path.dirname(os.path.dirname(HERE)), ".build", "release")
YEARS = 10
SPANS, EPISODES = 130_000, 1_000
RUNS = 7
SECOND, MINUTE, HOUR, DAY = 1_000_000, 60_000_000, 3_600_000_000, 86_400_000_000
OFFSET = 3600


def spans(days, midnight, dice):
    """A row a span: bouts and breaks from eight on, then away until the next morning."""
    number, working = 0, [day for day in range(days) if day % 7 < 5]
    pairs = SPANS // len(working) // 2
    for day in working:
        at = midnight + day * DAY + 8 * HOUR
        for pair in range(pairs):
            for kind, evidence, length in (
                ("sitting", "input", dice.randint(5, 30) * MINUTE),
                ("away", "idle", dice.randint(2, 8) * MINUTE),
            ):
                if pair == pairs - 1 and kind == "away":
                    length = midnight + (day + (3 if day % 7 == 4 else 1)) * DAY + 8 * HOUR - at
                number += 1
                boot = f"{day // 3:08x}-0000-4000-8000-000000000000"
                yield number, uuid.UUID(int=number).bytes, kind, evidence, at, OFFSET, boot, at, length
                at += length


def fill(path, today, dice):
    days = YEARS * 365
    first = (today - datetime.date(1970, 1, 1)).days - days
    midnight = first * DAY - OFFSET * SECOND
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM episode")
        database.executemany("INSERT INTO span VALUES (?,?,?,?,?,?,?,?,?)", spans(days, midnight, dice))
        prompts = [
            (day * 10 + place, dice.choice(["move", "exercise", "posture"]), midnight + day * DAY + (9 + place) * HOUR,
             OFFSET, 50 * MINUTE, dice.choice(["taken", "expired", "done"]),
             midnight + day * DAY + (9 + place) * HOUR + 5 * MINUTE)
            for day in range(days) if day % 7 < 5 for place in range(8)
        ]
        database.executemany("INSERT INTO prompt VALUES (?,?,?,?,?,?,?)", prompts)
        database.executemany(
            "INSERT INTO exercise_done VALUES (?,?,?,?,?,?,?,?)",
            [(uuid.UUID(int=1 << 64 | index).bytes, "E03", 1, midnight + index // 4 * DAY + (10 + index % 4) * HOUR,
              OFFSET, None, "command-line", midnight + index // 4 * DAY + 18 * HOUR) for index in range(4 * days)])
        database.executemany(
            "INSERT INTO day VALUES (?,?,?,?,?)",
            [(first + day, "none", midnight + day * DAY + 17 * HOUR, OFFSET, "notification") for day in range(days)])
        for number, day in enumerate(sorted(dice.sample(range(days), EPISODES))):
            name, onset = uuid.UUID(int=2 << 64 | number).bytes, midnight + day * DAY + dice.randint(9, 18) * HOUR
            database.execute(
                "INSERT INTO episode VALUES (?,?,?,'exact','ended',?,?,?,?,'command-line',NULL,NULL,0)",
                (name, onset, OFFSET, onset + 3 * HOUR, OFFSET, onset + HOUR, OFFSET))
            fields = {"peak_nrs": str(dice.randint(1, 9)), "side": "right", "neck_with": "yes", "nausea": "no", "note": "x" * 80}
            database.executemany(
                "INSERT INTO episode_field VALUES (?,?,?)", [(name, field, value) for field, value in fields.items()])
            database.execute(
                "INSERT INTO medicine VALUES (?,0,?,?,'ibuprofen','simple','400 mg','yes')", (name, onset + HOUR, OFFSET))
            database.execute(
                "INSERT INTO desk_context VALUES (?,0,?,0,?,0,?,0,NULL,0,0,'afternoon',1)",
                (name, 60 * MINUTE, 120 * MINUTE, 240 * MINUTE))


def measure(command, environment):
    """The best and the median time in ms, and the peak memory in MiB."""
    times, peak = [], 0
    for _ in range(RUNS):
        begin = time.monotonic()
        program = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
        times.append((time.monotonic() - begin) * 1000)
        if program.returncode:
            raise SystemExit(f"{command} failed")
        peak = max(peak, used.ru_maxrss / 1024)
    return min(times), statistics.median(times), peak


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nape", default=os.path.join(BUILT, "nape"))
    nape = parser.parse_args().nape
    with tempfile.TemporaryDirectory(prefix="nape-bench-") as folder:
        environment = {
            "HOME": folder, "XDG_DATA_HOME": folder, "PATH": os.environ["PATH"], "TZ": "<+01>-1", "LANG": "C.UTF-8"}
        subprocess.check_call([nape, "headache", "3"], env=environment, stdout=subprocess.DEVNULL)
        store = os.path.join(folder, "nape", "nape.db")
        fill(store, datetime.date.today(), random.Random(1))
        with contextlib.closing(sqlite3.connect(store)) as database:
            count = [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("span", "episode")]
        print(f"a store of {YEARS} years: {count[0]} spans, {count[1]} headaches, "
              f"{os.path.getsize(store) / 1048576:.0f} MiB; best and median of {RUNS}")
        for name, words in (
            ("4 weeks", []), ("a year", ["--weeks", "52"]), ("10 years", ["--weeks", "520"]),
            ("10 years as JSON", ["--weeks", "520", "--json"]),
        ):
            best, median, peak = measure([nape, "review", *words], environment)
            print(f"nape review, {name:18}{best:7.0f} ms{median:7.0f} ms{peak:7.1f} MiB")
        export = os.path.join(folder, "review.json")
        with open(export, "w") as file:
            subprocess.check_call([nape, "review", "--weeks", "520", "--json"], env=environment, stdout=file)
        best, median, peak = measure([nape, "review", export, export], environment)
        print(f"nape review FILE FILE, 10 years {best:6.0f} ms{median:7.0f} ms{peak:7.1f} MiB "
              f"(of {os.path.getsize(export) / 1048576:.0f} MiB)")


if __name__ == "__main__":
    sys.exit(main())
