"""What came is stored byte for byte, with everything a client wrote into it."""
import pytest

from dav import event, xml_doc

ODD = ("X-WR-ALARM;X-ODD=\"a;b\":kept\r\nDESCRIPTION:folded \r\n  line\r\n"
       "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT5M\r\n"
       "X-WR-ALARMUID:abc\r\nEND:VALARM\r\n")


@pytest.mark.parametrize("body", [
    event("a", extra=ODD),
    event("a").replace("\r\n", "\n"),
    event("a", summary="Ümläute 日本 🎉"),
    event("a").replace("DTEND:20261124T100000Z\r\n", ""),
    event("a{/}@" + "x" * 140),
])
def it_is_the_same(ann, calendar, body):
    put = ann.put_event(calendar + "a.ics", body)
    assert put.status == 201
    got = ann("GET", calendar + "a.ics")
    assert got.body == body.encode()
    assert put.etag == got.etag and got.etag.startswith('"')


def it_is_the_same_in_a_multiget(ann, calendar):
    body = event("a", extra=ODD)
    ann.put_event(calendar + "a.ics", body)
    answer = ann.report(calendar, xml_doc(
        "C:calendar-multiget", "<D:prop><D:getetag/><C:calendar-data/></D:prop>"
        f"<D:href>{calendar}a.ics</D:href><D:href>{calendar}gone.ics</D:href>"), depth=0)
    responses = answer.responses()
    text = responses[calendar + "a.ics"]["props"]["C:calendar-data"].text
    assert text.replace("\r\n", "\n") == body.replace("\r\n", "\n")
    assert responses[calendar + "gone.ics"]["status"] == 404
