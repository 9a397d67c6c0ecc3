"""A lead as each client writes it: whatever it drops, reorders or writes otherwise, no value of the
CRM is lost, and none is invented."""
import pytest

from phones import CARDS, OutlookContacts, digits, every, first, parse, types

LEAD = ("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:Dr. Karl Kunde\r\nN:Kunde;Karl;;Dr.;\r\n"
        "ORG:Acme GmbH;Einkauf\r\nTITLE:Leiter\\, Einkauf\r\nTEL;TYPE=CELL:+49 171 234-56\r\n"
        "item1.TEL:+49 30 901820\r\nitem1.X-ABLabel:Laube\r\nTEL;TYPE=WORK,FAX:+49 30 9018299\r\n"
        "EMAIL;TYPE=INTERNET,WORK:karl@acme.example\r\nEMAIL;TYPE=INTERNET,HOME:kk@example.net\r\n"
        "ADR;TYPE=WORK:;;Weg 1;Bonn;;53111;Germany\r\nBDAY:1980-05-31\r\nURL:https://acme.example/\r\n"
        "CATEGORIES:VIP\r\nNOTE:Mag Kaffee\\; keinen Tee.\r\nNICKNAME:Kalle\r\n"
        "X-OTHER-APP;X-P=1:keep me\r\nEND:VCARD\r\n")


def kinds(props, phone):
    """Its label, else its types."""
    label = [p.value for p in props if p.group and p.group == phone.group and p.name != phone.name]
    return label or sorted(set(types(phone)) - {"VOICE", "PREF"})


def values(body):
    """What the card says, whatever its version and manner."""
    props = parse(body)
    return {
        "FN": first(props, "FN"),
        "N": first(props, "N"),
        "ORG": first(props, "ORG"),
        "TITLE": first(props, "TITLE"),
        "TEL": sorted(digits(p.value) for p in every(props, "TEL")),
        "TEL types": sorted((digits(p.value), *kinds(props, p)) for p in every(props, "TEL")),
        "EMAIL": sorted(p.value for p in every(props, "EMAIL")),
        "ADR": sorted(p.value for p in every(props, "ADR")),
        "BDAY": (first(props, "BDAY") or "").replace("-", ""),
        "URL": sorted(p.value for p in every(props, "URL")),
        "NOTE": first(props, "NOTE"),
        "CATEGORIES": sorted(w for p in every(props, "CATEGORIES") for w in p.value.split(",")),
        "X-KONTOR": sorted(p.name + p.value for p in props if p.name.startswith("X-KONTOR")),
        "others": sorted(p.value for p in props if p.name in ("NICKNAME", "X-OTHER-APP")),
        "labels": sorted(p.value for p in props if p.name.upper() == "X-ABLABEL"),
    }


@pytest.fixture(params=CARDS, ids=lambda c: c.name)
def phone(request):
    return request.param()


@pytest.fixture
def lead(ann, uid):
    path = f"/addressbooks/ann/leads/{uid}.vcf"
    answer = ann.put_card(path, LEAD.format(uid=uid))
    assert answer.status == 201, answer.text
    return path


def save(client, phone, path, body, etag):
    return client.put_card(path, body, If_Match=etag, User_Agent=phone.agent)


def test_opening_and_saving_changes_nothing(ann, phone, lead):
    seen = ann("GET", lead)
    answer = save(ann, phone, lead, phone.open(seen.text).save(), seen.etag)
    assert answer.status == 204, answer.text
    now = ann("GET", lead)
    assert values(now.text) == values(seen.text)


def test_one_new_number_is_one_new_number(ann, phone, lead):
    seen = ann("GET", lead)
    phone.open(seen.text).add_phone("+49 89 7654321")
    assert save(ann, phone, lead, phone.save(), seen.etag).status == 204
    was, now = values(seen.text), values(ann("GET", lead).text)
    assert now.pop("TEL") == sorted([*was.pop("TEL"), "49897654321"])
    assert [t for t in now.pop("TEL types") if t[0] != "49897654321"] == was.pop("TEL types")
    assert now == was


def test_a_number_that_goes_takes_nothing_with_it(ann, phone, lead):
    seen = ann("GET", lead)
    phone.open(seen.text).drop_phone("+49 30 9018299")
    assert save(ann, phone, lead, phone.save(), seen.etag).status == 204
    was, now = values(seen.text), values(ann("GET", lead).text)
    assert now.pop("TEL") == [n for n in was.pop("TEL") if n != "49309018299"]
    assert now.pop("TEL types") == [t for t in was.pop("TEL types") if t[0] != "49309018299"]
    assert now == was


def test_a_changed_name_changes_the_name_alone(ann, phone, lead):
    seen = ann("GET", lead)
    phone.open(seen.text).set("N", "Kundmann;Karl;;Dr.;")
    assert save(ann, phone, lead, phone.save(), seen.etag).status == 204
    was, now = values(seen.text), values(ann("GET", lead).text)
    assert "Kundmann" in now["FN"] and now["N"].startswith("Kundmann;Karl;;Dr.")
    for key in was.keys() - {"FN", "N"}:
        assert now[key] == was[key], key


def test_saving_twice_is_as_good_as_once(ann, phone, lead):
    for _ in range(2):
        seen = ann("GET", lead)
        assert save(ann, phone, lead, phone.open(seen.text).save(), seen.etag).status == 204
    seen = ann("GET", lead)
    save(ann, phone, lead, phone.open(seen.text).save(), seen.etag)
    assert ann("GET", lead).etag == seen.etag, "nothing new: no new version for the other devices"


def test_phones_in_turn_lose_nothing(ann, uid):
    path = f"/addressbooks/ann/leads/{uid}.vcf"
    assert ann.put_card(path, LEAD.format(uid=uid)).status == 201
    before = values(ann("GET", path).text)
    for kind in [*CARDS, *reversed(CARDS)]:
        seen, phone = ann("GET", path), kind()
        assert save(ann, phone, path, phone.open(seen.text).save(), seen.etag).status == 204
    assert values(ann("GET", path).text) == before


def test_what_a_client_has_no_room_for_stays(ann, uid):
    path = f"/addressbooks/ann/leads/{uid}.vcf"
    more = "".join(f"EMAIL:{i}@example.net\r\n" for i in range(3))
    assert ann.put_card(path, LEAD.format(uid=uid).replace("END:", more + "END:")).status == 201
    seen, phone = ann("GET", path), OutlookContacts()
    phone.open(seen.text).props.remove(every(phone.props, "EMAIL")[1])
    answer = save(ann, phone, path, phone.save(), seen.etag)
    assert answer.status == 204, answer.text
    assert values(ann("GET", path).text)["EMAIL"] == [
        "0@example.net", "1@example.net", "2@example.net", "karl@acme.example"]


def test_what_stands_beside_the_card_stays(ann, phone, lead, records, uid):
    records.change("leads", uid, value=4500000, score=70, consent="given", do_not_call=True,
                   language="de")
    seen, was = ann("GET", lead), records.values("leads", uid)
    assert "4500000" not in seen.text and "given" not in seen.text
    assert save(ann, phone, lead, phone.open(seen.text).save(), seen.etag).status == 204
    assert records.values("leads", uid) == was
    phone.open(ann("GET", lead).text).set("TITLE", "Chefin")
    assert save(ann, phone, lead, phone.save(), ann("GET", lead).etag).status == 204
    assert records.values("leads", uid) == {**was, "job_title": "Chefin"}
