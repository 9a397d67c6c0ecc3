import pytest

from dav import POSTGRES, event

pytestmark = pytest.mark.skipif(bool(POSTGRES), reason="PostgreSQL has pg_dump")


def test_backup_while_serving(own_server):
    ann = own_server.client("ann")
    ann.put_event("/calendars/ann/calendar/a.ics", event("a"))
    own_server.command("backup", str(own_server.dir / "b.db"))
    ann.put_event("/calendars/ann/calendar/b.ics", event("b"))
    token = ann.sync("/calendars/ann/calendar/").sync_token()
    assert own_server.command("restore", str(own_server.dir / "b.db"), "--replace", check=False).returncode == 1
    own_server.stop()
    assert own_server.command("restore", str(own_server.dir / "b.db"), check=False).returncode == 1
    own_server.command("restore", str(own_server.dir / "b.db"), "--replace")
    own_server.start()
    answer = ann.sync("/calendars/ann/calendar/", token)
    assert answer.status == 403 and answer.condition() == "D:valid-sync-token"
    assert ann("GET", "/calendars/ann/calendar/b.ics").status == 404
    etag = ann("GET", "/calendars/ann/calendar/a.ics").etag
    assert ann.put_event("/calendars/ann/calendar/b.ics", event("b")).status == 201
    assert ann("GET", "/calendars/ann/calendar/b.ics").etag != etag
