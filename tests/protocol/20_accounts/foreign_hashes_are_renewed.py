"""A hash that came from elsewhere becomes one of ours when its password is first used."""
import re
import sqlite3
import subprocess

import pytest
import requests

from dav import PEOPLE, POSTGRES, Server

FOREIGN = re.compile(r"\$5\$")
OURS = re.compile(r"\$y\$")


def stored(server, name):
    asked = f"SELECT password FROM principal WHERE name = '{name}'"
    if POSTGRES:
        return subprocess.run(["psql", f"{POSTGRES} dbname={server.database}", "-Atqc", asked],
                              capture_output=True, text=True, check=True).stdout.strip()
    with sqlite3.connect(server.data / "kontor.db") as db:
        return db.execute(asked).fetchone()[0]


def signs_in(server, name, password=None):
    return server.client(name, password).propfind(f"/calendars/{name}/", "D:displayname").status == 207


@pytest.fixture(scope="module")
def renewing():
    one = Server(["login.renew_hashes=yes"], people=PEOPLE).start()
    yield one
    one.remove()


def test_the_first_use_renews_it_and_later_ones_do_not(renewing):
    assert FOREIGN.match(stored(renewing, "ann"))
    assert signs_in(renewing, "ann")
    first = stored(renewing, "ann")
    assert OURS.match(first)
    renewing.stop()
    renewing.start()
    assert signs_in(renewing, "ann")
    assert not signs_in(renewing, "ann", "other")
    assert stored(renewing, "ann") == first


def test_a_wrong_password_renews_nothing(renewing):
    assert not signs_in(renewing, "root", "other")
    assert FOREIGN.match(stored(renewing, "root"))


def test_it_can_be_left_alone_and_a_browser_stays_signed_in_when_it_is_not(own_server):
    browser = requests.Session()
    browser.trust_env = False
    at = "/api/v1/session"
    login = {"name": "ann", "password": "ann-secret"}
    assert browser.post(own_server.url + at, json=login, timeout=30).status_code == 200
    assert FOREIGN.match(stored(own_server, "ann"))
    own_server.stop()
    own_server.settings.append("login.renew_hashes=yes")
    own_server.start()
    assert signs_in(own_server, "ann")
    assert OURS.match(stored(own_server, "ann"))
    assert browser.get(own_server.url + at, timeout=30).json()["me"]["name"] == "ann"
