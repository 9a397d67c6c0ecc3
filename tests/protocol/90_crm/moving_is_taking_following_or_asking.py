"""Where a record appears says whose it is: a UID that is put elsewhere is no second record, but a
move, done only by who may."""
import uuid

from dav import card
from phones import first, parse

COMPANY = ("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:Solo OHG\r\nN:;;;;\r\nORG:Solo OHG\r\n"
           "X-ABShowAs:COMPANY\r\nEND:VCARD\r\n")


def lead(ann, uid):
    path = f"/addressbooks/ann/leads/{uid}.vcf"
    assert ann.put_card(path, card(uid, "Karl Kunde")).status == 201
    return path


def test_somebody_elses_lead_is_not_taken(ann, dora, uid):
    lead(ann, uid)
    answer = dora.put_card(f"/addressbooks/dora/leads/{uid}.vcf", card(uid, "Karl Kunde"))
    assert answer.status == 409 and answer.condition() == "CR:no-uid-conflict"


def test_an_account_is_followed_by_putting_it_among_ones_own(ann, dora, uid):
    assert ann.put_card(f"/addressbooks/ann/accounts/{uid}.vcf", COMPANY.format(uid=uid)).status == 201
    there = f"/addressbooks/dora/accounts/my-{uid}.vcf"
    assert dora.put_card(there, COMPANY.format(uid=uid)).status == 201
    assert dora("GET", there).status == 200, "under the name it was given"
    assert ann("GET", f"/addressbooks/ann/accounts/{uid}.vcf").status == 200
    assert dora("DELETE", there).status == 204
    assert dora("GET", there).status == 404
    assert ann("GET", f"/addressbooks/ann/accounts/{uid}.vcf").status == 200


def test_the_same_uid_under_two_names_is_refused(ann, uid):
    lead(ann, uid)
    answer = ann.put_card("/addressbooks/ann/leads/other.vcf", card(uid, "Karl Kunde"))
    assert answer.status == 409 and answer.condition() == "CR:no-uid-conflict"


def test_a_lead_among_the_accounts_stays_a_lead(ann, uid):
    path = lead(ann, uid)
    there = f"/addressbooks/ann/accounts/{uid}.vcf"
    answer = ann.put_card(there, ann("GET", path).text)
    assert answer.status == 201 and not answer.etag
    assert ann("GET", there).status == 404
    # The second half of such a client's move: it must not lose the lead.
    token = ann.sync("/addressbooks/ann/leads/").sync_token()
    assert ann("DELETE", path).status == 204
    assert ann("GET", path).status == 200
    assert path in ann.sync("/addressbooks/ann/leads/", token).responses(), "told to be there"


def test_move_of_a_lead_asks_too(ann, uid):
    path = lead(ann, uid)
    there = f"/addressbooks/ann/accounts/{uid}.vcf"
    assert ann("MOVE", path, Destination=there).status == 201
    assert ann("GET", path).status == 200 and ann("GET", there).status == 404


def test_a_card_of_ones_own_becomes_a_lead(ann, uid):
    plain = f"/addressbooks/ann/contacts/{uid}.vcf"
    assert ann.put_card(plain, card(uid, "Karl Kunde")).status == 201
    there = f"/addressbooks/ann/leads/{uid}.vcf"
    assert ann("MOVE", plain, Destination=there).status == 201
    assert ann("GET", plain).status == 404
    assert first(parse(ann("GET", there).text), "X-KONTOR-STATUS") == "New"


def test_records_are_not_moved_away_or_copied(ann, uid):
    path = lead(ann, uid)
    for method in ("MOVE", "COPY"):
        answer = ann(method, path, Destination=f"/addressbooks/ann/contacts/{uid}.vcf")
        assert answer.status == 403 and answer.condition() == "D:need-privileges", method
    answer = ann("COPY", "/addressbooks/ann/leads/", Destination="/addressbooks/ann/copy/")
    assert answer.status == 403
    assert ann("GET", path).status == 200


def test_another_name_in_the_same_book_is_the_clients_own_affair(ann, uid):
    path = lead(ann, uid)
    there = f"/addressbooks/ann/leads/{uuid.uuid4()}.vcf"
    assert ann("MOVE", path, Destination=there).status == 201
    assert ann("GET", there).status == 200 and ann("GET", path).status == 404
