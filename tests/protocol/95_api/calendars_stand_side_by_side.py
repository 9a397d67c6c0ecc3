import uuid

import pytest

from api import Api
from dav import event

DAY = 86400
FROM = 1795651200  # 2026-11-26T00:00Z


def ask(api, who=None, start=FROM, end=FROM + 30 * DAY):
    reply = api("GET", f"/calendar?from={start}&to={end}" + (f"&who={who}" if who else ""))
    assert reply.status == 200, reply
    return reply.json["items"]


def put(server, name, **kind):
    uid = str(uuid.uuid4())
    answer = server.client(name).put_event(f"/calendars/{name}/calendar/{uid}.ics", event(uid=uid, **kind))
    assert answer.status == 201


@pytest.fixture
def two(own_server):
    return own_server, Api(own_server, "ann"), Api(own_server, "ben")


def test_each_occurrence_by_itself(two):
    server, ann, _ = two
    put(server, "ann", start="20261127T090000Z", end="20261127T100000Z", summary="Weekly",
        extra="RRULE:FREQ=WEEKLY;COUNT=10\r\nLOCATION:Room 1\r\nCATEGORIES:Call\r\n")
    items = ask(ann)
    assert [i["start"] for i in items] == [FROM + DAY + 9 * 3600 + w * 7 * DAY for w in range(5)]
    assert all(i["title"] == "Weekly" and i["location"] == "Room 1" and i["category"] == "Call" and i["owner"] == ann.me["id"]
               and i["calendar"] == "calendar" and not i["all_day"] and not i["busy_only"] for i in items)
    assert len({i["record"] for i in items}) == 1
    assert ask(ann, end=FROM + DAY) == []


def test_others_only_as_taken(two):
    server, ann, ben = two
    put(server, "ann", start="20261127T090000Z", end="20261127T100000Z", summary="Secret plan")
    put(server, "ann", start="20261127T093000Z", end="20261127T110000Z", summary="Another")
    put(server, "ann", start="20261128T090000Z", end="20261128T100000Z", summary="Free", extra="TRANSP:TRANSPARENT\r\n")
    put(server, "ben", start="20261127T120000Z", end="20261127T130000Z", summary="Mine")
    items = ask(ben, f"{ben.me['id']},{ann.me['id']}")
    assert [(i["title"], i["busy_only"], i["record"] is None) for i in items] == [(None, True, True), ("Mine", False, False)]
    assert (items[0]["start"], items[0]["end"]) == (FROM + DAY + 9 * 3600, FROM + DAY + 11 * 3600)


def test_shared_ones_whole_but_for_what_is_private(two):
    server, ann, ben = two
    put(server, "ann", start="20261127T090000Z", end="20261127T100000Z", summary="Open")
    put(server, "ann", start="20261128T090000Z", end="20261128T100000Z", summary="Doctor", extra="CLASS:PRIVATE\r\n")
    server.command("collection", "share", "calendars/ann/calendar", "ben", "read")
    assert [(i["title"], i["busy_only"]) for i in ask(ben, ann.me["id"])] == [("Open", False), (None, True)]
    assert [(i["title"], i["busy_only"]) for i in ask(ann)] == [("Open", False), ("Doctor", False)]


def test_all_day_and_cancelled(two):
    server, ann, _ = two
    uid = str(uuid.uuid4())
    body = event(uid=uid, summary="Holiday").replace("DTSTART:20261124T090000Z", "DTSTART;VALUE=DATE:20261201").replace(
        "DTEND:20261124T100000Z", "DTEND;VALUE=DATE:20261203")
    assert server.client("ann").put_event(f"/calendars/ann/calendar/{uid}.ics", body).status == 201
    put(server, "ann", start="20261202T090000Z", end="20261202T100000Z", summary="Off", extra="STATUS:CANCELLED\r\n")
    items = ask(ann)
    # Days begin at midnight in the company's zone, Europe/Berlin.
    assert [(i["title"], i["all_day"], i["start"]) for i in items] == [("Holiday", True, FROM + 5 * DAY - 3600)]
    assert items[0]["end"] - items[0]["start"] == 2 * DAY


@pytest.mark.parametrize("query", ["", "from=1", "from=2&to=1", "from=x&to=2", "from=0&to=99999999", "from=1&to=2&who=x",
                                   "from=1&to=2&who=" + ",".join(["1"] * 51)])
def test_what_cannot_be_asked(browser, query):
    assert browser("GET", f"/calendar?{query}").status == 400
    assert browser("GET", "/calendar?from=1&to=2&who=999999").status == 404
