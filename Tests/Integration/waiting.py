"""Waiting for what happens in its own time: nothing here asserts how long anything takes."""
import time

import pytest
from gi.repository import GLib

LIMIT = 20


def pump():
    """Lets the bus connections of this process hear and answer what is there."""
    context = GLib.MainContext.default()
    while context.iteration(False):
        pass


def eventually(what, probe, limit=LIMIT):
    """Returns what the probe returns as soon as that is true; fails when it never is."""
    end = time.monotonic() + limit
    while True:
        pump()
        value = probe()
        if value:
            return value
        if time.monotonic() > end:
            pytest.fail(f"not within {limit} s: {what} (last: {value!r})")
        time.sleep(0.02)


def wait(seconds):
    """Time passes; the connections of this process go on working."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pump()
        time.sleep(0.02)
