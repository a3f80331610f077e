#!/usr/bin/python3
"""A made-up working week, and what it is like to live with the prompts of the shipped settings.

    week.py NAPE [TRACE]   simulates it with NAPE and prints the figures; writes the trace to TRACE

Five days from half past eight to five: typing and reading by turns, a stand-up call every day, two long ones in the week,
two hours of do-not-disturb, lunch behind a lock, coffee that nobody asked for. Of the prompts to move the person follows
most, puts off some and overlooks the rest; of all others they answer about half.
"""

import json
import random
import subprocess
import sys

HOUR = 3600
DAY = 24 * HOUR
HEADER = {"trace": 1, "start": "2026-03-02T08:00:00", "zone": "Europe/Berlin"}


def clock(day, text):
    """Seconds from the start, which is Monday at eight."""
    hours, minutes = text.split(":")
    return day * DAY + (int(hours) - 8) * HOUR + int(minutes) * 60


def away(lines, begin, end):
    """Nobody is there for a while, whatever was planned."""
    lines[:] = [line for line in lines if not (begin <= line["t"] <= end and "input" in line)]
    lines += [{"t": begin, "input": "idle"}, {"t": end, "input": "active"}]


def plan(dice):
    """The week without its prompts."""
    lines = []
    calls = [(day, "10:00", "10:20") for day in range(5)] + [(1, "13:30", "14:45"), (3, "15:00", "16:30")]
    for day in range(5):
        t, end = clock(day, "08:30") + dice.randrange(600), clock(day, "17:00") + dice.randrange(900)
        typing = True
        while t < end:
            lines.append({"t": t, "input": "typing" if typing else "active"})
            t += dice.randrange(20, 240) if typing else dice.randrange(30, 280)
            typing = not typing
        away(lines, clock(day, "15:15"), clock(day, "15:15") + dice.randrange(300, 700))
        lunch = clock(day, "12:15") + dice.randrange(600)
        back = lunch + dice.randrange(2000, 3000)
        away(lines, lunch, back)
        lines += [{"t": lunch, "session": "locked"}, {"t": back - 5, "session": "unlocked"}]
        lines.append({"t": end, "input": "idle"})
        lines += [{"t": end + 60, "sleep": True}, {"t": day * DAY + DAY + 20 * 60, "sleep": False}]
    for day, begin, end in calls:
        # In a call people touch the mouse now and then, and are not away from it.
        begin, end = clock(day, begin), clock(day, end)
        lines[:] = [line for line in lines if not (begin <= line["t"] <= end and "input" in line)]
        lines += [{"t": begin, "input": "active"}, {"t": begin, "inhibited": True}, {"t": end, "inhibited": False}]
    lines += [{"t": clock(2, "09:00"), "dnd": True}, {"t": clock(2, "11:00"), "dnd": False}]
    return calls, lines


def simulate(nape, lines, end):
    order = sorted(lines, key=lambda line: line["t"])
    text = "\n".join(json.dumps(line) for line in [HEADER, *order, {"t": end, "end": True}])
    done = subprocess.run([nape, "simulate", "-"], input=text, capture_output=True, text=True, check=True)
    return text, [json.loads(line) for line in done.stdout.splitlines()]


def react(prompt, dice, lines):
    """What the person does about a prompt, as further lines."""
    t, chance = prompt["t"] + dice.randrange(4, 40), dice.random()
    if prompt["prompt"] == "move":
        if chance < 0.6:
            lines.append({"t": t, "respond": "going"})
            away(lines, t + dice.randrange(5, 60), t + 60 + dice.randrange(150, 480))
        elif chance < 0.75:
            lines.append({"t": t, "respond": "snoozed"})
    elif chance < 0.5:
        answer = dice.choice(["none", "none", "skipped"]) if prompt["prompt"] == "checkin" else "done"
        lines.append({"t": t, "respond": answer})


def main():
    nape, dice = sys.argv[1], random.Random(20260302)
    calls, lines = plan(dice)
    end = 5 * DAY + HOUR
    seen = 0
    while True:
        text, records = simulate(nape, lines, end)
        new = next((record for record in records if "prompt" in record and record.get("id", 0) > seen and "wall" in record), None)
        if new is None:
            break
        seen = new["id"]
        react(new, dice, lines)
    if len(sys.argv) > 2:
        with open(sys.argv[2], "w", encoding="utf-8") as file:
            file.write(text + "\n")
    report(calls, records)


def report(calls, records):
    prompts = [record for record in records if "wall" in record]
    returns = [record["to"] for record in records if record.get("span") in ("away", "unknown")]
    summary = records[-1]["summary"]
    print(f"{summary['sitting'] / HOUR:.1f} h of sitting, {summary['breaks']} breaks, {len(prompts)} prompts in five days")
    for day in range(5):
        today = [prompt for prompt in prompts if prompt["t"] // DAY == day]
        kinds = {}
        for prompt in today:
            kinds[prompt["prompt"]] = kinds.get(prompt["prompt"], 0) + 1
        gaps = [after["t"] - before["t"] for before, after in zip(today, today[1:])]
        print(
            f"day {day + 1}: {len(today)} prompts ({', '.join(f'{count} {kind}' for kind, count in kinds.items())}),"
            f" {min(gaps) / 60:.0f} to {max(gaps) / 60:.0f} min apart, {sum(gaps) / len(gaps) / 60:.0f} on average"
        )
    late = sorted(prompt["t"] - max(back for back in returns if back <= prompt["t"]) for prompt in prompts)
    print(f"the soonest after a return: {late[0]} s")
    for day, begin, end in calls:
        inside = [prompt for prompt in prompts if clock(day, begin) <= prompt["t"] < clock(day, end)]
        waited = ", ".join(f"{prompt['prompt']} after {prompt['t'] - clock(day, begin)} s" for prompt in inside)
        print(f"call on day {day + 1}, {begin} to {end}: {waited or 'no prompt'}")
    print("outcomes: " + ", ".join(f"{count} {outcome}" for outcome, count in summary["outcomes"].items()))


if __name__ == "__main__":
    main()
