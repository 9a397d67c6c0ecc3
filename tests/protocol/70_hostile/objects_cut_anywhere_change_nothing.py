"""A calendar object or card that ends at any byte is refused as a whole, and what was there stays."""
import pytest
from dav import card, event

ZONED = event("cut", extra="RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=5\r\nX-LONG;X-P=\"a:b;c\":" + "f" * 60
              + "\r\n olded\r\nDESCRIPTION:\u00e4\u20ac\U0001f600\r\nBEGIN:VALARM\r\nTRIGGER:-PT5M\r\nACTION:DISPLAY\r\n"
              "DESCRIPTION:x\r\nEND:VALARM\r\n").replace(
    "BEGIN:VEVENT", "BEGIN:VTIMEZONE\r\nTZID:Own\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT", 1)
CARD = card("cut", extra="item1.TEL;TYPE=\"a,b\":+49 30\r\nNOTE:\u00e4\u20ac\U0001f600\\n\\,\r\n"
            "PHOTO;ENCODING=b:" + "QUJD" * 20 + "\r\n  QUJD\r\n")


@pytest.mark.parametrize("kind", ["event", "card"])
def it_is_refused(ann, calendar, book, kind):
    whole = (ZONED if kind == "event" else CARD).encode()
    path, put = (calendar + "a.ics", ann.put_event) if kind == "event" else (book + "a.vcf", ann.put_card)
    prefix = "C:" if kind == "event" else "CR:"
    first = put(path, whole)
    assert first.status == 201, first.text
    # The line end behind the last END may be missing.
    for length in range(len(whole.rstrip())):
        answer = put(path, whole[:length])
        assert answer.status == 403, (length, answer.status, whole[:length][-40:])
        assert answer.condition().startswith(prefix), length
    got = ann("GET", path)
    assert got.body == whole and got.etag == first.etag
