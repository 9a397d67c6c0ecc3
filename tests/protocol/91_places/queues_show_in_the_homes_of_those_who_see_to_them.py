"""Clients look no further than the own home (client-gotchas 6): a team's queue is found there, too."""
import uuid

import pytest

from dav import Server, card, todo
from places import PEOPLE, People, hrefs, multiget

LEADS, CASES = "/addressbooks/carla/leads@north/", "/calendars/ben/cases@north/"


@pytest.fixture(scope="module")
def house():
    one = Server(people=PEOPLE)
    for kind in ("leads", "cases"):
        one.command("collection", "queue", "north", kind, "on")
    one.start()
    yield one
    one.remove()


@pytest.fixture(scope="module")
def firm(house):
    return People(house)


def collections(client, path):
    return [h for h in client.propfind(path, "D:resourcetype", depth=1).responses() if h != path]


def test_they_stand_behind_the_own_ones(firm):
    assert collections(firm.carla, "/addressbooks/carla/") == [
        f"/addressbooks/carla/{n}/" for n in ("contacts", "accounts", "leads", "leads@north")]
    assert collections(firm.carla, "/calendars/carla/")[-1] == "/calendars/carla/cases@north/"
    assert collections(firm.ben, "/calendars/ben/")[-1] == CASES
    assert "leads@north" not in str(collections(firm.ben, "/addressbooks/ben/"))
    for who in ("ann", "dora", "emil", "fay", "vic", "lea", "root"):
        client = getattr(firm, who)
        assert "@" not in str(collections(client, f"/addressbooks/{who}/") + collections(client, f"/calendars/{who}/"))
        assert client.propfind(f"/addressbooks/{who}/leads@north/", "D:resourcetype").status == 404
        assert client.propfind(LEADS, "D:resourcetype").status == 404


def test_they_say_what_and_whose_they_are(firm):
    props = firm.ben.propfind(CASES, "D:displayname", "D:owner", "D:resourcetype", "D:sync-token",
                              "D:current-user-privilege-set",
                              "C:supported-calendar-component-set").responses()[CASES]["props"]
    assert props["D:displayname"].text == "North: cases"
    assert props["D:owner"][0].text == "/principals/groups/north/"
    assert props["D:sync-token"].text == firm.ben.propfind(
        "/calendars/north/cases/", "D:sync-token").responses()["/calendars/north/cases/"]["props"]["D:sync-token"].text
    assert [c.get("name") for c in props["C:supported-calendar-component-set"]] == ["VTODO"]


def test_they_sync_and_are_asked_like_any_other(firm):
    """Empty as they are: nobody has left anything yet."""
    first = firm.ben.sync(CASES)
    assert first.status == 207 and not hrefs(first)
    assert not hrefs(firm.ben.sync(CASES, first.sync_token()))
    missing = CASES + "none.ics"
    assert multiget(firm.ben, CASES, missing, data="C:calendar-data").responses()[missing]["status"] == 404


def test_nothing_is_put_in_and_they_stay(firm):
    uid = str(uuid.uuid4())
    assert firm.carla.put_card(LEADS + "x.vcf", card(uid)).status == 403
    assert firm.ben.put_event(CASES + "x.ics", todo(uid)).status == 403
    for client, path in ((firm.carla, LEADS), (firm.ben, CASES)):
        assert client("DELETE", path).status == 403
        assert client("MOVE", path, Destination=path.replace("@", "-")).status == 403
        assert client("ACL", path, "<x/>").status in (400, 403)
