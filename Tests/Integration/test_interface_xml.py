"""The interface XML that is installed for other programs: what the daemon offers, with documentation that renders."""
import re
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest

from desk import NAME, PATH, ROOT, SETTINGS

FILE = ROOT / "systemd" / f"{NAME}.xml"
OURS = ["Sitting", "Prompts", "Diary", "Daemon"]
# A method's arguments go in where nothing else is said, and a signal's go out.
DIRECTION = {"method": "in", "signal": "out"}


def described(text):
    """Interfaces, members, arguments, access and annotations: all that introspection tells."""
    interfaces = {}
    for interface in ElementTree.fromstring(text).iter("interface"):
        if not interface.get("name").startswith(NAME):
            continue
        members = interfaces[interface.get("name")] = []
        for member in interface:
            arguments = [
                (one.get("name"), one.get("type"), one.get("direction", DIRECTION.get(member.tag)))
                for one in member.iter("arg")]
            annotations = sorted((one.get("name"), one.get("value")) for one in member.iter("annotation"))
            members.append((
                member.tag, member.get("name"), member.get("type"), member.get("access"), tuple(arguments),
                tuple(annotations)))
    return {name: sorted(members, key=lambda member: member[:2]) for name, members in interfaces.items()}


def test_it_is_what_the_daemon_offers(desk):
    desk.naped(SETTINGS)
    for command in (
            ["gdbus", "introspect", "--session", "--dest", NAME, "--object-path", PATH, "--xml"],
            ["busctl", "--user", "introspect", "--xml-interface", NAME, PATH]):
        done = desk.run(*command)
        assert done.returncode == 0, done.stderr
        assert described(FILE.read_text()) == described(done.stdout)
    assert list(described(FILE.read_text())) == [f"{NAME}.{name}" for name in OURS]


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    """The documentation as gdbus-codegen makes it: DocBook, a file an interface."""
    folder = tmp_path_factory.mktemp("docbook")
    done = subprocess.run(
        ["gdbus-codegen", "--generate-docbook", "page", FILE], cwd=folder, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"page-{NAME}.{name}.xml" for name in OURS)
    return {name: ElementTree.parse(folder / f"page-{NAME}.{name}.xml").getroot() for name in OURS}


def paragraphs(section):
    """What is said of a member itself, and of each of its arguments."""
    def text(element):
        return re.sub(r"\s+", " ", "".join(element.itertext())).strip()
    of_arguments = {
        text(entry.find("term/literal/parameter")): text(entry.find("listitem/para"))
        for entry in section.iter("varlistentry")}
    return [text(para) for para in section.findall("para") if text(para)], of_arguments


@pytest.mark.parametrize("name", OURS)
def test_every_member_and_argument_is_documented(rendered, name):
    found = {}
    for section in rendered[name].iter("refsect2"):
        member = section.get("id").rsplit(".", 1)[1]
        found[(section.get("role"), member)] = paragraphs(section)
    members = described(FILE.read_text())[f"{NAME}.{name}"]
    assert {(kind, member) for kind, member, *_ in members} == set(found)
    for kind, member, _, _, arguments, annotations in members:
        own, of_arguments = found[(kind, member)]
        assert own and len(own[0]) > 10, member
        assert list(of_arguments) == [argument for argument, *_ in arguments], member
        assert all(len(text) > 10 for text in of_arguments.values()), (member, of_arguments)
        if kind == "property":
            # Who only reads must know whether it is told.
            emits = dict(annotations).get("org.freedesktop.DBus.Property.EmitsChangedSignal", "true")
            said = {
                "true": "signalled.", "false": "its changes are not signalled.",
                "const": "does not change while it runs."}[emits]
            assert own[0].endswith(said), (member, own)
            assert ("not signalled" in own[0]) == (emits == "false"), member
    purpose = rendered[name].find("refnamediv/refpurpose").text
    assert purpose and len(purpose) > 10
    if name == "Diary":
        assert all("Sensitive." in found[(kind, member)][0][0] for kind, member, *_ in members if kind == "method")


def test_the_words_of_the_core_are_all_named():
    """Words that a caller may meet are in the text, so that nobody has to look for them in the source."""
    text = FILE.read_text()

    def words(file, name):
        body = re.search(rf"enum {name}: String.*?\n(  )?}}", (ROOT / "Sources" / file).read_text(), re.DOTALL).group(0)
        cases = re.findall(r"^ *case ([^:\n(]+)$", body, re.MULTILINE)
        return [
            (re.search(r'"(.+)"', word) or re.search(r"(\w+)", word)).group(1)
            for case in cases for word in case.split(",")]

    for file, name in {
            "NapeCore/Prompts/Outcome.swift": "Outcome", "NapeCore/Prompts/Prompt.swift": "Kind",
            "NapeCore/Prompts/Deferral.swift": "Deferral", "NapeCore/Prompts/Answer.swift": "Answer",
            "NapeCore/Sitting/Evidence.swift": "Evidence", "NapeCore/Settings.swift": "SourceName"}.items():
        found = words(file, name)
        assert len(found) >= 6
        assert not [word for word in found if not re.search(rf"(?<![\w-]){word}(?![\w-])", text)], name
