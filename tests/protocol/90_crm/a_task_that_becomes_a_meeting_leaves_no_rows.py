"""A task of somebody's calendar is among the CRM's; as a meeting with nobody it is not, and nothing of
the task is left behind."""
from dav import event, todo


def test_its_rows_go(own_server):
    ann = own_server.client("ann")
    assert ann("MKCALENDAR", "/calendars/ann/both/").status == 201
    path = "/calendars/ann/both/t.ics"
    assert ann.put_event(path, todo("t", extra="DESCRIPTION:call 030 1234567\r\n")).status == 201
    assert own_server.command("fsck").stdout == "Everything is in order.\n"
    assert ann.put_event(path, event("t")).status == 204
    assert own_server.command("fsck").stdout == "Everything is in order.\n"
    assert ann.put_event(path, todo("t")).status == 204
    assert ann("DELETE", path).status == 204
    assert own_server.command("fsck").stdout == "Everything is in order.\n"
