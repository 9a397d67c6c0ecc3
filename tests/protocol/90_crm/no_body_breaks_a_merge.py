"""Cards and tasks of all sorts, from real clients and from whoever wants to do harm: merged or refused,
never a fault of the server; and what was merged once does not change when it comes again."""
import pathlib
import re
import uuid

import pytest

from phones import Davx5, IosContacts, OldIosReminders, Outlook, OutlookContacts, TasksOrg

CARDS, TASKS = [IosContacts, Davx5, OutlookContacts], [OldIosReminders, TasksOrg, Outlook]
TESTS = pathlib.Path(__file__).resolve().parents[2]
BODIES = sorted([*(TESTS / "fixtures" / "vcard").glob("*.vcf"), *(TESTS / "fuzz" / "corpus" / "vcard").iterdir()])
MANY = "".join(f"TEL;TYPE=WORK:+49 30 {i:07}\r\nEMAIL:{i}@example.com\r\nX-{i}:{i}\r\n" for i in range(300))
ODD = [
    "FN:" + "x" * 5000, "FN:\r\nN:;;;;", "N:a;b;c;d;e;f;g;h;i;j;k;l;m;n;o;p;q;r;s", "ORG:;;;;;;;",
    "TEL:\r\nTEL;TYPE=,,,:\r\nTEL;VALUE=uri:tel:", "EMAIL:@\r\nEMAIL:a@\r\nEMAIL:" + "a" * 3000 + "@b",
    "ADR:;;;;;;;;;;;\r\nADR:", "BDAY:--0230\r\nBDAY:today\r\nBDAY:99999999", "PHOTO:data:image/png;base64,???",
    "PHOTO;ENCODING=b;TYPE=JPEG:AAAA", "CATEGORIES:" + ",".join(f"t{i}" for i in range(500)),
    "CATEGORIES:Converted,Dead,New,Working", "NOTE:" + "\\n" * 2000, "NOTE:" + "ä" * 70000,
    "item1.TEL:1\r\nitem1.TEL:2\r\nitem1.X-ABLabel:a\r\nITEM1.X-ABLabel:b", MANY.strip(),
    "X-KONTOR-STATUS:Won\r\nX-KONTOR-OWNER:1\r\nX-KONTOR-" + "A" * 300 + ":1", "UID:other", "KIND:location",
]
TODOS = [
    "STATUS:BOGUS", "STATUS:COMPLETED\r\nSTATUS:CANCELLED", "PERCENT-COMPLETE:-5\r\nCOMPLETED:never",
    "DUE:nothing", "DUE;VALUE=DATE:20270101\r\nDTSTART:20270102T000000Z", "DURATION:PT1H\r\nDTSTART:20270102T000000Z",
    "PRIORITY:99999999999999999999", "PRIORITY:x", "SUMMARY:[#1] [#2] a - b - c\r\nSUMMARY:again",
    "RELATED-TO:" + "u" * 3000, "RELATED-TO:\r\nCONTACT:", "CATEGORIES:,,,,Waiting,Complaint,Incident",
    "DESCRIPTION:" + "ß" * 70000, "RRULE:FREQ=DAILY\r\nDTSTART:20270102T000000Z",
    "\r\n".join(f"X-{i}:{'y' * 900}" for i in range(100)),
    "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nDESCRIPTION:x\r\nEND:VALARM",
    "BEGIN:X-ODD\r\nX-A:1\r\nEND:X-ODD",
]


def turn(client, put, path, kinds):
    """Each client opens and saves it, twice; the second time there is nothing new."""
    for kind in kinds:
        etags = []
        for _ in range(2):
            seen = client("GET", path)
            assert seen.status == 200
            phone = kind()
            answer = put(path, phone.open(seen.text).save(), If_Match=seen.etag, User_Agent=phone.agent)
            assert answer.status in (201, 204), (kind.name, answer.status, answer.text, seen.text[:800])
            etags.append(client("GET", path).etag)
        assert etags[0] == etags[1], (kind.name, seen.text[:3000])


def own_uid(text, uid):
    return re.sub(r"(?m)^UID[^:\r\n]*:.*?(\r?)$", rf"UID:{uid}\1", text)


@pytest.mark.parametrize("path", BODIES, ids=lambda p: p.name)
def test_cards_of_clients(ann, path):
    for book in ("leads", "accounts"):
        uid = str(uuid.uuid4())
        there = f"/addressbooks/ann/{book}/{uid}.vcf"
        answer = ann.put_card(there, own_uid(path.read_bytes().decode("utf-8", "replace"), uid))
        assert answer.status < 500, answer.text
        if answer.status == 201:
            turn(ann, ann.put_card, there, CARDS)


@pytest.mark.parametrize("extra", ODD, ids=lambda e: e[:20])
def test_odd_cards(ann, extra, uid):
    path = f"/addressbooks/ann/leads/{uid}.vcf"
    for version in ("3.0", "4.0"):
        plain = f"BEGIN:VCARD\r\nVERSION:{version}\r\nUID:{uid}\r\nFN:Karl\r\nN:Kunde;Karl;;;\r\nEND:VCARD\r\n"
        odd = plain.replace("END:VCARD", extra + "\r\nEND:VCARD")
        if extra.startswith(("FN:", "N:")):
            odd = odd.replace("FN:Karl\r\nN:Kunde;Karl;;;\r\n", "", 1)
        for body in (odd, plain, odd):
            answer = ann.put_card(path, body)
            assert answer.status < 500, answer.text
        if ann("GET", path).status == 200:
            turn(ann, ann.put_card, path, CARDS)


@pytest.mark.parametrize("extra", TODOS, ids=lambda e: e[:20])
def test_odd_tasks(ben, extra, uid):
    path = f"/calendars/ben/cases/{uid}.ics"
    plain = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//EN\r\nBEGIN:VTODO\r\n"
             f"UID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:Odd\r\nEND:VTODO\r\nEND:VCALENDAR\r\n")
    odd = plain.replace("END:VTODO", extra + "\r\nEND:VTODO")
    if extra.startswith("SUMMARY"):
        odd = odd.replace("SUMMARY:Odd\r\n", "", 1)
    for body in (odd, plain, odd):
        answer = ben.put_event(path, body)
        assert answer.status < 500, answer.text
    if ben("GET", path).status == 200:
        turn(ben, ben.put_event, path, TASKS)


EVENTS = [
    "DURATION:PT0S", "ATTENDEE:mailto:\r\nATTENDEE:mailto:@\r\nATTENDEE:tel:+49301234567",
    "DESCRIPTION:" + "+49 30 1234567 " * 500, "LOCATION:+++---000000000000000000000000",
    "CATEGORIES:Call,Visit,Meeting", "X-KONTOR-OUTCOME:held", "STATUS:CANCELLED",
    "RRULE:FREQ=DAILY;COUNT=3", "RELATED-TO:\r\nRELATED-TO:nowhere",
]


@pytest.mark.parametrize("extra", TODOS + EVENTS, ids=lambda e: e[:20])
def test_plain_objects_of_a_record_stay_as_sent(ann, extra, uid):
    """Tasks and meetings that belong to a lead: made, changed, ended."""
    lead = f"/addressbooks/ann/leads/{uid}.vcf"
    assert ann.put_card(lead, f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:K\r\nN:K;;;;\r\nEND:VCARD\r\n").status == 201
    kinds = [("VEVENT", "calendar", "DTSTART:20270101T090000Z\r\n"), ("VTODO", "tasks", "")]
    for component, where, start in kinds:
        own = str(uuid.uuid4())
        path = f"/calendars/ann/{where}/{own}.ics"
        plain = (f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//EN\r\nBEGIN:{component}\r\nUID:{own}\r\n"
                 f"DTSTAMP:20261101T000000Z\r\n{start}RELATED-TO:{uid}\r\nEND:{component}\r\nEND:VCALENDAR\r\n")
        odd = plain.replace(f"END:{component}", f"{extra}\r\nEND:{component}")
        for body in (odd, plain, odd, plain.replace("RELATED-TO", "STATUS:COMPLETED\r\nRELATED-TO")
                     if component == "VTODO" else plain):
            answer = ann.put_event(path, body)
            assert answer.status < 500, answer.text
            assert answer.status not in (201, 204) or ann("GET", path).text == body
        assert ann("DELETE", path).status in (204, 404)
