"""People of every role, and how each signs in without a browser, at a real provider."""

import json
import re
import time
from urllib.parse import parse_qs, urlsplit

import httpx
from browser.signing_in import CAMDEN, HACKNEY
from streamlit.auth_util import encode_provider_token
from streamlit.web.server.starlette.starlette_app_utils import (
    create_signed_value,
    decode_signed_value,
)

USER = "_streamlit_user"
# A day's work is over after twelve hours.
LONG_AGO = 13 * 60 * 60

# Who, by the columns of the matrix: roles, areas, and the account for the commands.
PEOPLE = {
    "visitor": None,
    "nobody": ("", []),
    "analyst": ("analyst", [HACKNEY]),
    "analyst elsewhere": ("analyst", [CAMDEN]),
    "approver": ("approver", [HACKNEY]),
    "approver elsewhere": ("approver", [CAMDEN]),
    "administrator": ("administrator", ["all"]),
    "expired": ("approver", [HACKNEY]),
}


def email(who):
    return f"{who.replace(' ', '.')}@council.example"


def account(who):
    return who.replace(" ", "-")


def roles():
    """Return the file of roles."""
    lines = []
    for who, of in PEOPLE.items():
        if of and of[0]:
            lines.append(
                f'[people."{email(who)}"]\nroles = ["{of[0]}"]\nareas = {json.dumps(of[1])}\n'
                f'account = "{account(who)}"\n'
            )
    return "\n".join(lines)


def cookies(base, who, secret):
    """Return the cookies of somebody who has signed in at the provider; of a visitor none."""
    with httpx.Client(follow_redirects=False, timeout=60) as browser:
        browser.get(f"{base}/_stcore/health")
        if PEOPLE[who] is None:
            return dict(browser.cookies)
        token = encode_provider_token("default")
        to_provider = browser.get(f"{base}/auth/login", params={"provider": token})
        at = to_provider.headers["location"]
        back = browser.post(at, data={"sub": email(who)})
        signed_in = browser.get(back.headers["location"])
        assert signed_in.status_code in (302, 307), signed_in.text
        assert parse_qs(urlsplit(back.headers["location"]).query)["code"]
        found = dict(browser.cookies)
    assert any(name.startswith(USER) for name in found), found
    return aged(found, secret) if who == "expired" else found


def aged(found, secret):
    """Return cookies as they were had somebody signed in long ago: only the provider's clock."""
    signed = found[USER].strip('"')
    user = json.loads(decode_signed_value(secret, USER, signed.encode()))
    user["iat"] = time.time() - LONG_AGO
    again = create_signed_value(secret, USER, json.dumps(user)).decode()
    return found | {USER: again}


def cookie_secret(file):
    return re.search(r'cookie_secret = "(\w+)"', file.read_text())[1]
