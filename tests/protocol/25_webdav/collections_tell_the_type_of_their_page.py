"""RFC 4918 15.4, 15.5: getcontenttype as GET says it; no Content-Length, so no getcontentlength."""


def it_tells(ann, calendar):
    for path in ("/", "/principals/users/ann/", "/calendars/ann/", calendar, "/files/ann/"):
        page = ann("GET", path)
        assert page.status == 200 and "Content-Length" not in page.headers
        entry = ann.propfind(path, "D:getcontenttype", "D:getcontentlength").responses()[path]
        assert entry["props"]["D:getcontenttype"].text == page.headers["Content-Type"]
        assert entry["missing"] == {"D:getcontentlength": 404}


def it_leads_from_the_principal_to_its_homes(ann):
    page = ann("GET", "/principals/users/ann/").text
    for home in ("/calendars/ann/", "/addressbooks/ann/", "/files/ann/"):
        assert f'href="{home}"' in page


def it_leads_nowhere_without_rights(ben):
    assert 'href="/calendars/ann/"' not in ben("GET", "/principals/users/ann/").text
