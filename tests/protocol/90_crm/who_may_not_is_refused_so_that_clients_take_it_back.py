"""Rights are refused by 403 with DAV:need-privileges, which clients answer by taking their change back;
a bare 403 stops the sync of some."""
import uuid

from phones import first, parse

COMPANY = ("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:{uid} AG\r\nN:;;;;\r\nORG:{uid} AG\r\n"
           "X-ABShowAs:COMPANY\r\nEND:VCARD\r\n")


def note_on_an_account_of_both(ann, dora):
    account, uid = str(uuid.uuid4()), str(uuid.uuid4())
    for client in (ann, dora):
        path = f"/addressbooks/{client.name}/accounts/{account}.vcf"
        assert client.put_card(path, COMPANY.format(uid=account)).status == 201
    body = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VJOURNAL\r\n"
            f"UID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:Called\r\nRELATED-TO:{account}\r\n"
            "END:VJOURNAL\r\nEND:VCALENDAR\r\n")
    assert ann.put_event(f"/calendars/ann/journal/{uid}.ics", body).status == 201
    there = f"/calendars/dora/journal/{uid}.ics"
    assert dora("GET", there).status == 200, "it is on the timeline of an account dora follows"
    return there


def test_somebody_elses_note_is_not_changed(ann, dora):
    path = note_on_an_account_of_both(ann, dora)
    seen = dora("GET", path)
    answer = dora.put_event(path, seen.text.replace("Called", "Lied"), If_Match=seen.etag)
    assert answer.status == 403 and answer.condition() == "D:need-privileges"
    assert first(parse(dora("GET", path).text), "SUMMARY") == "Called"


def test_what_is_there_for_a_reason_does_not_leave(ann, dora):
    path = note_on_an_account_of_both(ann, dora)
    answer = dora("DELETE", path)
    assert answer.status == 403 and answer.condition() == "D:need-privileges"
    assert dora("GET", path).status == 200


def test_the_shelves_of_the_company_are_not_written_to(ann, root, uid):
    body = COMPANY.format(uid=uid)
    for client in (ann, root):
        answer = client.put_card(f"/addressbooks/company/accounts/{uid}.vcf", body)
        assert answer.status == 403 and answer.condition() == "D:need-privileges"
