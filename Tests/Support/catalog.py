"""systemd/nape.catalog as its readers see it."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILE = ROOT / "systemd/nape.catalog"
FIELD = re.compile(r"@(\w+)@")


def message_ids():
    """The ids that the daemon writes, by name."""
    text = (ROOT / "Sources/NapeDaemon/MessageID.swift").read_text()
    return dict(re.findall(r'case (\w+) = "(\w+)"', text))


def entries():
    """Each id's headers and prose."""
    found = []
    for block in re.split(r"^-- ", FILE.read_text(), flags=re.MULTILINE)[1:]:
        number, rest = block.split("\n", 1)
        head, prose = rest.split("\n\n", 1)
        found.append((number, dict(line.split(": ", 1) for line in head.splitlines()), prose))
    return found
