"""`nape config`, the schema for editors, and ten thousand damaged files."""
import json
import random
import re
import subprocess
import tomllib

import dbus
import jsonschema
import pytest

from desk import NAME, ROOT, SETTINGS, binary, toml
from waiting import pump

SHIPPED = ROOT / "Config/nape.toml"
BAD_SETTINGS = f"{NAME}.Error.BadSettings"


@pytest.fixture(scope="module")
def schema():
    text = subprocess.run([binary("nape"), "config", "schema"], check=True, capture_output=True, text=True).stdout
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def check(desk, text, name="nape.toml"):
    """The mistakes that `nape config check` finds, without the file's name."""
    path = desk.home / name
    path.write_text(text)
    done = desk.nape("config", "check", path)
    assert done.returncode == (1 if done.stderr else 0)
    assert done.stdout == ("" if done.stderr else f"right: {path}\n")
    return [line.removeprefix(f"{path}:") for line in done.stderr.splitlines()]


def test_show_is_a_settings_file_that_says_where_everything_comes_from(desk):
    desk.write_settings('[prompts.move]\nafter = "40min"\n')
    shown = desk.nape("config", "show")
    assert shown.stderr == ""
    assert re.search(rf'\nafter = "40min" +# {desk.settings_file}:2\n', shown.stdout)
    settings = tomllib.loads(shown.stdout)
    defaults = tomllib.loads(SHIPPED.read_text())
    assert settings["prompts"]["move"].pop("after") == "40min"
    assert defaults["prompts"]["move"].pop("after") == "50min"
    # "60min" is written as "1h".
    assert {name: set(of) for name, of in settings.items()} == {name: set(of) for name, of in defaults.items()}
    assert check(desk, shown.stdout) == []
    assert desk.nape("config", "show", "--changed").stdout == \
        f'[prompts.move]\nafter = "40min"  # {desk.settings_file}:2\n'


def test_show_as_json(desk):
    desk.write_settings('[prompts.move]\nafter = "40min"\nagain = []\n')
    assert json.loads(desk.nape("config", "show", "--changed", "--json").stdout) == {
        "prompts.move.after": {
            "value": "40min", "default": "50min", "place": f"{desk.settings_file}:2", "overridden": [],
            "locked_out": [], "locked_by": None},
        "prompts.move.again": {
            "value": [], "default": ["10min", "20min"], "place": f"{desk.settings_file}:3", "overridden": [],
            "locked_out": [], "locked_by": None}}
    assert len(json.loads(desk.nape("config", "show", "--json").stdout)) == 40


def test_explain_says_what_was_overridden(desk):
    desk.write_settings('[prompts.move]\nafter = "40min"\n')
    drop_in = desk.settings_file.parent / "nape.toml.d" / "10-trial.toml"
    drop_in.parent.mkdir()
    drop_in.write_text('prompts.move.after = "35min"\n')
    assert desk.nape("config", "explain", "prompts.move.after").stdout == f"""\
prompts.move.after
  After so much sitting without a break.
  allowed    a length of time in quotes from "1s" to "12h"
  default    "50min"
  value      "35min", {drop_in}:1
  overrides  "40min", {desk.settings_file}:2
"""
    assert desk.nape("config", "explain", "prompts.micro").stdout.count("\nprompts.micro.") == 1
    done = desk.nape("config", "explain", "prompts.moove.after")
    assert (done.returncode, done.stderr) == (
        64, "nape: prompts.moove.after: there is no such key: did you mean prompts.move.after?\n")


def test_check_names_every_mistake_with_its_line(desk):
    assert check(desk, '[prompts.move]\nafter = "soon"\naftr = 1\n[hours]\nwork = ["Mon 9-17"]\n') == [
        '2: prompts.move.after: is "soon": a length of time in quotes from "1s" to "12h"',
        "3: prompts.move.aftr: there is no such key: did you mean prompts.move.after?",
        '5: hours.work: holds "Mon 9-17": a list of at most 32 ranges such as ["Mon-Fri 08:00-18:00"], '
        "with ends that differ",
    ]
    [mistake] = check(desk, "[prompts\n")
    assert mistake.startswith("1: column 9: ") and mistake.endswith(": TOML 1.0")
    assert check(desk, 'locked = ["prompts.move.after"]\n', "policy.toml") == []
    assert check(desk, 'locked = ["prompts.move"]\n', "policy.toml") == [
        '1: locked: there is no key "prompts.move": a key of that section: prompts.move.enabled, prompts.move.after, '
        "prompts.move.target, prompts.move.again"]
    wrong = desk.home / "wrong.toml"
    wrong.write_text("x = 1\n")
    missing = desk.home / "none.toml"
    done = desk.nape("config", "check", wrong, missing)
    assert (done.returncode, done.stderr.splitlines()) == (1, [
        f"{wrong}:1: x: there is no such key: a key that nape config show lists",
        f"{missing}: No such file or directory"])


def test_check_knows_whose_file_it_is(desk):
    ours = desk.home / "20-site.toml"
    ours.write_text('[journal]\ndiary = "onsets"\n')
    assert desk.nape("config", "check", ours).stdout == f"right: {ours}\n"
    done = desk.nape("config", "check", "--system", ours)
    assert (done.returncode, done.stderr) == (
        1, f'{ours}:2: journal.diary: only the person may ask for "onsets": "none" here\n')
    locks = desk.home / "locks"
    locks.write_text('locked = ["hours.work"]\n')
    assert desk.nape("config", "check", "--policy", locks).returncode == 0
    assert desk.nape("config", "check", locks).returncode == 1


def test_check_without_a_file_checks_all_that_are_in_force(desk):
    assert desk.nape("config", "check").stdout == "no file: all settings are built-in\n"
    desk.write_settings("nonsense = 1\n")
    done = desk.nape("config", "check")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{desk.settings_file}:1: nonsense: there is no such key: a key that nape config show lists\n"


def comments_above():
    """By key and by section: the comment right above it."""
    comments, section, above = {}, "", []
    for line in SHIPPED.read_text().splitlines():
        if line.startswith("#"):
            above.append(line[1:].strip())
            continue
        if line.startswith("["):
            section = line.strip("[]")
            comments[section] = " ".join(above)
        elif "=" in line:
            comments[f"{section}.{line.split(' = ')[0]}"] = " ".join(above)
        above = []
    assert all(comments.values())
    return comments


def test_schema_knows_every_key_with_its_default_and_its_documentation(schema):
    schema.validate(tomllib.loads(SHIPPED.read_text()))
    comments = comments_above()

    def walk(of, settings, name=""):
        assert set(of["properties"]) == set(settings)
        assert of["additionalProperties"] is False
        for key, one in of["properties"].items():
            assert one["description"].split(" Allowed: ")[0] == comments[name + key], name + key
            if "properties" in one:
                walk(one, settings[key], f"{name}{key}.")
            else:
                assert schema.evolve(schema=one).is_valid(one["default"]), name + key

    walk(schema.schema, tomllib.loads(SHIPPED.read_text()))


# Key, value, whether it is allowed; a range of lengths is more than a schema can say.
VALUES = [
    ("prompts.move.after", '"50min"', True), ("prompts.move.after", '"2h 30min"', True),
    ("prompts.move.after", '"1h1s"', True), ("prompts.move.after", '"50 min"', False),
    ("prompts.move.after", '"30min 1h"', False), ("prompts.move.after", '""', False),
    ("prompts.move.after", '"1min "', False), ("prompts.move.after", "50", False),
    ("prompts.move.after", '"50m"', False), ("prompts.move.again", "[]", True),
    ("prompts.move.again", '["1min", "1min"]', True), ("prompts.move.again", '["1"]', False),
    ("prompts.move.again", json.dumps(["1min"] * 9), False),
    ("prompts.sound", "true", True), ("prompts.sound", '"true"', False),
    ("prompts.exercise.at_most_per_day", "24", True), ("prompts.exercise.at_most_per_day", "25", False),
    ("prompts.exercise.at_most_per_day", "-1", False),
    ("prompts.checkin.at", '"00:00"', True), ("prompts.checkin.at", '"24:00"', False),
    ("prompts.checkin.at", '"9:00"', False),
    ("prompts.checkin.words", '"plain"', True), ("prompts.checkin.words", '"rude"', False),
    ("prompts.deliver", '["journal"]', True), ("prompts.deliver", "[]", False), ("prompts.deliver", '["smoke"]', False),
    ("prompts.deliver", '["journal", "journal"]', False),
    ("hours.work", '["Mon-Fri 08:00-18:00", "Sat,Sun 10:00-12:00"]', True), ("hours.work", '["08:00-18:00"]', True),
    ("hours.work", '["Abc 08:00-09:00"]', False), ("hours.work", '["Mon-Fri,Sun 08:00-09:00"]', True),
    ("hours.work", '["8-18"]', False), ("hours.work", '"08:00-18:00"', False),
    ("diary.afternoon", '"12:00-18:00"', True), ("diary.afternoon", '"12:00"', False),
    ("diary.usual_medicine", '"a b"', True), ("diary.usual_medicine", '"a\\nb"', False),
    ("diary.usual_medicine", '"a\\u2028b"', False), ("diary.usual_medicine", '"a\\tb"', False),
    ("store.keep", '"forever"', True), ("store.keep", '"8760h"', True), ("store.keep", '"ever"', False),
]


def test_schema_and_reader_agree(desk, schema):
    for key, value, is_allowed in VALUES:
        text = f"{key} = {value}\n"
        assert schema.is_valid(tomllib.loads(text)) == is_allowed, text
    # One start of the program for all of them.
    paths = []
    for number, (key, value, _) in enumerate(VALUES):
        paths.append(desk.home / f"value-{number}.toml")
        paths[-1].write_text(f"{key} = {value}\n")
    done = desk.nape("config", "check", *paths)
    refused = {line.split(":")[0] for line in done.stderr.splitlines()}
    assert refused == {str(path) for path, (_, _, is_allowed) in zip(paths, VALUES) if not is_allowed}


# Damage

POLICY = """\
locked = ["prompts.move.after", "hours.work"]
bounds."prompts.snooze" = { min = "5min", max = "30min" }
"""
PIECES = [
    b'"', b"'", b"[", b"]", b"[[", b"]]", b"{", b"}", b"=", b".", b",", b"#", b"\n", b"\r\n", b"\\", b'"""', b"'''", b"\0",
    b"\xff", b"\xef\xbb\xbf", b"\xf0\x9f\x98\x80", b"-", b"1e400", b"99999999999999999999", b"0x", b"inf", b"nan", b"true", b"min", b"h",
    b"locked", b"bounds", b"prompts.move", b"1979-05-27T07:32:00Z", b'"99999999999h"', b"\\u0000", b"\\uD800"]


def damaged(dice, text):
    """A copy with one to five wounds."""
    data = bytearray(text)
    for _ in range(dice.randint(1, 5)):
        at = dice.randrange(len(data) + 1)
        match dice.randrange(6):
            case 0: data[at:at + dice.randint(1, 20)] = b""
            case 1: data[at:at] = dice.choice(PIECES)
            case 2: data[at:at + 1] = bytes([dice.randrange(256)])
            case 3: data[at:at] = data[dice.randrange(len(data) + 1):][:dice.randint(1, 200)]
            case 4: del data[at:]
            case _: data[at:at + 4] = dice.choice(PIECES)
        if not data:
            break
    return bytes(data)


def test_ten_thousand_damaged_files_are_read_and_every_finding_names_its_line(desk):
    dice = random.Random(20261125)
    folder = desk.home / "damaged"
    folder.mkdir()
    seeds = [
        ("nape.toml", SHIPPED.read_bytes()), ("nape.toml", toml(SETTINGS).encode()), ("policy.toml", POLICY.encode())]
    right = 0
    for _ in range(10):
        paths = []
        for number in range(1000):
            name, seed = seeds[number % len(seeds)]
            path = folder / str(number) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(damaged(dice, seed))
            paths.append(path)
        done = desk.nape("config", "check", *paths)
        assert done.returncode in (0, 1), done.returncode
        findings = {}
        for line in done.stderr.splitlines():
            found = re.match(rf"({re.escape(str(folder))}/\d+/\w+\.toml):(\d+): .*: .+", line)
            assert found, line
            findings.setdefault(found[1], []).append(int(found[2]))
        sound = {line.removeprefix("right: ") for line in done.stdout.splitlines()}
        # Each file is right or has findings, and none is both.
        assert sound | set(findings) == {str(path) for path in paths}
        assert not sound & set(findings)
        for path, lines in findings.items():
            text = (folder / path).read_bytes()
            assert all(1 <= line <= text.count(b"\n") + text.count(b"\r") + 1 for line in lines), path
        right += len(sound)
    # Some wounds are in comments.
    assert 0 < right < 5000


def test_daemon_is_never_worse_off_than_with_the_last_good_file(desk):
    # Nobody leaves the desk meanwhile.
    good = toml({name: value for name, value in SETTINGS.items() if not name.startswith("presence.")}
                | {"prompts.move.after": "37min"})
    mutter, _ = desk.mutter(), desk.notification_server()
    daemon = desk.naped(good)
    mutter.sit_down(daemon)
    dice = random.Random(7)
    refused = 0
    for _ in range(500):
        text = damaged(dice, good.encode())
        with desk.identity():
            desk.settings_file.write_bytes(text)
        try:
            daemon.call("Daemon", "Reload")
        except dbus.DBusException as error:
            assert error.get_dbus_name() == BAD_SETTINGS
            assert error.get_dbus_message().startswith(f"{desk.settings_file}:")
            refused += 1
            # The last good one is in force, whatever the file says.
            assert "prompts.move.after is 37 min" in daemon.call("Daemon", "Why")
            assert daemon.problems[-1].startswith("The last reload changed nothing, and the settings before it are")
        # What is right of it is in force, and what is wrong of it is told.
        assert all(problem.isprintable() for problem in daemon.problems)
        with desk.identity():
            desk.settings_file.write_text(good)
        daemon.call("Daemon", "Reload")
        assert daemon.problems == []
        # A service manager that does not read what it is told would hold the daemon up.
        pump()
        assert daemon.get("Sitting", "State") == "sitting"
    assert 50 < refused < 500
    assert "prompts.move.after is 37 min" in daemon.call("Daemon", "Why")
    desk.assert_ledger_is_whole()
    assert daemon.stop() == 0
