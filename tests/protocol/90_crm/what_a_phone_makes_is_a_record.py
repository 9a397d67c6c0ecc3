"""A card or task that a client makes in one of its user's collections is a record of the CRM."""
import uuid

from dav import card, todo
from phones import every, first, parse

COMPANY = ("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:{name}\r\nN:;;;;\r\nORG:{name}\r\n"
           "X-ABShowAs:COMPANY\r\nEND:VCARD\r\n")


def company(ann):
    uid, name = str(uuid.uuid4()), f"Firma {uuid.uuid4().hex[:8]} AG"
    path = f"/addressbooks/ann/accounts/{uid}.vcf"
    assert ann.put_card(path, COMPANY.format(uid=uid, name=name)).status == 201
    return uid, name


def journal(uid, summary, extra=""):
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VJOURNAL\r\n"
            f"UID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:{summary}\r\n{extra}"
            "END:VJOURNAL\r\nEND:VCALENDAR\r\n")


def test_a_card_among_the_leads_is_a_lead_from_the_phone(ann, root, records, uid):
    path = f"/addressbooks/ann/leads/{uid}.vcf"
    assert ann.put_card(path, card(uid, "Karl Kunde")).status == 201
    props = parse(ann("GET", path).text)
    assert first(props, "CATEGORIES") == "New"
    assert first(props, "X-KONTOR-STATUS") == "New" and first(props, "X-KONTOR-SOURCE") == "Phone"
    assert records.values("leads", uid)["names"]["owner"] == "Ann Ahlers"
    assert root("GET", f"/addressbooks/company/leads/{uid}.vcf").status == 200
    assert ann("GET", f"/addressbooks/ann/accounts/{uid}.vcf").status == 404


def test_a_company_among_the_accounts_is_an_account_as_it_was_sent(ann, root, uid):
    path, body = f"/addressbooks/ann/accounts/{uid}.vcf", COMPANY.format(uid=uid, name="Solo OHG")
    answer = ann.put_card(path, body)
    assert answer.status == 201 and answer.etag, "to the byte: a strong ETag"
    assert ann("GET", path).text == body
    assert root("GET", f"/addressbooks/company/accounts/{uid}.vcf").status == 200


def test_a_person_among_the_accounts_belongs_to_the_one_of_that_name(ann, dora, uid):
    account, name = company(ann)
    path = f"/addressbooks/ann/accounts/{uid}.vcf"
    assert ann.put_card(path, card(uid, "Petra Person", extra=f"ORG:{name}\r\n")).status == 201
    assert first(parse(ann("GET", path).text), "ORG") == name
    # Who comes to have the account has its people, too.
    there = f"/addressbooks/dora/accounts/{account}.vcf"
    assert dora("GET", f"/addressbooks/dora/accounts/{uid}.vcf").status == 404
    assert dora.put_card(there, COMPANY.format(uid=account, name=name)).status == 201
    assert dora("GET", f"/addressbooks/dora/accounts/{uid}.vcf").status == 200


def test_a_task_among_the_cases_is_a_case(ben, ann, records, uid):
    _, name = company(ann)
    path = f"/calendars/ben/cases/{uid}.ics"
    assert ben.put_event(path, todo(uid, "No sound", extra=f"CONTACT:{name}\r\n")).status == 201
    assert first(parse(ben("GET", path).text), "SUMMARY").endswith(f"] No sound - {name}")
    case = records.values("cases", uid)
    assert case["channel"] == "Phone" and case["names"]["owner"] == "Ben Brandt"
    assert case["names"]["account"] == name and case["status"] == "Assigned"
    other = str(uuid.uuid4())
    path = f"/calendars/ben/cases/{other}.ics"
    assert ben.put_event(path, todo(other, f"No picture - {name}")).status == 201
    assert first(parse(ben("GET", path).text), "SUMMARY").endswith(f"] No picture - {name}")


def test_a_journal_entry_among_the_deals_is_a_deal(ann, uid):
    account, _ = company(ann)
    path = f"/calendars/ann/deals/{uid}.ics"
    assert ann.put_event(path, journal(uid, "Big one", f"RELATED-TO:{account}\r\n")).status == 201
    props = parse(ann("GET", path).text)
    assert first(props, "STATUS") == "DRAFT" and first(props, "X-KONTOR-STAGE") == "Prospecting"
    assert first(props, "RELATED-TO") == account


def test_a_journal_entry_in_the_journal_is_a_note(ann, uid):
    account, _ = company(ann)
    path = f"/calendars/ann/journal/{uid}.ics"
    body = journal(uid, "Called", f"DESCRIPTION:Nobody there\r\nRELATED-TO:{account}\r\n")
    assert ann.put_event(path, body).status == 201
    assert first(parse(ann("GET", path).text), "RELATED-TO") == account


def test_groups_of_contacts_stay_in_ones_own_book(ann, uid):
    group = card(uid, "Friends", extra="X-ADDRESSBOOKSERVER-KIND:group\r\n")
    answer = ann.put_card(f"/addressbooks/ann/leads/{uid}.vcf", group)
    assert answer.status == 403 and answer.condition() == "D:need-privileges"
    assert ann.put_card(f"/addressbooks/ann/contacts/{uid}.vcf", group).status == 201


def test_no_private_value_leaves(ann, root, uid):
    path = f"/addressbooks/ann/leads/{uid}.vcf"
    assert ann.put_card(path, card(uid, "Karl Kunde")).status == 201
    for client, where in ((ann, path), (root, f"/addressbooks/company/leads/{uid}.vcf")):
        names = {p.name for p in parse(client("GET", where).text)}
        assert names == {"BEGIN", "VERSION", "UID", "FN", "N", "CATEGORIES", "X-KONTOR-STATUS",
                         "X-KONTOR-SOURCE", "END"}
        assert not every(parse(client("GET", where).text), "X-KONTOR-OWNER")


def test_a_company_without_a_sign_is_an_account_all_the_same(ann, uid):
    """Android has no sign for companies: a name and nothing else is one."""
    path, name = f"/addressbooks/ann/accounts/{uid}.vcf", f"Firma {uid[:8]}"
    body = f"BEGIN:VCARD\r\nVERSION:4.0\r\nUID:{uid}\r\nFN:{name}\r\nORG:{name}\r\nEND:VCARD\r\n"
    assert ann.put_card(path, body).status == 201
    person = str(uuid.uuid4())
    there = f"/addressbooks/ann/accounts/{person}.vcf"
    assert ann.put_card(there, card(person, "Petra Person", extra=f"ORG:{name}\r\n")).status == 201
    case = str(uuid.uuid4())
    there = f"/calendars/ann/deals/{case}.ics"
    assert ann.put_event(there, journal(case, "Deal", f"CONTACT:{name}\r\n")).status == 201
    assert first(parse(ann("GET", there).text), "RELATED-TO") == uid


def test_a_case_is_of_the_person_its_contact_names(ann, ben, uid):
    account, name = company(ann)
    person, who = str(uuid.uuid4()), f"Petra {uid[:8]}"
    there = f"/addressbooks/ann/accounts/{person}.vcf"
    assert ann.put_card(there, card(person, who, extra=f"ORG:{name}\r\n")).status == 201
    path = f"/calendars/ben/cases/{uid}.ics"
    assert ben.put_event(path, todo(uid, "No sound", extra=f"CONTACT:{who}\r\n")).status == 201
    props = parse(ben("GET", path).text)
    assert first(props, "CONTACT") == who
    assert account in [p.value for p in every(props, "RELATED-TO")]
    assert first(props, "SUMMARY").endswith(f"] No sound - {name}")


def test_tags_go_one_by_one_and_all_at_once(ann, uid):
    path = f"/addressbooks/ann/leads/{uid}.vcf"
    assert ann.put_card(path, card(uid, "Karl", extra="CATEGORIES:VIP,Messe\r\n")).status == 201
    for left in ("New,Messe", "New"):
        seen = ann("GET", path)
        words = first(parse(seen.text), "CATEGORIES")
        assert ann.put_card(path, seen.text.replace(f"CATEGORIES:{words}", f"CATEGORIES:{left}"),
                            If_Match=seen.etag).status == 204
        assert first(parse(ann("GET", path).text), "CATEGORIES") == left


def test_any_dash_parts_the_subject_from_the_account(ann, ben, records):
    _, name = company(ann)
    for dash in "-\N{EN DASH}\N{EM DASH}":
        uid = str(uuid.uuid4())
        assert ben.put_event(f"/calendars/ben/cases/{uid}.ics", todo(uid, f"No sound {dash} {name}")).status == 201
        case = records.values("cases", uid)
        assert case["subject"] == "No sound" and case["names"]["account"] == name, dash
