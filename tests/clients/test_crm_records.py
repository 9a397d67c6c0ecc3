"""Real clients change records of the CRM: Evolution's libraries, vdirsyncer and python3-caldav keep a
lead and a case, and lose nothing of them."""
import time
import uuid

import pytest

import helpers
from dav import Server, card, todo
from phones import every, first, parse
from test_evolution import Evolution, available, inner

PEOPLE = """kind,name,display_name,emails,password,roles,member_of,manager_of
user,ann,Ann Ahlers,ann@example.com,ann-secret,sales;support,,
"""
LEAD = ("ORG:Acme GmbH;Einkauf\r\nTEL;TYPE=CELL:+49 171 234-56\r\nitem1.TEL:+49 30 901820\r\n"
        "item1.X-ABLabel:Laube\r\nEMAIL;TYPE=INTERNET,WORK:karl@acme.example\r\nCATEGORIES:VIP\r\n"
        "NOTE:Mag Kaffee.\r\nX-OTHER-APP:keep me\r\n")
CASE = "DESCRIPTION:Es raucht.\r\nPRIORITY:3\r\nCATEGORIES:Incident,Drucker\r\nX-OTHER-APP:keep me\r\n"
LEADS, CASES = "/addressbooks/ann/leads/", "/calendars/ann/cases/"


@pytest.fixture(scope="module")
def server():
    one = Server(people=PEOPLE).start()
    yield one
    one.remove()


@pytest.fixture
def lead(ann):
    uid = str(uuid.uuid4())
    path = f"{LEADS}{uid}.vcf"
    body = card(uid, "Karl Kunde", extra=LEAD).replace("N:Karl Kunde;;;;", "N:Kunde;Karl;;;")
    assert ann.put_card(path, body).status == 201
    yield uid, path
    ann("DELETE", path)


@pytest.fixture
def case(ann):
    uid = str(uuid.uuid4())
    path = f"{CASES}{uid}.ics"
    assert ann.put_event(path, todo(uid, "Printer down", extra=CASE)).status == 201
    yield uid, path
    ann("DELETE", path)


def says(body, *names):
    """The values of each property; categories one by one, as some have a line for each."""
    props = parse(body)
    return {name: sorted(word for p in every(props, name)
                         for word in (p.value.split(",") if name == "CATEGORIES" else [p.value]))
            for name in names}


OF_LEADS = ("FN", "N", "ORG", "TEL", "EMAIL", "CATEGORIES", "NOTE", "X-KONTOR-STATUS",
            "X-KONTOR-SOURCE", "X-OTHER-APP", "X-ABLABEL")
OF_CASES = ("SUMMARY", "DESCRIPTION", "PRIORITY", "DUE", "CATEGORIES", "X-OTHER-APP")


@pytest.fixture
def evolution(server, tmp_path):
    available()
    one = Evolution(tmp_path, server.port, {"calendar": "/calendars/ann/calendar/", "tasks": CASES,
                                            "contacts": LEADS})
    yield one
    one.close()


def test_evolution_keeps_a_lead(evolution, ann, lead):
    uid, path = lead
    seen = ann("GET", path).text
    evolution("open", "contacts")
    have = evolution.has("contacts", lambda have: any(uid in text for text in have.values()))
    mine = next(text for text in have.values() if uid in text)
    assert evolution("change", "contacts", mine.replace("END:VCARD", "TITLE:Chef\r\nEND:VCARD"))
    now = ann("GET", path).text
    assert says(now, "TITLE") == {"TITLE": ["Chef"]}
    assert says(now, *OF_LEADS) == says(seen, *OF_LEADS)


def test_evolution_completes_a_case(evolution, ann, case):
    uid, path = case
    seen = ann("GET", path).text
    evolution("open", "tasks")
    have = evolution.has("tasks", lambda have: uid in have)
    mine = inner(have[uid], "VTODO").replace(
        "STATUS:NEEDS-ACTION", "STATUS:COMPLETED\r\nCOMPLETED:20270101T100000Z\r\nPERCENT-COMPLETE:100")
    assert evolution("change", "tasks", mine)
    now = ann("GET", path).text
    assert says(now, "STATUS", "PERCENT-COMPLETE") == {
        "STATUS": ["COMPLETED"], "PERCENT-COMPLETE": ["100"]}
    assert says(now, *OF_CASES) == says(seen, *OF_CASES)


def test_python_caldav_completes_and_opens_a_case(server, ann, case):
    caldav = pytest.importorskip("caldav", reason="python3-caldav is not installed")
    uid, path = case
    seen = ann("GET", path).text
    client = caldav.DAVClient(server.url, username="ann", password="ann-secret")
    calendar = client.calendar(url=server.url + CASES)
    mine = next(t for t in calendar.todos(include_completed=True) if uid in t.data)
    mine.complete()
    assert says(ann("GET", path).text, "STATUS", "PERCENT-COMPLETE") == {
        "STATUS": ["COMPLETED"], "PERCENT-COMPLETE": ["100"]}
    mine = next(t for t in calendar.todos(include_completed=True) if uid in t.data)
    mine.uncomplete()
    now = ann("GET", path).text
    assert says(now, "STATUS", "COMPLETED")["COMPLETED"] == []
    assert says(now, *OF_CASES) == says(seen, *OF_CASES)


def test_vdirsyncer_merges_both_sides(server, ann, lead, tmp_path):
    """It changes its copy while the server's changes too, of what others see: both have their way."""
    helpers.tool("vdirsyncer")
    uid, path = lead
    config = helpers.vdirsyncer_config(tmp_path, server.url, [("book", "carddav", ".vcf", "leads")])
    helpers.vdirsyncer(tmp_path, config, "discover")
    helpers.vdirsyncer(tmp_path, config, "sync")
    mine = next(p for p in (tmp_path / "book" / "leads").glob("*.vcf") if uid in p.read_text())
    seen = ann("GET", path).text
    time.sleep(1.1)
    mine.write_text(mine.read_text().replace("X-OTHER-APP:keep me\n", "TITLE:Chef\n"))
    helpers.vdirsyncer(tmp_path, config, "sync")
    now = ann("GET", path).text
    assert first(parse(now), "TITLE") == "Chef"
    assert says(now, *OF_LEADS) == says(seen, *OF_LEADS)
    # What the server gave back has come, too; and there is nothing left to do.
    helpers.vdirsyncer(tmp_path, config, "sync")
    assert "X-OTHER-APP:keep me" in mine.read_text()
    etag = ann("GET", path).etag
    helpers.vdirsyncer(tmp_path, config, "sync")
    assert ann("GET", path).etag == etag
