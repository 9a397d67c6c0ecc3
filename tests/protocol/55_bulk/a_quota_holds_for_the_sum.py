"""What each body alone would leave room for does not fit when all of them come in one request."""
import dav
import pytest
from many_changes_are_made_at_once import multiput, put, statuses

LONG = "".join(f"X-LONG:{'y' * 60}\r\n" for _ in range(14))


@pytest.fixture
def small():
    one = dav.Server(settings=["limits.quota=4096"]).start()
    yield one.client("ann")
    one.remove()


def used(client):
    path = "/calendars/ann/"
    return int(client.propfind(path, "D:quota-used-bytes").responses()[path]["props"]["D:quota-used-bytes"].text)


def it_is_so_of_a_multiput(small):
    said = statuses(multiput(small, "/calendars/ann/calendar/", *(put(dav.event(f"u{n}", extra=LONG)) for n in range(6))))
    assert [status for _, status in said] == [200] * 3 + [507] * 3
    assert used(small) <= 4096


def it_is_so_of_a_file_of_many(small):
    whole = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n" + "".join(
        "BEGIN:VEVENT" + dav.event(f"u{n}", extra=LONG).split("BEGIN:VEVENT")[1].split("END:VCALENDAR")[0] for n in range(6))
        + "END:VCALENDAR\r\n")
    said = statuses(small("POST", "/calendars/ann/calendar/", whole, Content_Type="text/calendar"))
    assert sorted({status for _, status in said}) == [200, 507] and used(small) <= 4096


def it_counts_what_is_refused_for_nothing(small):
    said = statuses(multiput(small, "/calendars/ann/calendar/", put(dav.event("a", extra=LONG)),
                             *(put(dav.event("a", extra=LONG), "/calendars/ann/calendar/a.ics", '"0"') for _ in range(4)),
                             put(dav.event("b", extra=LONG)), put(dav.event("c", extra=LONG))))
    assert [status for _, status in said][-2:] == [200, 200]
