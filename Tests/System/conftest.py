"""Each test runs alone in a clone of this machine that a real systemd has booted (Tests/Support/with-systemd).

On the machine itself a test is no more than pytest in such a clone, for that one test. There it runs as root, with the
release installed by `make install`, and what it leaves behind is thrown away.
"""

import os
import pathlib
import subprocess

import pytest

from machine import Machine

ROOT = pathlib.Path(__file__).resolve().parents[2]
IN_CLONE = "WITH_SYSTEMD" in os.environ
TIMEOUT = 180


@pytest.fixture
def machine():
    """The clone, with nape installed and not started."""
    if not IN_CLONE:
        yield None
        return
    machine = Machine(ROOT)
    machine.install()
    yield machine
    machine.stop_programs()


@pytest.fixture
def bare_machine():
    """The clone without nape, for the package that is built of it."""
    if not IN_CLONE:
        yield None
        return
    # An image for containers tells packages not to touch services; a machine that somebody works at does not.
    pathlib.Path("/usr/sbin/policy-rc.d").unlink(missing_ok=True)
    machine = Machine(ROOT)
    yield machine
    machine.stop_programs()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    """On the machine: the test is what it says in a clone."""
    if IN_CLONE:
        return None
    command = [ROOT / "Tests/Support/with-systemd", "--as-root", "--chdir", ROOT, "--timeout", str(TIMEOUT)]
    if os.stat(ROOT).st_dev != os.stat("/").st_dev:
        command += ["--bind", ROOT]
    command += ["--", "/usr/bin/python3", "-sB", "-m", "pytest", "-p", "no:cacheprovider", "--no-header", "-q", "-rA"]
    command += ["--rootdir", ROOT, f"{pyfuncitem.path}::{pyfuncitem.name}"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0 or "1 passed" not in done.stdout:
        pytest.fail(f"in the clone (exit status {done.returncode}):\n{done.stdout}", pytrace=False)
    return True


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """In the clone: a failure comes with what the service and the journal say of it."""
    report = (yield).get_result()
    if IN_CLONE and report.failed:
        report.sections.append(("the service", Machine.service_report()))
        report.sections.append(("journal of the user", Machine.journal_report()))
