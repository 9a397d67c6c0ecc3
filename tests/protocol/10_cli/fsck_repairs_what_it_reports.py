import pytest

from dav import event, xml_doc

DAMAGES = {
    "wrong-index": "DELETE FROM event_span",
    "lost-record": "DELETE FROM member WHERE kind = 1",
    "wrong-bytes": "UPDATE collection SET bytes = 7",
    "hidden-change": "UPDATE collection SET token = 1",
    "change-counter": "UPDATE counter SET value = 1 WHERE name = 'change'",
    "id-counter": "UPDATE counter SET value = 1 WHERE name = 'id'",
    "wrong-uid": "UPDATE member SET uid = 'odd' WHERE kind = 1",
}


MONTH = xml_doc(
    "C:calendar-query", "<D:prop><C:calendar-data/></D:prop><C:filter><C:comp-filter name='VCALENDAR'>"
    "<C:comp-filter name='VEVENT'><C:time-range start='20261101T000000Z' end='20261201T000000Z'/>"
    "</C:comp-filter></C:comp-filter></C:filter>")


@pytest.mark.parametrize("word", DAMAGES)
def test_a_damage_is_told_then_mended(own_server, word):
    ann = own_server.client("ann")
    assert ann.put_event("/calendars/ann/calendar/a.ics", event("uid-a")).status == 201
    own_server.stop()
    own_server.sql(DAMAGES[word])

    told = own_server.command("fsck", check=False)
    assert told.returncode == 1 and word + ":" in told.stdout
    assert "repaired" not in told.stdout
    mended = own_server.command("fsck", "--repair").stdout
    assert f"{word}:" in mended and ": repaired" in mended and "Repaired: " in mended
    assert own_server.command("fsck").stdout == "Everything is in order.\n"

    own_server.start()
    found = ann.report("/calendars/ann/calendar/", MONTH)
    assert len(found.responses()) == 1 and "UID:uid-a" in found.text


def test_what_cannot_be_mended_is_left_and_said(own_server):
    ann = own_server.client("ann")
    ann.put_event("/calendars/ann/calendar/a.ics", event("uid-a"))
    own_server.sql("UPDATE record SET body = CAST('nonsense' AS %s), size = 8 WHERE kind = 1"
                   % ("bytea" if own_server.database else "BLOB"))
    done = own_server.command("fsck", "--repair", check=False)
    assert done.returncode == 1 and "unreadable-body" in done.stdout and "left: 1" in done.stderr
    assert ann("GET", "/calendars/ann/calendar/a.ics").text == "nonsense"
