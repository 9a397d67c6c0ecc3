"""Heaps of elements, attributes, namespaces, names asked for, filters and needles: 4xx or an answer, at once."""
import time

import pytest
from dav import SLOWNESS, xml_doc

FILTER = "<C:filter><C:comp-filter name='VCALENDAR'>%s</C:comp-filter></C:filter>"
PROPFINDS = {
    "names": xml_doc("D:propfind", "<D:prop>" + "".join(f"<D:p{n}/>" for n in range(501)) + "</D:prop>"),
    "same-name": xml_doc("D:propfind", "<D:prop>" + "<D:getetag/>" * 90000 + "</D:prop>"),
    "elements": xml_doc("D:propfind", "<D:prop>" + "<D:a/>" * 200000 + "</D:prop>"),
    "attributes": "<D:propfind xmlns:D='DAV:' " + " ".join(f"a{n}='1'" for n in range(100000)) + "/>",
    "namespaces": "<D:propfind xmlns:D='DAV:' " + " ".join(f"xmlns:n{n}='urn:{n}'" for n in range(50000)) + "/>",
    "one-attribute": "<D:propfind xmlns:D='DAV:' a='" + "x" * 1000000 + "'/>",
    "depth": "<D:propfind xmlns:D='DAV:'>" + "<D:a>" * 100000 + "</D:a>" * 100000 + "</D:propfind>",
    "comment": "<!--" + "-" * 1000 + "x" * 1500000 + "--><D:propfind xmlns:D='DAV:'><D:allprop/></D:propfind>",
    "instructions": "<?x ?>" * 100000 + "<D:propfind xmlns:D='DAV:'><D:allprop/></D:propfind>",
    "utf-16": "<?xml version='1.0' encoding='UTF-16'?><D:propfind xmlns:D='DAV:'/>".encode("utf-16"),
    "latin-1": "<?xml version='1.0' encoding='ISO-8859-1'?><D:propfind xmlns:D='DAV:'><D:\u00e4/></D:propfind>".encode("latin-1"),
    "xinclude": xml_doc("D:propfind", "<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/>"),
    "entity": "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><D:propfind xmlns:D='DAV:'><D:allprop/></D:propfind>",
    "undeclared": "<X:propfind><X:allprop/></X:propfind>",
}
QUERIES = {
    "nested": FILTER % ("<C:comp-filter name='VEVENT'>" * 25 + "</C:comp-filter>" * 25),
    "many": FILTER % ("<C:comp-filter name='VEVENT'>" + "<C:prop-filter name='X'/>" * 5000 + "</C:comp-filter>"),
    "needle": FILTER % ("<C:comp-filter name='VEVENT'><C:prop-filter name='SUMMARY'><C:text-match>" + "a" * 1000000
                        + "</C:text-match></C:prop-filter></C:comp-filter>"),
    "nothing": "",
}


@pytest.mark.parametrize("what", PROPFINDS)
def it_is_so_for_propfind(ann, what):
    began = time.monotonic()
    answer = ann("PROPFIND", "/calendars/ann/calendar/", PROPFINDS[what], Depth="0", Content_Type="application/xml")
    assert answer.status < 500 and time.monotonic() - began < 5 * SLOWNESS, (what, answer.status)
    assert "root:" not in answer.text
    if what not in ("same-name", "comment", "instructions"):
        assert answer.status in (400, 403, 413), what


@pytest.mark.parametrize("what", QUERIES)
def it_is_so_for_queries(ann, what):
    began = time.monotonic()
    answer = ann.report("/calendars/ann/calendar/", xml_doc(
        "C:calendar-query", "<D:prop><D:getetag/></D:prop>" + QUERIES[what]))
    assert answer.status < 500 and time.monotonic() - began < 5 * SLOWNESS, (what, answer.status)
