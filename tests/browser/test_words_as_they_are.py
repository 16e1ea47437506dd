"""Words that somebody wrote, where Streamlit reads Markdown: they stand as written."""

import pytest
from serving import opened, served

pytestmark = pytest.mark.browser

# A line for each way in which a text was shown as something else.
LINES = (
    "T :material/home: :smile: :+1: :streamlit:",
    "ends in an icon :material/home",
    "www.council.example WWW.Council.example http://council.example https://council.example/a",
    "&lt;b&gt; &amp; &copy; <b>x</b> AT&T",
    ":red[x] :small[y] :red-badge[z] [a](http://council.example) ![b](c.png) [^1]",
    "~~s~~ $a$ $$b$$ `c` **d** _e_ f | g",
    "a -> b <-> c <- d -- e >= 3 <= 4 ~= 5",
    "10:30 and 1:100:",
    "# a heading",
    "- a list",
    "2. a list",
    "> a quotation",
)
SCRIPT = """\
import streamlit as st

from loti_dash.notices import as_it_is

st.title("Words", anchor=False)
for number, line in enumerate({lines!r}):
    shown = as_it_is(line)
    with st.container(key=f"words-{{number}}"):
        st.write(shown)
        st.markdown(f"**{{shown}}**")
        st.info(shown)
        st.button(shown)
        st.checkbox(shown)
        st.radio(shown, [0], format_func=lambda _, shown=shown: shown)
        st.expander(shown, key=f"fold-{{number}}").write("")
"""


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("words")
    (folder / "words.py").write_text(SCRIPT.format(lines=LINES), encoding="utf-8")
    with served(folder, folder, str(folder / "words.py")) as address:
        tab = browser.new_context().new_page()
        opened(tab, address)
        yield tab
        tab.context.close()


@pytest.mark.parametrize("number", range(len(LINES)), ids=LINES)
def test_words_of_people_are_shown_as_they_are_in_texts_and_in_labels(page, number):
    place = page.locator(f".st-key-words-{number}")
    said = place.locator("[data-testid=stMarkdownContainer]").all()
    said = [each.inner_text().replace("\N{WORD JOINER}", "").strip() for each in said]

    assert [each for each in said if each] == [LINES[number]] * 8
    inside = "[data-testid=stMarkdownContainer] :is(a, img, code, del, h1, ul, ol, blockquote, "
    assert place.locator(f"{inside}[role=img], [data-testid=stIconMaterial], .katex)").count() == 0
