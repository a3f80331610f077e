#!/usr/bin/env python3
"""Makes the invented persons of this folder: NAME.jsonl, a trace of the desk, and NAME.json, a diary.

    make-persons.py NAPE

NAPE is the program, which tells when the prompts come that are answered. The same seed gives the same bytes. Nobody here
exists; what an expert expects of their pages is in Tests/Integration/test_review.py.
"""

import datetime
import json
import pathlib
import random
import subprocess
import sys
import uuid

HERE = pathlib.Path(__file__).parent
ZONE = datetime.timezone(datetime.timedelta(hours=2))  # Berlin, from May to August
MINUTE, HOUR, DAY = 60, 3600, 86400


def at(date, clock):
    hours, minutes = clock.split(":")
    return datetime.datetime(date.year, date.month, date.day, int(hours), int(minutes), tzinfo=ZONE)


class Person:
    def __init__(self, name, seed, first, weeks):
        self.name, self.random, self.first = name, random.Random(seed), first
        self.days = [first + datetime.timedelta(days=day) for day in range(7 * weeks)]
        self.start = at(first, "00:00")
        self.lines = [(0, {"input": "idle"})]
        self.diary = {"nape-diary": 1, "episodes": [], "days": [], "notes": [], "scores": []}

    def note(self, when, **event):
        self.lines.append((int((when - self.start).total_seconds()), event))

    # The desk

    def sit(self, begin, minutes, typing=False):
        """At the desk for so long; the last input is at the end."""
        self.note(begin, input="active")
        end = begin + datetime.timedelta(minutes=minutes)
        self.note(end, input="idle")
        return end

    def work(self, begin, end, bout, rest):
        """Bouts and breaks up to a time; `bout(begin)` is a length in minutes."""
        now = begin
        while now < end - datetime.timedelta(minutes=10):
            left = int((end - now).total_seconds() // MINUTE)
            now = self.sit(now, min(left, bout(now)))
            now += datetime.timedelta(minutes=rest())
        return now

    def day(self, date, bout, rest):
        begin = at(date, "08:00") + datetime.timedelta(minutes=self.random.randrange(10, 50))
        self.work(begin, at(date, "12:15"), bout, rest)
        after = at(date, "13:00") + datetime.timedelta(minutes=self.random.randrange(0, 15))
        if self.random.random() < 0.4:
            # A call: the screen stays awake while nobody types.
            self.note(after, inhibited=True)
            self.note(after + datetime.timedelta(minutes=1), input="active")
            self.note(after + datetime.timedelta(minutes=30), inhibited=False)
            after += datetime.timedelta(minutes=31)
        end = at(date, "17:00") + datetime.timedelta(minutes=self.random.randrange(0, 50))
        self.work(after, end, bout, rest)
        self.note(end + datetime.timedelta(minutes=15), sleep=True)

    def wake(self, date):
        self.note(at(date, "07:55"), sleep=False)

    # The diary

    def entry(self, number):
        return str(uuid.UUID(int=(0x0199 << 112) | (7 << 76) | (2 << 62) | (len(self.name) << 32) | number))

    def headache(self, onset, lag, hours=None, medicine=None, precision="exact", **fields):
        entered = onset + datetime.timedelta(minutes=lag)
        episode = {
            "id": self.entry(len(self.diary["episodes"]) + 1), "onset": onset.isoformat(), "onset_precision": precision}
        if hours:
            episode |= {"end": (onset + datetime.timedelta(hours=hours)).isoformat(), "end_known": "ended"}
        episode |= fields
        if medicine:
            name, kind, dose = medicine
            taken = onset + datetime.timedelta(minutes=40)
            episode["medicines"] = [
                {"taken": taken.isoformat(), "name": name, "class": kind, "dose": dose, "helped": "partly"}]
        episode |= {"entered_at": entered.isoformat(), "way": "command-line"}
        self.diary["episodes"].append(episode)

    def nothing(self, date, clock="18:30"):
        self.diary["days"].append(
            {"date": str(date), "state": "none", "entered_at": at(date, clock).isoformat(), "way": "notification"})

    def say(self, kind, date, text):
        self.diary["notes"].append(
            {"id": self.entry(1000 + len(self.diary["notes"])), "kind": kind, "date": str(date), "text": text,
             "entered_at": at(date, "19:00").isoformat(), "way": "command-line"})

    # Files

    def trace(self, answers=()):
        header = {"trace": 1, "start": self.start.strftime("%Y-%m-%dT%H:%M:%S"), "zone": "Europe/Berlin"}
        end = len(self.days) * DAY + 7 * HOUR
        lines = sorted(self.lines + list(answers) + [(end, {"end": True})], key=lambda line: line[0])
        texts = [json.dumps(header)] + [json.dumps({"t": t} | event) for t, event in lines]
        return "".join(text + "\n" for text in texts)

    def write(self, nape):
        path = HERE / f"{self.name}.jsonl"
        path.write_text(self.trace())
        told = subprocess.run([nape, "simulate", str(path)], check=True, capture_output=True, text=True).stdout
        prompts = [json.loads(line) for line in told.splitlines() if '"prompt"' in line]
        # Most sets are done when they are asked for, and marked so within half a minute.
        answers = [
            (prompt["t"] + 25, {"respond": "done" if self.random.random() < 0.7 else "skipped"})
            for prompt in prompts if prompt.get("prompt") == "exercise" and "outcome" not in prompt]
        path.write_text(self.trace(answers))
        lists = {name: value for name, value in self.diary.items() if value}
        text = json.dumps(lists, indent=1, ensure_ascii=False)
        (HERE / f"{self.name}.json").write_text(text + "\n")


def afternoon(nape):
    """Headaches in the afternoon, most of them after hours without a break. 16 weeks."""
    person = Person("afternoon", 14, datetime.date(2025, 5, 5), 16)
    draw = person.random
    for date in person.days:
        if date.weekday() > 4:
            if draw.random() < 0.8:
                person.nothing(date, "20:00")
            continue
        person.wake(date)
        # On every third afternoon the work does not let go.
        hard = draw.random() < 0.33
        person.day(
            date,
            lambda now: draw.randrange(100, 150) if hard and now.hour >= 13 else draw.randrange(25, 58),
            lambda: draw.randrange(6, 12))
        aches = draw.random() < (0.62 if hard else 0.12)
        if aches:
            onset = at(date, f"{draw.choice([15, 15, 16])}:{draw.randrange(5, 55):02}")
            peak = draw.choice([3, 4, 4, 5, 5, 6])
            person.headache(
                onset, draw.choice([5, 8, 12, 25, 70]), draw.choice([2, 2.5, 3, 4.5]),
                ("ibuprofen", "simple", "400 mg") if peak >= 5 else None, onset_nrs=max(1, peak - 2), peak_nrs=peak,
                side=draw.choice(["right", "right", "right", "both"]), neck_with=draw.random() < 0.85,
                start_place=draw.choice(["base-of-skull", "neck", "neck", "temple"]), quality="pressing",
                neck_provoked=draw.choice([["position"], ["position"], ["movement", "position"], []]),
                worse_activity=False, nausea=False, light=draw.random() < 0.1, sound=False,
                eased_by_move=draw.choice(["yes", "partly", "partly", "no"]))
        elif draw.random() < 0.93:
            person.nothing(date, "17:10")
    person.say("helps", datetime.date(2025, 7, 20), "A walk round the block. Übungen an der Wand.")
    person.say("worsens", datetime.date(2025, 8, 3), "=Long calls; the \"small\" laptop,\nwithout a screen")
    person.say("physiotherapy", datetime.date(2025, 7, 22), "")
    person.say("question", datetime.date(2025, 8, 20), "First the desk, or first the breaks?")
    person.diary["scores"].append(
        {"id": person.entry(2000), "instrument": "hit-6", "total": 56, "date": "2025-07-22",
         "entered_at": at(datetime.date(2025, 7, 22), "19:10").isoformat(), "way": "command-line"})
    person.write(nape)


def migraine(nape):
    """Attacks of a day at any hour and on any day, with light, sound and nausea; breaks are kept. 12 weeks."""
    person = Person("migraine", 27, datetime.date(2025, 5, 5), 12)
    draw = person.random
    ill = None
    next_attack = 3
    for number, date in enumerate(person.days):
        works = date.weekday() <= 4
        lies = number == next_attack
        if works:
            person.wake(date)
        if lies:
            next_attack = number + draw.choice([5, 6, 7, 8, 9])
            hour = draw.choice([6, 9, 10, 11, 14, 16, 19])
            onset = at(date, f"{hour:02}:{draw.randrange(0, 60):02}")
            peak = draw.choice([6, 7, 7, 8, 9])
            person.headache(
                onset, draw.choice([20, 45, 240, 900]), draw.choice([9, 14, 22, 30]), ("sumatriptan", "triptan", "50 mg"),
                "woke" if hour == 6 else "exact", onset_nrs=draw.choice([3, 4, 5]), peak_nrs=peak,
                side=draw.choice(["left", "left", "right"]), neck_with=draw.random() < 0.6, start_place="temple",
                quality="throbbing", neck_provoked=[], worse_activity=True, nausea=draw.random() < 0.9, light=True,
                sound=draw.random() < 0.9, aura=draw.random() < 0.2, eased_by_move="no")
            ill = (onset + datetime.timedelta(hours=30)).date()
        touched = ill is not None and date <= ill
        if works and not lies:
            person.day(date, lambda now: draw.choice([35, 45, 50, 52, 54, 65]), lambda: draw.randrange(6, 12))
        elif works:
            end = person.work(
                at(date, "08:30"), at(date, "11:45"), lambda now: draw.choice([35, 45, 52, 65]), lambda: draw.randrange(6, 12))
            person.note(end + datetime.timedelta(minutes=20), sleep=True)
        if not touched and draw.random() < 0.9:
            person.nothing(date, "18:00")
    person.say("helps", datetime.date(2025, 7, 10), "A dark room, sleep.")
    person.say("doctor", datetime.date(2025, 6, 24), "")
    person.write(nape)


def hardly(nape):
    """Began three weeks ago, and says little. 4 weeks."""
    person = Person("hardly", 3, datetime.date(2025, 7, 28), 4)
    draw = person.random
    for number, date in enumerate(person.days[7:], 7):
        if date.weekday() > 4 or draw.random() < 0.4:
            continue
        person.wake(date)
        person.day(date, lambda now: draw.randrange(20, 70), lambda: draw.randrange(6, 20))
        if number in (9, 18):
            person.headache(at(date, "15:20"), 15, None, onset_nrs=4)
        elif number in (8, 11, 16):
            person.nothing(date, "17:00")
    person.write(nape)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for make in (afternoon, migraine, hardly):
        make(sys.argv[1])
