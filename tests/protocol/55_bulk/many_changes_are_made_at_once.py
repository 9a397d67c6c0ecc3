"""POST of a multiput: create, update and delete in one request; docs/bulk-requests.md."""
from xml.sax.saxutils import escape

import pytest
from dav import NS, card, event

ME = "http://me.com/_namespace/"


def multiput(client, path, *resources, **headers):
    spaces = " ".join(f'xmlns:{p}="{u}"' for p, u in NS.items())
    return client("POST", path, f'<?xml version="1.0"?><M:multiput xmlns:M="{ME}" {spaces}>'
                  + "".join(f"<M:resource>{r}</M:resource>" for r in resources) + "</M:multiput>",
                  Content_Type="application/xml; charset=utf-8", **headers)


def put(body, href=None, etag=None, props="", name="C:calendar-data"):
    return ((f"<D:href>{href}</D:href>" if href else "")
            + (f"<M:if-match><D:getetag>{escape(etag)}</D:getetag></M:if-match>" if etag else "")
            + f"<D:set><D:prop><{name}>{escape(body)}</{name}>{props}</D:prop></D:set>")


def delete(href, etag=None):
    return (f"<D:href>{href}</D:href>"
            + (f"<M:if-match><D:getetag>{etag}</D:getetag></M:if-match>" if etag else "") + "<M:delete/>")


def statuses(answer):
    assert answer.status == 207, answer.text
    found = []
    for r in answer.xml.findall("D:response", NS):
        status = r.find("D:status", NS)
        status = status if status is not None else r.find("D:propstat/D:status", NS)
        found.append((r.find("D:href", NS).text or "", int(status.text.split()[1])))
    return found


def it_does_all_three(ann, calendar):
    two = ann.put_event(calendar + "2.ics", event("two")).etag
    three = ann.put_event(calendar + "3.ics", event("three")).etag
    four = ann.put_event(calendar + "4.ics", event("four")).etag
    answer = multiput(ann, calendar,
                      put(event("one"), props="<D:displayname>One</D:displayname>"),
                      put(event("two", summary="New"), calendar + "2.ics", two),
                      delete(calendar + "3.ics", three),
                      put(event("four", summary="New"), calendar + "4.ics", '"0"'),
                      put("no iCalendar", calendar + "5.ics"),
                      delete(calendar + "6.ics"))
    said = statuses(answer)
    assert [s for _, s in said] == [200, 200, 200, 412, 403, 404]
    assert [h for h, _ in said][1:] == [calendar + f"{n}.ics" for n in (2, 3, 4, 5, 6)]
    made = said[0][0]
    responses = answer.xml.findall("D:response", NS)
    assert responses[0].find("D:propstat/D:prop/CS:uid", NS).text == "one"
    assert responses[0].find("D:propstat/D:prop/D:getetag", NS).text == ann("GET", made).etag
    props = ann.propfind(made, "D:displayname").responses()[made]["props"]
    assert props["D:displayname"].text == "One"
    assert responses[4].find("D:error/C:valid-calendar-data", NS) is not None
    assert "SUMMARY:New" in ann("GET", calendar + "2.ics").text
    assert ann("GET", calendar + "3.ics").status == 404
    assert ann("GET", calendar + "4.ics").etag == four
    assert set(ann.sync(calendar).responses()) == {made, calendar + "2.ics", calendar + "4.ics"}


def it_works_on_cards(ann, book):
    said = statuses(multiput(ann, book, put(card("a"), name="CR:address-data"),
                             put(card("b"), name="CR:address-data")))
    assert [s for _, s in said] == [200, 200]
    assert "FN:Karl Kunde" in ann("GET", said[1][0]).text


def it_sets_properties_alone(ann, calendar):
    ann.put_event(calendar + "a.ics", event("a"))
    one = (f"<D:href>{calendar}a.ics</D:href><D:set><D:prop><D:displayname>A</D:displayname>"
           "</D:prop></D:set>")
    assert statuses(multiput(ann, calendar, one)) == [(calendar + "a.ics", 200)]
    props = ann.propfind(calendar + "a.ics", "D:displayname").responses()[calendar + "a.ics"]["props"]
    assert props["D:displayname"].text == "A"


def it_makes_nothing_where_a_property_is_refused(ann, calendar):
    answer = multiput(ann, calendar, put(event("a"), props="<D:getetag>1</D:getetag><D:displayname>A</D:displayname>"))
    assert answer.status == 207
    told = {}
    for ps in answer.xml.findall("D:response/D:propstat", NS):
        for prop in ps.find("D:prop", NS):
            told[prop.tag.split("}")[1]] = int(ps.find("D:status", NS).text.split()[1])
    assert told == {"getetag": 403, "displayname": 424, "calendar-data": 424}
    assert not ann.sync(calendar).responses()


def it_stays_in_its_collection(ann, calendar, book):
    ann.put_event("/calendars/ann/tasks/x.ics", event("x"))
    ann.put_card(book + "a.vcf", card("a"))
    for href in (book + "a.vcf", "/calendars/ann/", calendar, "/../etc", "/calendars/ben/calendar/a.ics"):
        (_, status), = statuses(multiput(ann, calendar, delete(href)))
        assert status in (400, 403, 404), href
    assert ann("GET", book + "a.vcf").status == 200


def it_asks_for_rights(ann, ben, calendar):
    ace = ("<D:ace><D:principal><D:href>/principals/users/ben/</D:href></D:principal>"
           "<D:grant><D:privilege><D:read/></D:privilege></D:grant></D:ace>")
    ann("ACL", calendar, f'<D:acl xmlns:D="DAV:">{ace}</D:acl>', Content_Type="application/xml")
    ann.put_event(calendar + "a.ics", event("a"))
    said = statuses(multiput(ben, calendar, put(event("b")), delete(calendar + "a.ics"),
                             put(event("a", summary="Mine"), calendar + "a.ics")))
    assert [s for _, s in said] == [403, 403, 403]
    assert "SUMMARY:Meeting" in ann("GET", calendar + "a.ics").text


@pytest.mark.parametrize("resource", ["", "<M:delete/>", "<D:set><D:prop><D:displayname/></D:prop></D:set>"])
def it_refuses_what_says_nothing(ann, calendar, resource):
    assert multiput(ann, calendar, resource).status == 400


def it_may_rest_on_the_ctag(ann, calendar):
    ctag = ann.propfind(calendar, "CS:getctag").responses()[calendar]["props"]["CS:getctag"].text
    assert multiput(ann, calendar, put(event("a")), If=f"(<{ctag}>)").status == 207
    answer = multiput(ann, calendar, put(event("b")), If=f"(<{ctag}>)")
    assert answer.status == 412
    assert len(ann.sync(calendar).responses()) == 1
