"""What `make install` puts where, that `make uninstall` takes it away again, and that others can read it."""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import tarfile

import pytest

ROOT = pathlib.Path(__file__).parents[2]
# Where nape's own files are, below the prefix; each of them in a folder that a Linux system looks into.
EXPECTED = {
    "bin/nape", "bin/naped", "lib/systemd/catalog/nape.catalog", "lib/systemd/user/nape.service",
    "share/applications/io.github.nape.desktop",
    "share/bash-completion/completions/nape",
    "share/dbus-1/interfaces/io.github.nape.Nape1.xml", "share/dbus-1/services/io.github.nape.Nape1.service",
    "share/doc/nape/LICENSE", "share/doc/nape/README.md", "share/doc/nape/Config/nape.toml",
    "share/fish/vendor_completions.d/nape.fish",
    "share/icons/hicolor/scalable/apps/io.github.nape.svg",
    "share/man/man1/nape.1", "share/man/man5/nape.toml.5", "share/man/man8/naped.8",
    "share/metainfo/io.github.nape.metainfo.xml",
    "share/nape/nape.schema.json",
    "share/zsh/site-functions/_nape",
} | {f"share/nape/pictures/e{number:02}.svg" for number in range(1, 17)}


@pytest.fixture
def make(tmp_path):
    """`make`, below a folder of its own; what it installs has been built."""
    command = ["make", "-C", ROOT, f"DESTDIR={tmp_path}/to", "PREFIX=/usr"]
    return lambda *words: subprocess.run([*command, *words], check=True, capture_output=True, text=True, timeout=60)


def files(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


def version():
    text = (ROOT / "Sources/NapeCore/NapeVersion.swift").read_text()
    return re.search(r'string = "(.*)"', text)[1]


def test_uninstall_takes_away_what_install_put_there(make, tmp_path):
    make("install")
    installed = files(tmp_path / "to/usr")
    assert EXPECTED <= installed
    # Nothing belongs into /etc, and nothing is left unfilled.
    assert {path.name for path in (tmp_path / "to").iterdir()} == {"usr"}
    for name in installed:
        content = (tmp_path / "to/usr" / name).read_bytes()
        assert not re.search(rb"@[a-z]+dir@", content), name
        assert not name.endswith(".in")
        mode = (tmp_path / "to/usr" / name).stat().st_mode & 0o777
        assert mode == (0o755 if name.startswith("bin/") else 0o644), name
    make("uninstall")
    assert [path for path in (tmp_path / "to").rglob("*") if path.is_file() or path.name == "nape"] == []


def test_the_icon_and_the_desktop_entry(make, tmp_path):
    make("install")
    share = tmp_path / "to/usr/share"
    icon = share / "icons/hicolor/scalable/apps/io.github.nape.svg"
    assert icon.read_bytes() == (ROOT / "Pictures/io.github.nape.svg").read_bytes()
    entry = share / "applications/io.github.nape.desktop"
    assert {"Icon=io.github.nape", "NoDisplay=true", "X-GNOME-UsesNotifications=true"} <= set(entry.read_text().splitlines())
    done = subprocess.run(["desktop-file-validate", entry], capture_output=True, text=True, timeout=20)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_software_centre_reads_what_nape_is():
    file = ROOT / "Packaging/io.github.nape.metainfo.xml"
    done = subprocess.run(
        ["appstreamcli", "validate", "--pedantic", "--strict", "--no-net", "--no-color", file], capture_output=True, text=True,
        timeout=60)
    assert done.returncode == 0, done.stdout
    assert not re.search(r"^[EWIP]: ", done.stdout, re.MULTILINE), done.stdout
    assert f'<release version="{version()}"' in file.read_text()


def test_a_tilde_that_the_shell_left_is_the_home(make, tmp_path):
    # As dash hands it on.
    home = f"{tmp_path}/home"
    make("install", "PREFIX=~/.local", f"HOME={home}", "DESTDIR=")
    unit = (tmp_path / "home/.config/systemd/user/nape.service").read_text()
    assert f"\nExecStart={home}/.local/bin/naped\n" in unit
    assert (tmp_path / "home/.local/bin/naped").exists()
    documents = tmp_path / "home/.local/share/doc/nape"
    assert (documents / "docs/programmes.md").read_bytes() == (ROOT / "docs/programmes.md").read_bytes()
    make("uninstall", "PREFIX=~/.local", f"HOME={home}", "DESTDIR=")
    assert [path for path in (tmp_path / "home").rglob("*") if path.is_file()] == []


def test_taking_the_pictures_away_leaves_the_diary_beside_them(make, tmp_path):
    make("install")
    # Where it is when the prefix is ~/.local.
    diary = tmp_path / "to/usr/share/nape/nape.db"
    diary.touch()
    make("uninstall")
    assert [path for path in (tmp_path / "to").rglob("*") if path.is_file()] == [diary]


def test_links_lead_to_what_is_installed(make, tmp_path):
    make("install")
    documents = tmp_path / "to/usr/share/doc/nape"
    pages = sorted(documents.rglob("*.md"))
    links = {
        (page.relative_to(documents), link.split("#")[0]) for page in pages
        for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text())
        if not re.match(r"\w+:|#", link)}
    assert len(links) > 20
    assert [(str(page), link) for page, link in links if not (documents / page.parent / link).is_file()] == []


def test_manual_pages_name_the_folders_of_this_prefix(make, tmp_path):
    make("install", "PREFIX=/opt/nape")
    folder = "/opt/nape/share"
    for name, paths in {
        "man1/nape.1": {f"{folder}/doc/nape/"},
        "man5/nape.toml.5": {f"{folder}/doc/nape/Config/nape.toml", f"{folder}/nape/nape.schema.json"},
        "man8/naped.8": {
            f"{folder}/doc/nape/50-namespaces.conf", "/opt/nape/lib/systemd/user/nape.service",
            f"{folder}/dbus-1/services/io.github.nape.Nape1.service", f"{folder}/dbus-1/interfaces/"},
    }.items():
        text = (tmp_path / f"to{folder}/man" / name).read_text()
        named = re.findall(r"^\.(?:It )?Pa (\S+)", text, re.MULTILINE)
        assert paths <= set(named), name
        assert not [path for path in named if path.startswith(("/usr/share/", "/usr/lib/systemd/"))], name
        for path in paths:
            assert (tmp_path / f"to{path}").exists(), path


@pytest.mark.parametrize("name", ["man1/nape.1", "man5/nape.toml.5", "man8/naped.8"])
def test_a_manual_page_is_sound_and_fits_a_terminal(make, tmp_path, name):
    make("install")
    page = tmp_path / "to/usr/share/man" / name
    done = subprocess.run(["mandoc", "-Tlint", "-Wwarning", page], capture_output=True, text=True, timeout=20)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    shown = subprocess.run(["mandoc", "-Tutf8", "-O", "width=78", page], check=True, capture_output=True, text=True, timeout=20)
    # Bold and underlined letters are struck over.
    lines = re.sub(".\b", "", shown.stdout).expandtabs().splitlines()
    assert len(lines) > 100
    assert [line for line in lines if len(line) > 80] == []


def test_the_manual_pages_leave_nothing_out(make, tmp_path):
    make("install")
    man = tmp_path / "to/usr/share/man"
    daemon = (man / "man8/naped.8").read_text()
    for message_id in re.findall(r'"([0-9a-f]{32})"', (ROOT / "Sources/NapeDaemon/MessageID.swift").read_text()):
        assert f".It Li {message_id}\n" in daemon
    commands = (man / "man1/nape.1").read_text()
    for name in ("status", "headache add", "exercise show", "trial plan", "erase"):
        assert f"\n.Ss nape {name}\n" in commands
    settings = (man / "man5/nape.toml.5").read_text()
    section = ""
    for line in (ROOT / "Config/nape.toml").read_text().splitlines():
        if found := re.match(r"\[(.*)\]$", line):
            section = found[1]
            assert f"\n.Ss [{section}]\n" in settings
        elif found := re.match(r"#? ?(\w+) = ", line):
            assert re.search(rf"^\.It Cm {found[1]} = ", settings.split(f".Ss [{section}]\n")[1], re.MULTILINE), line


def test_every_package_is_of_this_version():
    changelog = (ROOT / "Packaging/debian/changelog").read_text()
    assert changelog.startswith(f"nape ({version()}-")
    assert f"\nVersion:        {version()}\n" in (ROOT / "Packaging/nape.spec").read_text()


def test_a_tarball_that_cannot_be_made_is_told(tmp_path):
    copy = tmp_path / "no-clone"
    copy.mkdir()
    for name in ("Makefile", "Sources/NapeCore/NapeVersion.swift"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy / name)
    done = subprocess.run(
        ["make", "-C", copy, "dist"], capture_output=True, text=True, timeout=60,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(tmp_path)})
    assert done.returncode != 0 and not list((copy / ".build/dist").glob("*.gz"))


def test_packages_are_debians_or_nobodys(tmp_path):
    """On another distribution there is no dpkg, and what is needed has other names."""
    done = subprocess.run(
        ["/bin/sh", ROOT / "Scripts/install-packages", "no-such-package"], capture_output=True, text=True, timeout=20,
        env={"PATH": str(tmp_path)})
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_tarball_of_a_commit_is_always_the_same(tmp_path):
    sums = set()
    for number, settings in enumerate(({"TZ": "UTC", "LC_ALL": "C"}, {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "GZIP": "-1"})):
        copy = tmp_path / str(number)
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, copy], check=True, timeout=60, umask=0o77 * number)
        subprocess.run(["make", "-C", copy, "dist"], check=True, capture_output=True, timeout=60, env={**os.environ, **settings})
        tarball, = (copy / ".build/dist").iterdir()
        sums.add(hashlib.sha256(tarball.read_bytes()).hexdigest())
    assert len(sums) == 1
    with tarfile.open(tarball) as archive:
        members = archive.getmembers()
    assert {member.name.split("/")[0] for member in members} == {f"nape-{version()}"}
    assert {(member.uid, member.gid, member.mtime) for member in members} == {(0, 0, members[0].mtime)}
    assert f"nape-{version()}/Package.swift" in {member.name for member in members}
