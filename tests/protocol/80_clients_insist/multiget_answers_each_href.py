"""Each href gets an answer, encoded as the client likes; Depth may be 0, 1 or absent."""
import pytest

from dav import event, xml_doc


@pytest.mark.parametrize("headers", [{}, {"Depth": "0"}, {"Depth": "1"}])
def it_answers(ann, calendar, headers):
    ann.put_event(calendar + "a b@c.ics".replace(" ", "%20"), event("a"))
    hrefs = [calendar + "a%20b%40c.ics", calendar + "gone.ics"]
    answer = ann("REPORT", calendar, xml_doc(
        "C:calendar-multiget", "<D:prop><D:getetag/></D:prop>"
        + "".join(f"<D:href>{h}</D:href>" for h in hrefs)), Content_Type="text/xml", **headers)
    assert answer.status == 207
    found = answer.responses()
    assert len(found) == 2 and found[calendar + "gone.ics"]["status"] == 404
