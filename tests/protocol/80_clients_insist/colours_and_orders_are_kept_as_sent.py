"""Colour, order and things nobody knows are set by PROPPATCH and read back, on homes too."""
import pytest

from dav import xml_doc

SET = {"calendar-color": ("A", "#FF2968FF"), "calendar-order": ("A", "7"),
       "calendar-description": ("C", "Where & when"), "odd": ("CS", "kept")}


@pytest.mark.parametrize("where", ["calendar", "home"])
def it_is_kept(ann, calendar, where):
    path = calendar if where == "calendar" else "/calendars/ann/"
    inside = "".join(f"<{p}:{n}>{v.replace('&', '&amp;')}</{p}:{n}>"
                     for n, (p, v) in SET.items() if where == "calendar" or p != "C")
    answer = ann("PROPPATCH", path, xml_doc(
        "D:propertyupdate", f"<D:set><D:prop>{inside}</D:prop></D:set>"), Content_Type="text/xml")
    assert answer.status == 207
    wanted = [f"{p}:{n}" for n, (p, _) in SET.items() if where == "calendar" or p != "C"]
    got = ann.propfind(path, *wanted).responses()[path]["props"]
    for name in wanted:
        assert got[name].text == SET[name.split(":")[1]][1], name


@pytest.mark.parametrize("colour", ["#FF2968FF", "#ff2968", "red"])
def it_keeps_form_and_attributes_of_a_colour(ann, calendar, colour):
    answer = ann("PROPPATCH", calendar, xml_doc(
        "D:propertyupdate", f"<D:set><D:prop><A:calendar-color symbolic-color='custom'>{colour}</A:calendar-color>"
        "</D:prop></D:set>"), Content_Type="text/xml")
    assert answer.status == 207 and not answer.responses()[calendar]["missing"]
    got = ann.propfind(calendar, "A:calendar-color").responses()[calendar]["props"]["A:calendar-color"]
    assert (got.text, got.get("symbolic-color")) == (colour, "custom")
