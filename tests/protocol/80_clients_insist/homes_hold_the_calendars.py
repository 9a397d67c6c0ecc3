"""Home sets are containers of one's own, and the principal tells a mail address."""


def it_tells_of_the_homes(ann):
    path = "/principals/users/ann/"
    props = ann.propfind(path, "C:calendar-home-set", "CR:addressbook-home-set",
                         "C:calendar-user-address-set", "D:principal-URL",
                         "D:principal-collection-set",
                         "D:resourcetype").responses()[path]["props"]
    assert props["C:calendar-home-set"][0].text == "/calendars/ann/"
    assert props["CR:addressbook-home-set"][0].text == "/addressbooks/ann/"
    assert "mailto:ann@example.com" in [h.text for h in props["C:calendar-user-address-set"]]
    assert props["D:principal-URL"][0].text == path
    assert any(t.tag == "{DAV:}principal" for t in props["D:resourcetype"])


def it_lists_the_children(ann, calendar):
    found = ann.propfind("/calendars/ann/", "D:resourcetype", depth=1).responses()
    assert calendar in found and "/calendars/ann/" in found
