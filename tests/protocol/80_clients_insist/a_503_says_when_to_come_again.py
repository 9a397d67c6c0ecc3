"""503 carries Retry-After; requests of those who are signed in are never answered 429, however many they are."""
import dav
from data_out_of_reach_is_503_and_never_404 import break_data


def test_it_says_when(own_server):
    ann = own_server.client("ann")
    assert ann.propfind("/calendars/ann/", "D:resourcetype").status == 207
    break_data(own_server)
    for answer in (ann.propfind("/calendars/ann/", "D:resourcetype"),
                   ann.put_event("/calendars/ann/calendar/a.ics", dav.event("a"))):
        assert answer.status == 503 and 1 <= int(answer.headers["Retry-After"]) <= 60


def test_it_does_not_count_requests(ann, calendar):
    assert {ann.propfind(calendar, "CS:getctag").status for _ in range(300)} == {207}
