"""Journal files as systemd-journal-remote writes them, from records that a test makes up."""
import os
import pathlib
import subprocess

REMOTE = "/lib/systemd/systemd-journal-remote"
# Sources/NapeDaemon/MessageID.swift
POSTED = "7a3c1e9d5b8f42c6a0d4e7f1b2c86935"
ENDED = "c8f5a2d7e4b1493f9c6e0a8d3b7f1524"


def export(records):
    """Records in the Journal Export Format: each a dictionary of fields; times go up by a second."""
    parts = []
    for number, record in enumerate(records, 1):
        fields = {
            "__REALTIME_TIMESTAMP": 1_764_000_000_000_000 + number * 1_000_000,
            "__MONOTONIC_TIMESTAMP": number * 1_000_000, "_BOOT_ID": "1" * 32, **record}
        parts.append("".join(f"{name}={value}\n" for name, value in fields.items()) + "\n")
    return "".join(parts)


def ended(kind, outcome, date="2026-11-23", host="desk1", **more):
    return {
        "_HOSTNAME": host, "MESSAGE_ID": ENDED, "NAPE_PROMPT_KIND": kind, "NAPE_OUTCOME": outcome,
        "NAPE_PROMPT_DATE": date, **more}


def write(path: pathlib.Path, records):
    """Makes a journal file of them; adds to one that is there."""
    done = subprocess.run([REMOTE, "-o", path, "-"], input=export(records), capture_output=True, text=True)
    assert done.returncode == 0 and os.path.exists(path), done.stderr
    return path
