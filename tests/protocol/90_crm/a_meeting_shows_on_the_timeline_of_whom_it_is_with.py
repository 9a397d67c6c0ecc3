"""An event of somebody's calendar with the address or the number of a record shows on its timeline; it
stays as it was sent."""
import uuid

from dav import card, event


def meet(ann, extra):
    uid = str(uuid.uuid4())
    path, body = f"/calendars/ann/calendar/{uid}.ics", event(uid, summary=f"Meeting {uid}", extra=extra)
    answer = ann.put_event(path, body)
    assert answer.status == 201 and answer.etag
    assert ann("GET", path).text == body
    return path, f"Meeting {uid}"


def titles(records, noun, uid):
    return [e["title"] for e in records.timeline(noun, uid) if e["noun"] == "meetings"]


def test_by_address_number_and_relation(ann, records, uid):
    number = str(uuid.uuid4().int)[:7]
    extra = f"EMAIL:{uid}@example.com\r\nTEL:+49 30 {number}\r\n"
    assert ann.put_card(f"/addressbooks/ann/leads/{uid}.vcf", card(uid, "Karl", extra=extra)).status == 201
    _, invited = meet(ann, f"ATTENDEE:mailto:{uid.upper()}@example.com\r\n")
    _, called = meet(ann, f"LOCATION:030/{number}\r\n")
    _, rung = meet(ann, f"ATTENDEE:tel:+4930{number}\r\n")
    gone, related = meet(ann, f"RELATED-TO:{uid}\r\n")
    meet(ann, "ATTENDEE:mailto:somebody.else@example.com\r\n")
    assert sorted(titles(records, "leads", uid)) == sorted([invited, called, rung, related])
    assert ann("DELETE", gone).status == 204
    assert sorted(titles(records, "leads", uid)) == sorted([invited, called, rung])


def test_meetings_with_people_show_on_their_account(ann, records, uid):
    account, name = str(uuid.uuid4()), f"Firma {uid[:8]}"
    assert ann.put_card(f"/addressbooks/ann/accounts/{account}.vcf", (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{account}\r\nFN:{name}\r\nN:;;;;\r\nORG:{name}\r\n"
        "X-ABShowAs:COMPANY\r\nEND:VCARD\r\n")).status == 201
    extra = f"ORG:{name}\r\nEMAIL:{uid}@example.com\r\n"
    assert ann.put_card(f"/addressbooks/ann/accounts/{uid}.vcf", card(uid, "Petra", extra=extra)).status == 201
    _, met = meet(ann, f"ATTENDEE:mailto:{uid}@example.com\r\n")
    assert titles(records, "contacts", uid) == [met]
    assert titles(records, "accounts", account) == [met]
