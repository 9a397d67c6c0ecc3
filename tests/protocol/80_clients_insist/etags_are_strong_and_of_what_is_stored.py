"""PUT tells a strong, quoted ETag when the bytes are stored as sent; getetag is the same text."""
import re

from dav import card, event


def it_is_so(ann, calendar, book):
    # An ORGANIZER changes nothing in that.
    meeting = event("a", extra="ORGANIZER:mailto:ann@example.com\r\nATTENDEE:mailto:ann@example.com\r\n")
    for path, put, body in ((calendar + "a.ics", ann.put_event, meeting), (book + "a.vcf", ann.put_card, card("a"))):
        answer = put(path, body)
        assert re.fullmatch(r'"[^"]+"', answer.etag)
        assert ann("GET", path).etag == answer.etag and ann("HEAD", path).etag == answer.etag
        assert ann("GET", path).body == body.encode()
        props = ann.propfind(path, "D:getetag").responses()[path]["props"]
        assert props["D:getetag"].text == answer.etag


def it_is_left_out_where_the_bytes_differ(ann, calendar):
    # jCal is stored as the iCalendar it says.
    jcal = ('["vcalendar",[["version",{},"text","2.0"],["prodid",{},"text","x"]],[["vevent",[["uid",{},"text","j"],'
            '["dtstamp",{},"date-time","2026-11-01T00:00:00Z"],["dtstart",{},"date-time","2026-11-24T09:00:00Z"]],[]]]]')
    answer = ann("PUT", calendar + "j.ics", jcal, Content_Type="application/calendar+json")
    assert answer.status == 201 and answer.etag is None
    assert ann("GET", calendar + "j.ics").etag
