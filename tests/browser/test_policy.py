"""What a browser is told not to do: it holds, and no page needs what is forbidden."""

import pytest

pytestmark = pytest.mark.browser


def test_a_script_that_somebody_planted_does_not_run(visit, refused):
    page = visit("/accessibility")

    with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
        page.evaluate(
            """() => {
                document.body.insertAdjacentHTML(
                    'beforeend', '<img id="planted" src="data:," onerror="window.hit = 1">');
                const image = document.getElementById('planted');
                return new Promise(done => image.addEventListener('error', () => done()));
            }"""
        )

    assert page.evaluate("() => window.hit === undefined")
    assert any("Content Security Policy" in said for said in refused)
    # It was refused on purpose; the other tests are about what was not.
    refused.clear()


def test_a_page_in_a_frame_is_one_view_with_a_way_to_all_others(visit):
    page = visit("/housing?embed=true&indicator=social_renting&area=E09000012")

    assert page.locator("[data-testid=stSidebarNav]").count() == 0
    assert "Before you use this" in page.inner_text("[data-testid=stMain]")
    link = page.get_by_role("link", name="Open this view in the dashboard").get_attribute("href")
    assert "/housing?indicator=social_renting&area=E09000012&period=2021" in link
    assert "embed" not in link


def test_no_other_site_may_show_a_page_unless_the_settings_say_so(browser, server):
    context = browser.new_context()
    page = context.new_page()
    with page.expect_console_message(lambda said: "frame-ancestors 'none'" in said.text):
        page.set_content(f'<iframe title="Figures" src="{server}/accessibility"></iframe>')
    context.close()
