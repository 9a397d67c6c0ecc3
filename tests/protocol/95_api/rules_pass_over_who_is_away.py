"""Work is given out by rule to who has least, or least for their share, and never to who is away: by
their calendar, or because somebody stands in."""
import datetime
import uuid

import pytest

from conftest import made
from dav import xml_doc


def day(offset):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=offset)).strftime("%Y%m%dT%H%M%SZ")


@pytest.fixture
def territory(root_):
    """A new one, which a rule of the test's own asks for."""
    name = uuid.uuid4().hex[:8]
    made(root_, "choices", list="territory", name=name)
    return name


def rule(root, territory, method, candidates):
    return made(root, "rules", name=territory, applies_to="leads", conditions={"territory": territory},
                method=method, candidates=candidates, enabled=True)


def given(root, territory, number):
    ids = [made(root, "leads", name=f"L {i}", territory=territory) for i in range(number)]
    assert root("POST", "/leads/assign", {"ids": ids, "rules": True}).json["changed"] == number
    return [root("GET", f"/leads/{i}").json["owner"] for i in ids]


def open_of(root, who):
    return root("GET", f"/leads?f=owner:eq:{who.me['id']}&f=state:eq:0&count=1&limit=1").json["total"]


def test_to_who_has_fewest_open(root_, ann_, ben_, territory):
    for i in range(3 + max(0, open_of(root_, ben_) - open_of(root_, ann_))):
        made(ann_, "leads", name=f"Ann's {i}")
    rule(root_, territory, "fewest open", [{"user": ann_.me["id"]}, {"user": ben_.me["id"]}])
    ahead = open_of(root_, ann_) - open_of(root_, ben_)
    assert ahead >= 3
    assert given(root_, territory, 3) == [ben_.me["id"]] * 3


def test_by_weight(root_, territory):
    people = [root_("POST", "/users", {"name": f"w{territory}{i}", "display_name": f"W {i}", "roles": ["sales"],
                                       "password": "weighted-secret-1"}).json["id"] for i in range(2)]
    rule(root_, territory, "weighted", [{"user": people[0], "weight": 3}, {"user": people[1], "weight": 1}])
    owners = given(root_, territory, 8)
    assert owners.count(people[0]) == 6 and owners.count(people[1]) == 2


def test_not_to_who_is_out_of_office(company, root_, ann_, ben_, territory):
    rule(root_, territory, "round robin", [{"user": ann_.me["id"]}, {"user": ben_.me["id"]}])
    phone = company.client("ben")
    path = f"/calendars/ben/calendar/{territory}.ics"
    out = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VEVENT\r\n"
           f"UID:{territory}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:{day(-1)}\r\nDTEND:{day(2)}\r\nSUMMARY:Away\r\n"
           "X-MICROSOFT-CDO-BUSYSTATUS:OOF\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    assert phone.put_event(path, out).status == 201
    assert given(root_, territory, 3) == [ann_.me["id"]] * 3
    assert phone("DELETE", path).status == 204
    assert ben_.me["id"] in given(root_, territory, 2)


def test_not_to_whom_somebody_covers(root_, ann_, ben_, territory):
    rule(root_, territory, "round robin", [{"user": ann_.me["id"]}, {"user": ben_.me["id"]}])
    today = datetime.date.today()
    cover = made(root_, "covers", absent=ann_.me["id"], cover=ben_.me["id"], to=str(today + datetime.timedelta(days=3)),
                 **{"from": str(today - datetime.timedelta(days=1))})
    assert given(root_, territory, 3) == [ben_.me["id"]] * 3
    assert root_("DELETE", f"/covers/{cover}").status == 204
    assert ann_.me["id"] in given(root_, territory, 2)


def availability(uid, zone="UTC", busytype="BUSY-UNAVAILABLE", hours=None):
    """Reachable for these hours of each day (none: never), without end."""
    offered = "".join(f"BEGIN:AVAILABLE\r\nUID:{uid}-a\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:{hours[0]}\r\nDTEND:{hours[1]}\r\n"
                      "RRULE:FREQ=DAILY\r\nEND:AVAILABLE\r\n" for _ in [0] if hours)
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VAVAILABILITY\r\n"
            f"UID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nBUSYTYPE:{busytype}\r\n{offered}END:VAVAILABILITY\r\nEND:VCALENDAR\r\n")


def busy_now(uid):
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VEVENT\r\n"
            f"UID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:{day(-1)}\r\nDTEND:{day(2)}\r\nSUMMARY:Trip\r\n"
            "END:VEVENT\r\nEND:VCALENDAR\r\n")


def around_now():
    """Hours of every day that hold this moment, resp. that do not."""
    now = datetime.datetime.now(datetime.timezone.utc)
    first = now - datetime.timedelta(days=30)
    near = [(first + datetime.timedelta(hours=h)).strftime("%Y%m%dT%H%M%SZ") for h in (-2, 2)]
    far = [(first + datetime.timedelta(hours=h)).strftime("%Y%m%dT%H%M%SZ") for h in (6, 10)]
    return near, far


@pytest.mark.parametrize("busy", [False, True], ids=["nothing else", "a busy event over it"])
@pytest.mark.parametrize("published", [False, True], ids=["in a calendar", "beside them"])
def test_not_to_who_cannot_be_reached(company, root_, ann_, ben_, territory, busy, published):
    rule(root_, territory, "round robin", [{"user": ann_.me["id"]}, {"user": ben_.me["id"]}])
    phone, near, far = company.client("ben"), *around_now()
    event, own = f"/calendars/ben/calendar/{territory}-e.ics", f"/calendars/ben/{territory}/"
    assert published or phone("MKCALENDAR", own, xml_doc("C:mkcalendar", (
        '<D:set><D:prop><C:supported-calendar-component-set><C:comp name="VAVAILABILITY"/></C:supported-calendar-component-set>'
        "</D:prop></D:set>")), Content_Type="application/xml").status == 201

    def say(body):
        if not published:
            assert phone.put_event(own + "a.ics", body).status in (201, 204)
            return
        value = "<D:set><D:prop><C:calendar-availability>" + body.replace("\r\n", "&#13;\n") + "</C:calendar-availability></D:prop></D:set>"
        reply = phone("PROPPATCH", "/calendars/ben/", xml_doc("D:propertyupdate", value), Content_Type="application/xml")
        assert reply.status == 207 and b"200 OK" in reply.body, reply
    if busy:
        assert phone.put_event(event, busy_now(territory + "-e")).status == 201
    try:
        say(availability(territory, hours=far))
        assert given(root_, territory, 3) == [ann_.me["id"]] * 3
        say(availability(territory, hours=near))
        assert ben_.me["id"] in given(root_, territory, 2), "a meeting alone keeps nobody from work"
        say(availability(territory))
        assert given(root_, territory, 3) == [ann_.me["id"]] * 3
        say(availability(territory, busytype="BUSY-TENTATIVE"))
        assert ben_.me["id"] in given(root_, territory, 2)
    finally:
        phone("DELETE", event)
        phone("DELETE", own)
        if published:
            phone("PROPPATCH", "/calendars/ben/", xml_doc("D:propertyupdate", "<D:remove><D:prop><C:calendar-availability/></D:prop></D:remove>"),
                  Content_Type="application/xml")
