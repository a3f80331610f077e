"""The completions as they are installed, in the shells that they are for: somebody types and presses Tab."""
import os
import pathlib
import subprocess

import pytest

from person import Person
from waiting import eventually

ROOT = pathlib.Path(__file__).parents[2]
# What is typed before Tab, and the words that it becomes.
COMPLETED = {
    "nape exp": "export",
    "nape warn": "warning-signs",
    "nape headache ed": "headache edit",
    "nape status --wa": "status --watch",
    "nape headache add --side l": "headache add --side left",
    "nape headache add --precision p": "headache add --precision part-of-day",
    "nape note add --kind man": "note add --kind manual-therapy",
    "nape score add hi": "score add hit-6",
    "nape day un": "day unknown",
    "nape exercise level E01 prog": "exercise level E01 programme",
    "nape import dia": "import diary.json",
    "nape simulate --config sett": "simulate --config settings.toml",
}
# Exercises, which only nape knows.
LISTED = ("nape exercise show E1", ["E10", "E11", "E12", "E13", "E14", "E15", "E16"])


@pytest.fixture
def share(desk):
    """nape below a folder, into which the shells look."""
    command = ["make", "-C", ROOT, "install", f"DESTDIR={desk.home}/to", "PREFIX=/usr"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    for name in ("diary.json", "settings.toml"):
        (desk.home / name).touch()
    share = desk.home / "to/usr/share"
    desk.environment["PATH"] = f"{desk.home}/to/usr/bin:{desk.environment['PATH']}"
    desk.environment["XDG_DATA_DIRS"] = f"{share}:/usr/share"
    return share


def answer(desk, setup, *shell):
    """Tab, for a person at the shell; whether a line was completed is told by the command that would get it."""
    person = Person(desk, *shell, width=200, term="dumb")

    def type_line(text):
        os.write(person.master, text.encode() + b"\n")

    # What is waited for is put together by the shell, so that it is not what is typed.
    type_line(setup)
    type_line('nape() { case $1 in ---*) command nape "$@" ;; *) echo "sa""id: $*." ;; esac }; nape once')
    person.sees("said: once.")
    for text, words in COMPLETED.items():
        type_line(text + "\t")
        person.sees(f"said: {words}.")
    text, words = LISTED
    os.write(person.master, f"{text}\t\t".encode())
    eventually(f"{words} are listed", lambda: all(word in person.screen for word in words))


def test_bash(desk, share):
    answer(desk, "bind 'set enable-bracketed-paste off'; . /usr/share/bash-completion/bash_completion", "bash", "--norc", "-i")


def test_zsh(desk, share):
    setup = f"unsetopt zle_bracketed_paste prompt_sp; fpath=({share}/zsh/site-functions $fpath); autoload -Uz compinit; compinit -u -D"
    answer(desk, setup, "zsh", "-f", "-i")


def test_fish(desk, share):
    setup = f"set fish_complete_path {share}/fish/vendor_completions.d"
    script = "\n".join(f"echo '> {line}'; complete -C '{line}'" for line in COMPLETED)
    done = desk.run("fish", "--no-config", "-c", f"{setup}; {script}")
    assert done.returncode == 0, done.stderr
    offers = {}
    for line in done.stdout.splitlines():
        if line.startswith("> "):
            words = offers.setdefault(line[2:], [])
        else:
            words.append(line.split("\t")[0])
    for text, words in COMPLETED.items():
        # fish finds words by their middle, too, but what begins as it was typed is first.
        assert offers[text][0] == words.split(" ")[-1], (text, offers[text])
    # What nape itself is asked for, fish completes only for somebody who types.
    person = Person(desk, "fish", "--no-config", "-i", width=200)
    os.write(person.master, f"{setup}; echo re''ady\r".encode())
    eventually("fish has taken it", lambda: "ready" in person.read())
    text, words = LISTED
    os.write(person.master, f"{text}\t".encode())
    eventually(f"{words} are listed", lambda: all(word in person.screen for word in words))
