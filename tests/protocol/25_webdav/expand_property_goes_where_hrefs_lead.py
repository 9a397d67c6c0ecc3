"""RFC 3253 3.8: hrefs in a property's value are replaced by responses; 3.6: members too, as Depth asks."""
from dav import xml_doc

ASK = xml_doc("D:expand-property",
              '<D:property name="owner"><D:property name="displayname"/>'
              '<D:property name="nothing-of-this-name"/></D:property>'
              '<D:property name="displayname"/>')


def it_expands(ann, calendar):
    answer = ann.report(calendar, ASK, depth=0)
    assert answer.status == 207
    inner = answer.xml.find("D:response/D:propstat/D:prop/D:owner/D:response", {"D": "DAV:"})
    assert inner.find("{DAV:}href").text == "/principals/users/ann/"
    assert inner.find("{DAV:}propstat/{DAV:}prop/{DAV:}displayname").text == "Ann Ahlers"
    missing = inner.findall("{DAV:}propstat")[1]
    assert missing.find("{DAV:}status").text == "HTTP/1.1 404 Not Found"
    assert missing.find("{DAV:}prop/{DAV:}nothing-of-this-name") is not None


def it_expands_members(ann, calendar):
    found = ann.report("/calendars/ann/", ASK, depth=1).responses()
    assert "/calendars/ann/" in found and calendar in found
    assert len(ann.report("/calendars/ann/", ASK, depth=0).responses()) == 1


def it_is_not_endless(ann):
    answer = ann.report("/calendars/ann/", ASK, depth="infinity")
    assert answer.status == 403 and answer.condition() == "D:propfind-finite-depth"


def it_shows_nothing_of_others(ben, calendar):
    assert ben.report(calendar, ASK, depth=0).status == 404
