"""An unknown REPORT is 403 supported-report; the principal reports are never a fault."""
import pytest

from dav import xml_doc


def it_refuses(ann, calendar):
    answer = ann.report(calendar, xml_doc("CS:no-such-report", ""))
    assert answer.status == 403 and answer.condition() == "D:supported-report"


@pytest.mark.parametrize("body, status, wanted", [
    (xml_doc("D:expand-property", '<D:property name="current-user-principal"><D:property name="displayname"/></D:property>'),
     207, "Ann Ahlers"),
    (xml_doc("D:principal-search-property-set", ""), 200, "principal-search-property"),
    (xml_doc("D:principal-property-search",
             "<D:property-search><D:prop><D:displayname/></D:prop><D:match>ahl</D:match>"
             "</D:property-search><D:prop><D:displayname/></D:prop>"), 207, "Ann Ahlers"),
])
def it_answers_those_about_principals(ann, body, status, wanted):
    answer = ann.report("/principals/", body, depth=0)
    assert answer.status == status and wanted in answer.text


@pytest.mark.parametrize("report", ["expand-property", "principal-search-property-set", "principal-property-search",
                                    "principal-match", "acl-principal-prop-set", "version-tree"])
def it_never_fails_on_them(ann, calendar, report):
    for path in ("/", "/principals/", "/principals/users/ann/", "/calendars/ann/", calendar):
        assert ann.report(path, xml_doc("D:" + report, ""), depth=0).status < 500, path
