"""docs/crm-clients.md says what becomes of each field in each client's hands; here that is worked out
by playing them, and compared. KONTOR_WRITE_DOCS=1 writes what was worked out."""
import os
import pathlib
import re
import uuid

from dav import card, todo
from phones import CARDS, TASKS, every, parse

DOCS = pathlib.Path(__file__).resolve().parents[3] / "docs" / "crm-clients.md"
COMPANY = ("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:{uid} AG\r\nN:;;;;\r\nORG:{uid} AG\r\n"
           "X-ABShowAs:COMPANY\r\nEND:VCARD\r\n")
LEAD = ("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:Dr. Karl Kunde\r\nN:Kunde;Karl;;Dr.;\r\n"
        "ORG:Acme GmbH;Einkauf\r\nTITLE:Leiter\r\nTEL;TYPE=CELL:+49 171 234-56\r\n"
        "EMAIL;TYPE=INTERNET,WORK:karl@acme.example\r\nADR;TYPE=WORK:;;Weg 1;Bonn;;53111;Germany\r\n"
        "BDAY:1980-05-31\r\nURL:https://acme.example/\r\nCATEGORIES:VIP\r\nNOTE:Mag Kaffee.\r\n"
        "X-OTHER-APP:keep me\r\nEND:VCARD\r\n")
CASE = ("DESCRIPTION:Es raucht.\r\nPRIORITY:3\r\nCATEGORIES:Incident,Drucker\r\nX-OTHER-APP:keep me\r\n")
OF_CARDS = ["FN", "N", "ORG", "TITLE", "TEL", "EMAIL", "ADR", "BDAY", "URL", "NOTE", "CATEGORIES",
            "X-KONTOR-STATUS", "X-OTHER-APP"]
OF_CASES = ["SUMMARY", "DESCRIPTION", "STATUS", "PRIORITY", "DUE", "CATEGORIES", "CONTACT",
            "RELATED-TO", "X-KONTOR-ACCOUNT", "X-OTHER-APP"]


def raw(body, name):
    return [(p.params, p.value) for p in every(parse(body), name)]


def outcome(seen, sent, now, name):
    """What a client did to a field."""
    assert raw(seen, name), f"{name}: nothing to compare"
    if not raw(sent, name):
        assert raw(now, name) == raw(seen, name), name
        return "restored"
    return "kept" if raw(sent, name) == raw(seen, name) else "merged"


def row(client, phone, path, fields):
    seen = client("GET", path)
    sent = phone.open(seen.text).save()
    put = client.put_card if path.endswith(".vcf") else client.put_event
    answer = put(path, sent, If_Match=seen.etag, User_Agent=phone.agent)
    assert answer.status == 204, answer.text
    now = client("GET", path).text
    return [phone.name] + [outcome(seen.text, sent, now, name) for name in fields]


def table(fields, rows):
    lines = ["| client | " + " | ".join(f.replace("X-OTHER-APP", "unknown") for f in fields) + " |",
             "|---" * (len(fields) + 1) + "|"]
    return "\n".join(lines + ["| " + " | ".join(r) + " |" for r in rows])


def compare(name, computed):
    text = DOCS.read_text(encoding="utf-8")
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- end -->)", re.S)
    assert pattern.search(text), f"no table {name} in {DOCS}"
    if os.environ.get("KONTOR_WRITE_DOCS"):
        DOCS.write_text(pattern.sub(lambda m: m[1] + computed + m[2], text), encoding="utf-8")
        return
    assert pattern.search(text)[0] == f"<!-- {name} -->\n{computed}\n<!-- end -->"


def test_what_becomes_of_cards(ann):
    rows = []
    for kind in CARDS:
        uid = str(uuid.uuid4())
        path = f"/addressbooks/ann/leads/{uid}.vcf"
        assert ann.put_card(path, LEAD.format(uid=uid)).status == 201
        rows.append(row(ann, kind(), path, OF_CARDS))
    compare("cards", table(OF_CARDS, rows))


def test_what_becomes_of_cases(ann, ben):
    account, person, rows = str(uuid.uuid4()), str(uuid.uuid4()), []
    assert ann.put_card(f"/addressbooks/ann/accounts/{account}.vcf",
                        COMPANY.format(uid=account)).status == 201
    assert ann.put_card(f"/addressbooks/ann/accounts/{person}.vcf",
                        card(person, person, extra=f"ORG:{account} AG\r\n")).status == 201
    for kind in TASKS:
        uid = str(uuid.uuid4())
        path = f"/calendars/ben/cases/{uid}.ics"
        body = todo(uid, f"Printer down - {account} AG", extra=f"{CASE}CONTACT:{person}\r\n")
        assert ben.put_event(path, body).status == 201
        rows.append(row(ben, kind(), path, OF_CASES))
    compare("cases", table(OF_CASES, rows))
