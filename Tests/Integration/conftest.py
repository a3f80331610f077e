import os
import pathlib
import shutil
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from desk import Desk  # noqa: E402

TOOLS = [
    "cc", "chromium", "convert", "dbus-daemon", "dunst", "dunstctl", "grim", "import", "mako", "makoctl", "mutter", "pdfinfo",
    "rsvg-convert", "setpriv", "sway", "wtype", "xdotool", "xfconf-query", "Xvfb",
]


def pytest_sessionstart(session):
    """A test that cannot run is not passed over."""
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        pytest.exit(f"missing: {', '.join(missing)}; see Makefile, TEST_PACKAGES", 1)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if report.when == "call" and report.failed:
        for name in ("desk", "nobodys_desk"):
            if name in item.funcargs:
                report.sections.append(("the desk", item.funcargs[name].report()))


def furnished(**options):
    desk = Desk(**options)
    try:
        desk.start_logind()
        yield desk
    finally:
        desk.close()


@pytest.fixture
def desk():
    """A home, a session bus, and a system bus with a mocked logind whose session is active."""
    yield from furnished()


@pytest.fixture
def nobodys_desk():
    """As `desk`, for what refuses to run as root."""
    yield from furnished(user="nobody")


@pytest.fixture
def keep_picture():
    """Keeps a screenshot in $NAPE_TEST_OUT, where that is set."""
    def keep(path):
        folder = os.environ.get("NAPE_TEST_OUT")
        if folder:
            os.makedirs(folder, exist_ok=True)
            shutil.copy(path, folder)
    return keep
