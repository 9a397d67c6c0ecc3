"""getcontenttype names the component of calendar objects, and text/vcard for cards: some clients skip others."""
from dav import card, event, todo


def it_tells(ann, calendar, book):
    ann.put_event(calendar + "e.ics", event("e"))
    ann.put_event(calendar + "t.ics", todo("t"))
    ann.put_card(book + "c.vcf", card("c"))
    props = "<D:getcontenttype/><D:getetag/>"
    found = ann.sync(calendar, props=props).responses()
    for name, kind in (("e.ics", "VEVENT"), ("t.ics", "VTODO")):
        assert found[calendar + name]["props"]["D:getcontenttype"].text == (
            f"text/calendar; charset=utf-8; component={kind}")
    found = ann.sync(book, props=props).responses()
    assert found[book + "c.vcf"]["props"]["D:getcontenttype"].text.startswith("text/vcard")
