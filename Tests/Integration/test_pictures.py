"""The pictures of the exercises and the icon: plain SVG that says what it shows, and that the usual renderer draws."""
import pathlib
import re
import subprocess
from xml.etree import ElementTree

import pytest

ROOT = pathlib.Path(__file__).parents[2]
PICTURES = ROOT / "Pictures"
EXERCISES = [f"e{number:02}" for number in range(1, 17)]
SVG = "{http://www.w3.org/2000/svg}"
# What every renderer draws alike, on any background and in any language.
PLAIN = {f"{SVG}{tag}" for tag in ("svg", "title", "desc", "g", "path", "rect", "circle")}


def test_each_exercise_has_its_picture_and_nothing_else_is_there():
    assert {path.name for path in PICTURES.iterdir()} == {f"{name}.svg" for name in [*EXERCISES, "io.github.nape"]}


@pytest.mark.parametrize("name", [*EXERCISES, "io.github.nape"])
def test_picture_is_plain_and_says_what_it_shows(name):
    file = PICTURES / f"{name}.svg"
    assert file.stat().st_size < 4096
    picture = ElementTree.parse(file).getroot()
    assert (picture.tag, picture.get("viewBox")) == (f"{SVG}svg", "0 0 128 128")
    assert picture.findtext(f"{SVG}title").strip()
    assert re.fullmatch(r"[A-Z].*\.", picture.findtext(f"{SVG}desc"))
    # No text, script, image, style or filter; nothing that points elsewhere.
    assert {one.tag for one in picture.iter()} <= PLAIN
    for one in picture.iter():
        for key, value in one.attrib.items():
            assert not key.endswith("href") and not key.startswith("on") and key not in ("class", "style", "id")
            assert "url(" not in value


@pytest.mark.parametrize(
    "name, size", [(name, size) for name in EXERCISES for size in (64, 128)] + [("io.github.nape", 24)])
def test_picture_is_drawn_on_a_card_of_its_own(name, size, tmp_path):
    drawn = tmp_path / "drawn.png"
    subprocess.run(["rsvg-convert", "-w", str(size), "-o", drawn, PICTURES / f"{name}.svg"], check=True, timeout=20)
    pixels = subprocess.run(["convert", drawn, "-depth", "8", "rgba:-"], check=True, capture_output=True, timeout=20)
    colours = [pixels.stdout[at:at + 4] for at in range(0, len(pixels.stdout), 4)]
    assert len(colours) == size * size
    # Light and dark in the picture itself, so that it can be read on any background; only the corners are clear.
    shade = [sum(one[:3]) for one in colours if one[3] == 255]
    assert len(shade) > 0.8 * len(colours)
    assert sum(one > 690 for one in shade) > len(shade) / 10
    assert sum(one < 250 for one in shade) > len(shade) / 50
    # The accent: what moves, or the nape.
    assert any(red > 180 and red - blue > 100 and red - green > 60 for red, green, blue, _ in colours)
