"""The page in a real browser: without a network, with hostile texts, with 50,000 completions."""

from __future__ import annotations

import json

import pytest
from scored_rows import scored_row

pytest.importorskip("itables")
pytest.importorskip("matplotlib")

from grpo_rewards.report import write_report

HOSTILE = (
    "<script>window.hit = 1</script>",
    "</script><script>window.hit = 1</script>",
    "</pre></td></tr></table><script>window.hit = 1</script>",
    "<!--<script>window.hit = 1//",
    '<img src="x" onerror="window.hit = 1">',
    '"><img src=x onerror=window.hit=1>',
    "' onmouseover='window.hit = 1' autofocus onfocus='window.hit = 1",
    "<svg onload=window.hit=1><animate onbegin=window.hit=1 attributeName=x>",
    '<iframe src="javascript:parent.hit = 1"></iframe>',
    '<iframe srcdoc="&lt;script&gt;parent.hit = 1&lt;/script&gt;"></iframe>',
    '<a href="javascript:window.hit = 1">42</a>',
    "&lt;img src=x onerror=window.hit=1&gt;",
    "&amp;lt;img src=x onerror=window.hit=1&amp;gt;",
    '<meta http-equiv="refresh" content="0;url=https://example.com/">',
    '<link rel="stylesheet" href="https://example.com/a.css"><base href="https://example.com/">',
    "<style>*{display:none}</style><style>@import 'https://example.com/a.css';</style>",
    '<form action="https://example.com/"><button id="search">42</button></form>',
    '<object data="https://example.com/"></object><embed src="https://example.com/">',
    "{{ 7 * 7 }}{% for x in y %} ${window.hit = 1} #{window.hit = 1} <%= 1 %>",
    "`${window.hit = 1}`; window.hit = 1; //",
    "\\u003cscript\\u003ewindow.hit = 1\\u003c/script\\u003e",
    "]]> <![CDATA[ <script>window.hit = 1</script> ]]>",
    "<scr\x00ipt>window.hit = 1</scr\x00ipt>",
    "\x00\x01\x1b[31m\x7f\x9b 42",
    "\ud800 and \udc00 and \udfff\ud800",
    "\u202e24 si rewsna ehT\u202c \u2066\u2069",
    "\u2028window.hit = 1\u2029",
    "\ufeff\u200b\u2060 42",
    "a" * 20_000,
    "𝟜𝟚 🙂‍↔️ ٤٢ 四十二",
    "$\\frac{1}{0}$ \\(\\href{javascript:window.hit=1}{42}\\)",
    "__proto__",
    "constructor",
    "\r\n\r\n\t",
)


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory):
    """A page in which every text of a row is hostile, and the names of its parts and itself."""
    rows = [
        scored_row(
            question=text,
            completion=f"{text} {text}",
            _problem=text,
            _row=place,
            _verdict="no answer" if place % 2 else "correct",
            _answer=text,
            _gold=text,
            _rule=text,
            _reason=f"no answer: {text}",
            **{f"_part/{HOSTILE[0]}": float(place % 3), "_part/{{ 7 * 7 }}": float(place % 2)},
        )
        for place, text in enumerate(HOSTILE)
    ]
    path = tmp_path_factory.mktemp("hostile") / "report.html"
    return write_report(rows, path, title=HOSTILE[1])


@pytest.fixture(scope="module")
def page(tmp_path_factory, many_rows):
    """A page about 400 completions."""
    return write_report(many_rows(400), tmp_path_factory.mktemp("page") / "report.html")


@pytest.fixture(scope="module")
def training_page(tmp_path_factory, training):
    """A page about a training."""
    return write_report(training, tmp_path_factory.mktemp("training") / "report.html")


AS_WRITTEN = """(() => {
  const shown = document.querySelector('.sheet pre').cloneNode(true);
  for (const each of shown.querySelectorAll('.hidden'))
    each.replaceWith(String.fromCodePoint(parseInt(each.textContent.slice(2), 16)));
  return JSON.stringify(shown.textContent);
})()"""
"""The prompt of an open row, its hidden characters put back in the place of their names."""


def matching(browser):
    return int(browser.ask("document.documentElement.dataset.matching"))


def choose(browser, name):
    browser.ask(
        f"[...document.querySelectorAll('#kinds button')].find((each) => each.textContent"
        f".startsWith({json.dumps(name)})).click()"
    )


def search(browser, words):
    """Type into the search, and wait until the table follows."""
    browser.ask(
        "(() => { const field = document.getElementById('search'); "
        f"field.value = {json.dumps(words)}; field.dispatchEvent(new Event('input')); }})()"
    )
    browser.wait(
        "new URLSearchParams(location.hash.slice(1)).get('search') === "
        f"{json.dumps(words)} || !{json.dumps(words)} && !location.hash.includes('search')"
    )


def cells(browser, title):
    """The texts of a column, as it is shown."""
    return browser.ask(
        "(() => { const heads = [...document.querySelectorAll('#table thead th')]; "
        f"const place = heads.findIndex((head) => head.textContent === {json.dumps(title)}); "
        "return [...document.querySelectorAll('#table tbody tr')].map((row) => "
        "row.cells[place].textContent); })()"
    )


def sort_by(browser, title):
    browser.ask(
        "[...document.querySelectorAll('#table thead th')].find((head) => "
        f"head.textContent === {json.dumps(title)}).querySelector('[role=button]').click()"
    )


class TestAlone:
    def test_it_asks_for_nothing(self, browser, page):
        browser.open(page)
        asked = browser.requests()
        assert [each for each in asked if not each.startswith(("file:///", "blob:"))] == []
        assert [each for each in asked if each.startswith("file:")] == [page.as_uri()]
        assert browser.complaints() == []

    def test_it_can_ask_for_nothing(self, browser, page):
        """Whatever a script in it wants: the page's policy lets no request leave."""
        browser.open(page)
        browser.ask(
            "Promise.allSettled([fetch('https://example.com/'), fetch(location.href), "
            "new Promise((done) => { const image = new Image(); image.onerror = done; "
            "image.src = 'https://example.com/a.png'; document.body.append(image); })])"
        )
        assert browser.requests()[2:] != []
        assert browser.sent() == browser.requests()[:2]

    def test_it_is_one_file(self, page):
        text = page.read_text(encoding="utf-8")
        assert "http://" not in text.replace("http://www.w3.org/", "")
        assert "https://" not in text


class TestFilters:
    @pytest.mark.parametrize("kind", ["correct", "wrong", "no answer"])
    def test_a_button_shows_one_kind(self, browser, page, many_rows, kind):
        browser.open(page)
        choose(browser, kind)
        expected = sum(row["reward/verdict"] == kind for row in many_rows(400))
        assert matching(browser) == expected
        assert set(cells(browser, "verdict")) == {kind}
        choose(browser, "all")
        assert matching(browser) == 400

    def test_a_search_finds_words_wherever_they_stand(self, browser, page, many_rows):
        browser.open(page)
        rows = many_rows(400)
        for words in ("apples", "FIGS", "figs 41", '"there are 12"', "box 7?", "xyzzy", ""):
            search(browser, words)
            wanted = [words.strip('"').lower()] if '"' in words else words.lower().split()
            texts = [
                "\n".join(
                    str(row[name] or "")
                    for name in (
                        "reward/problem",
                        "question",
                        "completion",
                        "reward/answer",
                        "reward/gold",
                        "reward/reason",
                    )
                ).lower()
                for row in rows
            ]
            expected = sum(all(word in text for word in wanted) for text in texts)
            assert matching(browser) == expected, words

    def test_a_kind_and_a_search_go_together(self, browser, page, many_rows):
        browser.open(page)
        choose(browser, "wrong")
        search(browser, "plums")
        expected = [
            row
            for row in many_rows(400)
            if row["reward/verdict"] == "wrong" and "plums" in row["question"] + row["completion"]
        ]
        assert matching(browser) == len(expected)

    def test_a_link_brings_back_what_was_shown(self, browser, page):
        browser.open(page)
        choose(browser, "wrong")
        search(browser, "plums")
        found, link = matching(browser), browser.ask("location.hash")
        browser.open(page, link)
        assert matching(browser) == found
        assert browser.ask("document.getElementById('search').value") == "plums"
        browser.ask("location.hash = '#show=correct'")
        browser.wait(f"document.documentElement.dataset.matching !== '{found}'")
        assert set(cells(browser, "verdict")) == {"correct"}

    @pytest.mark.parametrize(
        "fragment",
        [
            "#show=nothing",
            "#show=__proto__",
            "#row=<b>",
            "#reason=-1",
            "#problem=1e9x",
            "#search=",
            "#x",
        ],
    )
    def test_a_link_that_means_nothing_shows_all(self, browser, page, fragment):
        browser.open(page, fragment)
        assert matching(browser) == 400
        assert browser.complaints() == []

    def test_a_reason_shows_its_completions(self, browser, page, many_rows):
        browser.open(page)
        browser.ask("document.querySelector('[data-reason]').click()")
        unanswered = sum(row["reward/verdict"] == "no answer" for row in many_rows(400))
        assert matching(browser) == unanswered
        browser.ask("document.querySelector('#chosen button').click()")
        assert matching(browser) == unanswered  # of that verdict still

    def test_a_verdict_in_the_rates_shows_its_completions(self, browser, page):
        browser.open(page)
        browser.ask("document.querySelector('[data-show=wrong]').click()")
        assert set(cells(browser, "verdict")) == {"wrong"}

    def test_suspicious_and_disagreeing_ones_are_shown(self, browser, scored, tmp_path):
        rows = [
            *[scored(_row=place) for place in range(20)],
            *[
                scored(_row=place, _verdict="wrong", _score=0.5, **{"_part/answer": -2.5})
                for place in range(20, 40)
            ],
            scored(_row=40, _verdict="wrong", _score=8.0),
        ]
        browser.open(write_report(rows, tmp_path / "report.html"), "#show=suspicious")
        assert cells(browser, "row") == ["40"]
        choose(browser, "disagreeing")
        assert cells(browser, "row") == ["40"]
        browser.ask("document.querySelector('#table .opener').click()")
        remarks = browser.ask("document.querySelector('.sheet ul').textContent")
        assert "paid as a right one" in remarks
        assert "answer mostly goes with the verdict" in remarks


class TestTable:
    def test_it_sorts_by_numbers_and_by_texts(self, browser, page, many_rows):
        browser.open(page)
        scores = sorted(row["reward/score"] for row in many_rows(400))
        sort_by(browser, "score")
        assert [float(cell) for cell in cells(browser, "score")] == scores[:25]
        sort_by(browser, "score")
        assert [float(cell) for cell in cells(browser, "score")] == scores[:-26:-1]
        sort_by(browser, "problem")
        questions = sorted(row["question"] for row in many_rows(400))
        assert cells(browser, "problem")[0] == questions[0]

    def test_a_row_opens_to_its_explanation(self, browser, page, many_rows):
        browser.open(page, "#show=wrong")
        row = next(row for row in many_rows(400) if row["reward/verdict"] == "wrong")
        browser.ask("document.querySelector('#table tbody tr').click()")
        said = browser.ask("document.querySelector('.sheet').textContent")
        for name in ("question", "completion", "reward/reason", "reward/answer", "reward/rule"):
            assert row[name] in said
        assert browser.ask("document.querySelector('.sheet mark').textContent") == "41"
        assert browser.ask("document.querySelector('.opener').ariaExpanded") == "true"
        browser.ask("document.querySelector('#table .opener').click()")
        assert browser.ask("document.querySelector('.sheet')") is None

    def test_a_completion_leads_to_the_others_of_its_problem(self, browser, page):
        browser.open(page, "#row=83")
        assert matching(browser) == 1
        assert browser.ask("document.querySelectorAll('.sheet').length") == 1
        browser.ask(
            "[...document.querySelectorAll('.sheet button')].find((each) => "
            "each.textContent === 'its problem').click()"
        )
        assert cells(browser, "row") == [str(place) for place in range(80, 88)]

    def test_a_filter_closes_what_is_open(self, browser, page):
        browser.open(page)
        browser.ask("document.querySelectorAll('#table .opener')[3].click()")
        choose(browser, "wrong")
        choose(browser, "all")
        assert browser.ask("document.querySelectorAll('.sheet, [aria-expanded=true]').length") == 0

    def test_a_long_text_says_what_is_left_out(self, browser, scored, tmp_path):
        text = "begin " + "word " * 5000 + "end 42"
        path = write_report([scored(completion=text)], tmp_path / "report.html")
        browser.open(path, "#row=0")
        shown = browser.ask(
            "document.querySelector('.sheet [class=omitted]').parentNode.textContent"
        )
        assert shown.startswith("begin word")
        assert shown.endswith("end 42")
        assert f"… {len(text) - 8000:,} characters left out …" in shown


class TestHostile:
    def test_texts_do_nothing(self, browser, hostile_page):
        browser.open(hostile_page)
        scripts = browser.ask("document.scripts.length")
        for title in ("problem", "answer", "gold", "verdict", "score"):
            sort_by(browser, title)
        browser.ask("document.querySelector('.dt-length select').value = '100'")
        browser.ask(
            "document.querySelector('.dt-length select').dispatchEvent(new Event('change'))"
        )
        browser.ask("document.querySelectorAll('#table .opener').forEach((each) => each.click())")
        browser.wait(f"document.querySelectorAll('.sheet').length === {len(HOSTILE)}")
        browser.ask("new Promise((done) => setTimeout(done, 300))")
        assert browser.ask("typeof window.hit") == "undefined"
        tags = (
            "img, iframe, svg[onload], a[href^=javascript], object, embed, form, base, .sheet style"
        )
        assert browser.ask(f"document.querySelectorAll('{tags}').length") == 0
        assert browser.ask("document.scripts.length") == scripts
        assert (
            browser.ask("document.querySelectorAll('[onerror], [onmouseover], [onfocus]').length")
            == 0
        )
        assert browser.complaints() == []
        asked = [each for each in browser.requests() if not each.startswith("blob:")]
        assert asked == [hostile_page.as_uri()]

    def test_a_text_is_shown_as_it_is(self, browser, hostile_page):
        browser.open(hostile_page)
        for place, text in enumerate(HOSTILE):
            browser.ask(f"location.hash = '#row={place}'")
            browser.wait(f"document.querySelector('.opener')?.ariaLabel === 'Row {place}'")
            assert browser.ask("document.querySelectorAll('.sheet').length") == 1
            assert json.loads(browser.ask(AS_WRITTEN)) == text[:1500]

    def test_a_text_is_found(self, browser, hostile_page):
        browser.open(hostile_page)
        for text in HOSTILE[:6]:
            search(browser, text if '"' in text else f'"{text}"')
            assert matching(browser) >= 1

    def test_names_are_shown_as_they_are(self, browser, hostile_page):
        browser.open(hostile_page)
        assert browser.ask("document.querySelector('h1').textContent") == HOSTILE[1]
        named = browser.ask(
            "[...document.querySelectorAll('.matrix tbody th')].map((each) => each.textContent)"
        )
        assert {HOSTILE[0], "{{ 7 * 7 }}"} <= set(named)
        heads = browser.ask(
            "[...document.querySelectorAll('#table thead th')].map((each) => each.textContent)"
        )
        assert HOSTILE[0] in heads


class TestLook:
    def test_dark_is_dark_and_light_is_light(self, browser, page):
        brightness = {}
        for dark in (False, True):
            browser.look(dark=dark)
            browser.open(page)
            brightness[dark] = [
                browser.ask(
                    f"getComputedStyle(document.querySelector('{where}')).{what}.match(/\\d+/g)"
                    ".slice(0, 3).reduce((sum, part) => sum + Number(part), 0)"
                )
                for where, what in (
                    ("html", "backgroundColor"),
                    ("body", "color"),
                    ("#table td", "color"),
                    ("svg text", "fill"),
                )
            ]
        browser.look()
        paper, *inks = brightness[False]
        assert all(paper > ink + 200 for ink in inks)
        paper, *inks = brightness[True]
        assert all(ink > paper + 200 for ink in inks)

    @pytest.mark.parametrize("width", [320, 420, 768, 1280])
    def test_it_is_as_wide_as_the_screen(self, browser, page, training_page, width):
        browser.look(width=width)
        for path in (page, training_page):
            browser.open(path)
            browser.ask("document.querySelector('#table .opener').click()")
            assert browser.ask("document.documentElement.scrollWidth") <= width
            verdict = browser.ask(
                "(() => { const dot = document.querySelector('#table .dot').parentElement; "
                "const box = dot.getBoundingClientRect(); return [box.left, box.right]; })()"
            )
            assert verdict[1] - verdict[0] > 60
            assert 0 <= verdict[0] < verdict[1] <= width
        browser.look()

    def test_columns_follow_the_screen(self, browser, page):
        browser.look(width=1280)
        browser.open(page)
        heads = "[...document.querySelectorAll('#table thead th')].map((each) => each.textContent)"
        assert "format" in browser.ask(heads)
        browser.look(width=420)
        browser.wait(f"!{heads}.includes('gold')")
        assert browser.ask(heads) == ["", "problem", "verdict", "score"]
        browser.look()
        browser.wait(f"{heads}.includes('gold')")

    def test_a_training_has_its_curves(self, browser, training_page):
        browser.open(training_page)
        curves = browser.ask("document.querySelectorAll('#curves figure svg').length")
        assert curves == 4
        assert "75.0\xa0%" in browser.ask("document.querySelector('#rates').textContent")
        assert browser.complaints() == []


class TestMany:
    def test_fifty_thousand_completions_open_and_filter(self, browser, many_rows, tmp_path):
        rows = many_rows(50_000)
        path = write_report(rows, tmp_path / "report.html")
        assert path.stat().st_size < 12_000_000
        browser.open(path)
        assert matching(browser) == 50_000
        assert browser.ask("document.querySelectorAll('#table tbody tr').length") == 25
        choose(browser, "wrong")
        wrong = [row for row in rows if row["reward/verdict"] == "wrong"]
        assert matching(browser) == len(wrong)
        search(browser, "figs 4999")
        expected = [
            row
            for row in wrong
            if "figs" in (text := row["question"] + row["completion"]) and "4999" in text
        ]
        assert matching(browser) == len(expected) > 0
        sort_by(browser, "row")
        assert cells(browser, "row")[0] == str(expected[0]["reward/row"])
        assert browser.complaints() == []

    def test_of_more_it_shows_some_and_says_so(self, browser, many_rows, tmp_path):
        path = write_report(many_rows(2_000), tmp_path / "report.html", most=500)
        browser.open(path)
        assert matching(browser) == 500
        said = browser.ask("document.querySelector('#completions .note').textContent")
        assert "500 of the 2,000 completions" in said
        assert "2,000 completions of 250 problems" in browser.ask(
            "document.querySelector('.lead').textContent"
        )
