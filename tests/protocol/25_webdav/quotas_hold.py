"""RFC 4331: what is used and what is left is told, and what does not fit is 507 quota-not-exceeded."""
import pytest

import dav

KIB = "x" * 1024


@pytest.fixture
def small():
    one = dav.Server(settings=["limits.quota=4096"]).start()
    yield one.client("ann")
    one.remove()


def left(client, path):
    props = client.propfind(path, "D:quota-used-bytes", "D:quota-available-bytes").responses()[path]["props"]
    return int(props["D:quota-used-bytes"].text), int(props["D:quota-available-bytes"].text)


def it_holds(small):
    assert left(small, "/files/ann/") == (0, 4096)
    assert small("PUT", "/files/ann/a", KIB * 3).status == 201
    assert left(small, "/files/ann/") == (3072, 1024)
    answer = small("PUT", "/files/ann/b", KIB * 2)
    assert answer.status == 507 and answer.condition() == "D:quota-not-exceeded"
    answer = small("COPY", "/files/ann/a", Destination="/files/ann/b")
    assert answer.status == 507 and answer.condition() == "D:quota-not-exceeded"
    assert small("GET", "/files/ann/b").status == 404
    assert small("PUT", "/files/ann/a", KIB * 4).status == 204
    assert small("DELETE", "/files/ann/a").status == 204
    assert left(small, "/files/ann/") == (0, 4096)


def it_is_a_quota_of_each_home(small):
    assert small("PUT", "/files/ann/a", KIB * 4).status == 201
    assert small.put_event("/calendars/ann/calendar/a.ics", dav.event("a")).status == 201
    long = dav.event("b", extra="".join(f"X-LONG:{'y' * 60}\r\n" for _ in range(64)))
    answer = small.put_event("/calendars/ann/calendar/b.ics", long)
    assert answer.status == 507 and answer.condition() == "D:quota-not-exceeded"


def it_is_told_below_the_home_too(small):
    used = left(small, "/calendars/ann/calendar/")
    assert used == left(small, "/calendars/ann/")


@pytest.mark.skipif(bool(dav.POSTGRES), reason="the disk of PostgreSQL is somebody else's")
def it_is_the_disk_without_a_quota(ann):
    used, free = left(ann, "/calendars/ann/")
    assert used >= 0 and free > 0


def it_is_nobodys_to_set(ann, calendar):
    answer = ann("PROPPATCH", calendar, dav.xml_doc(
        "D:propertyupdate", "<D:set><D:prop><D:quota-available-bytes>1</D:quota-available-bytes>"
        "</D:prop></D:set>"), Content_Type="application/xml")
    entry, = answer.responses().values()
    assert entry["missing"] == {"D:quota-available-bytes": 403}
    assert "cannot-modify-protected-property" in answer.text
