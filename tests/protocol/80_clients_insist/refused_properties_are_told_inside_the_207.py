"""PROPPATCH answers 207 also where something is refused; what macOS sets at once is kept, on homes too."""
import pytest
from dav import xml_doc

APPLE = ("<A:calendar-order>3</A:calendar-order><C:default-alarm-vevent-date>BEGIN:VALARM&#13;\n"
         "END:VALARM&#13;\n</C:default-alarm-vevent-date><C:default-alarm-vevent-datetime/>")


def patch(client, path, inside):
    return client("PROPPATCH", path, xml_doc(
        "D:propertyupdate", f"<D:set><D:prop>{inside}</D:prop></D:set>"), Content_Type="text/xml")


@pytest.mark.parametrize("home", [False, True])
def it_keeps_what_macos_sets(ann, calendar, home):
    path = "/calendars/ann/" if home else calendar
    answer = patch(ann, path, APPLE)
    assert answer.status == 207
    entry, = answer.responses().values()
    assert len(entry["props"]) == 3 and not entry["missing"]


def it_tells_inside(ann, calendar):
    answer = patch(ann, calendar, APPLE + "<D:getetag>1</D:getetag>")
    assert answer.status == 207
    entry, = answer.responses().values()
    assert entry["missing"].pop("D:getetag") == 403
    assert set(entry["missing"].values()) == {424} and len(entry["missing"]) == 3
