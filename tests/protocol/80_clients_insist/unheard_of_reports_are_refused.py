"""An unknown REPORT is 403 supported-report; the principal reports are never a fault."""
import pytest

from dav import xml_doc


def it_refuses(ann, calendar):
    answer = ann.report(calendar, xml_doc("CS:no-such-report", ""))
    assert answer.status == 403 and answer.condition() == "D:supported-report"


@pytest.mark.parametrize("body", [
    xml_doc("D:expand-property", '<D:property name="current-user-principal"/>'),
    xml_doc("D:principal-search-property-set", ""),
    xml_doc("D:principal-property-search",
            "<D:property-search><D:prop><D:displayname/></D:prop><D:match>Ann</D:match>"
            "</D:property-search><D:prop><D:displayname/></D:prop>"),
])
@pytest.mark.parametrize("path", ["/principals/", "/principals/users/ann/"])
def it_is_no_fault(ann, path, body):
    assert ann.report(path, body, depth=0).status < 500
