"""How much a working week writes to the journal: the real daemon, in compressed time."""
import collections
import json
import re

from desk import ROOT

TRACE = ROOT / "Tests/Traces/working-week.jsonl"
MESSAGE_ID = ROOT / "Sources/NapeDaemon/MessageID.swift"
MOST_A_DAY = 100


def test_a_day_writes_fewer_than_a_hundred_records(desk):
    done = desk.nape("demo", "--trace", TRACE, "--records")
    assert (done.returncode, done.stderr) == (0, "")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    names = {number: name for name, number in re.findall(r'case (\w+) = "(\w+)"', MESSAGE_ID.read_text())}
    days = collections.defaultdict(collections.Counter)
    for record in records:
        days[record["date"]][names[record["MESSAGE_ID"]]] += 1
    for date, counts in sorted(days.items()):
        # A start, a stop and settings that are loaded come to it where the session ends with the day.
        print(date, sum(counts.values()), dict(counts))
    assert [date for date in sorted(days)] == [f"2026-03-0{day}" for day in range(2, 7)]
    for date, counts in days.items():
        assert sum(counts.values()) + 3 < MOST_A_DAY, (date, counts)
        # It is a day with prompts, and each has its end.
        assert 10 <= counts["promptPosted"] == counts["promptEnded"], (date, counts)
    assert {name for counts in days.values() for name in counts} <= {"promptPosted", "promptEnded", "advised"}
    assert {record["PRIORITY"] for record in records} <= {"5", "6"}


def test_records_show_nothing_and_are_the_same_on_every_desktop(desk):
    def records(**options):
        done = desk.nape("demo", "--records", **options)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    alone = records()
    server = desk.notification_server(capabilities=("body",))
    assert records() == alone
    assert records(environment={"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus"}) == alone
    assert server.notified == [] and len(alone.splitlines()) > 10
