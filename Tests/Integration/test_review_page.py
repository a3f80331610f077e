"""The pages of the review, as Swift has written them for each case (HTMLReviewTests), in a real browser: how many sheets of
paper they take, whether anything is cut, what they ask the network for, and whether they are HTML."""
import os
import pathlib
import subprocess

import html5lib
import pytest

from browser import Browser

PAGES = pathlib.Path(os.environ.get("NAPE_PAGES", pathlib.Path(__file__).parents[2] / ".build/pages"))
SHEETS = {"letter": (8.5, 11), "a4": (8.27, 11.69)}
FONTS = ["Noto Sans", "Liberation Sans", "DejaVu Sans"]
LONGER = {"month": 3, "ratio": 3, "eight-weeks": 3, "twelve-weeks": 4, "sixteen-weeks": 5}
# The page itself, and what hides what does not fit in it.
TOO_WIDE = """[...document.querySelectorAll('html,.cal td,.page,.box,.words dd')]
  .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(-30))"""


@pytest.fixture(scope="module")
def browser():
    browser = Browser()
    yield browser
    browser.close()


def cases():
    pages = sorted(PAGES.glob("*.html"))
    assert len(pages) > 15, f"no pages in {PAGES}: NAPE_PAGES={PAGES} swift test --filter HTMLReviewTests"
    return pages


def sheets(pdf):
    info = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return int(next(line.split()[1] for line in info.splitlines() if line.startswith("Pages:")))


def keep(name, content):
    folder = os.environ.get("NAPE_TEST_OUT")
    if folder:
        os.makedirs(folder, exist_ok=True)
        (pathlib.Path(folder) / name).write_bytes(content)


def test_every_case_takes_its_sheets_and_nothing_is_cut(browser):
    for page in cases():
        browser.open(page)
        for width in (390, 640, 820, 1280):
            browser.look(width)
            assert browser.evaluate(TOO_WIDE) == [], f"{page.stem} at {width} px"
        for width in (695, 718):
            browser.look(width, media="print")
            assert browser.evaluate(TOO_WIDE) == [], f"{page.stem} on paper"
        pdf = browser.pdf(*SHEETS["letter"])
        keep(f"{page.stem}.pdf", pdf)
        count = sheets(pdf)
        assert count == LONGER.get(page.stem, 2), page.stem


@pytest.mark.parametrize("font", FONTS)
def test_four_weeks_are_two_sheets_in_every_font(browser, font):
    for name in ("juniper", "full"):
        browser.open(PAGES / f"{name}.html")
        browser.use_font(font)
        for size, (width, height) in SHEETS.items():
            count = sheets(browser.pdf(width, height))
            assert count == 2, f"{name}, {font}, {size}"
        browser.look(695, media="print")
        assert browser.evaluate(TOO_WIDE) == [], f"{name}, {font}"


def test_nothing_is_asked_of_the_network(browser):
    page = PAGES / "full.html"
    browser.requests.clear()
    browser.open(page)
    browser.pdf(*SHEETS["a4"])
    assert browser.requests == [page.as_uri()]


def test_the_pages_are_html(browser):
    for page in cases():
        document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page.read_text())
        ids = [element.get("id") for element in document.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), page.stem
        named = [name for element in document.iter() for name in (element.get("aria-labelledby") or "").split()]
        assert set(named) <= set(ids), page.stem
        assert all(picture.get("role") == "img" or picture.get("aria-hidden") for picture in document.iter("svg"))


def test_a_phone_reads_it_in_one_column(browser):
    browser.open(PAGES / "juniper.html")
    browser.look(390, scale=2)
    keep("phone.png", browser.picture())
    sizes = browser.evaluate(
        "[...document.querySelectorAll('p,li,td,th,dd,dt')].filter(e => e.offsetWidth > 2)"
        ".map(e => parseFloat(getComputedStyle(e).fontSize))")
    assert min(sizes) >= 11
