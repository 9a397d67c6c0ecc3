"""python3-caldav finds the account, and makes, searches, changes and deletes."""
import datetime
import uuid

import pytest

from dav import event, todo

caldav = pytest.importorskip("caldav", reason="python3-caldav is not installed")


@pytest.fixture
def principal(server):
    return caldav.DAVClient(server.url, username="ann", password="ann-secret").principal()


def test_the_account_is_found(principal, server):
    assert principal.calendar_home_set.url.path.rstrip("/").endswith("/calendars/ann")
    assert principal.calendars()


def test_an_event_lives_and_dies(principal):
    calendar = principal.make_calendar(name="Made here", cal_id=str(uuid.uuid4()))
    try:
        calendar.save_event(event(uid="series", summary="Daily",
                                  extra="RRULE:FREQ=DAILY;COUNT=5\r\n"))
        start = datetime.datetime(2026, 11, 26, tzinfo=datetime.timezone.utc)
        end = start + datetime.timedelta(days=1)
        found = calendar.date_search(start=start, end=end, expand=True)
        assert len(found) == 1
        assert "RRULE" not in found[0].data and "RECURRENCE-ID" in found[0].data
        one = calendar.event_by_uid("series")
        one.data = one.data.replace("Daily", "Every day")
        one.save()
        assert "Every day" in calendar.event_by_uid("series").data
        one.delete()
        assert calendar.events() == []
    finally:
        calendar.delete()


def test_tasks_are_found(principal):
    calendar = principal.make_calendar(name="Tasks", cal_id=str(uuid.uuid4()),
                                       supported_calendar_component_set=["VTODO"])
    try:
        calendar.save_todo(todo(uid=str(uuid.uuid4()), summary="Sweep"))
        assert ["SUMMARY:Sweep" in t.data for t in calendar.todos()] == [True]
    finally:
        calendar.delete()
