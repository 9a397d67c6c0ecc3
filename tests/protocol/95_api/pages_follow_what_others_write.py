"""Server-sent events: who may see a change hears of it within two seconds; nobody else does."""
import time
import uuid

import pytest

from api import Api
from dav import POSTGRES, Server, card, event, free_port, todo
from events import Events


@pytest.fixture
def watching(server):
    opened = []

    def open_(name, **more):
        opened.append(Events(Api(server, name, **more)))
        return opened[-1]
    yield open_
    for one in opened:
        one.close()


def test_an_event_of_a_phone(server, watching):
    ann, ben = watching("ann"), watching("ben", basic=True)
    phone = server.client("ann")
    path = f"/calendars/ann/calendar/{uuid.uuid4()}.ics"
    answer = phone.put_event(path, event(uid=str(uuid.uuid4())))
    assert answer.status == 201
    noun, ids = ann.next()
    assert noun == "meetings" and len(ids) == 1
    phone.put_event(path, event(uid="x", summary="Other").replace("UID:x", "UID:" + phone("GET", path).text.split(
        "UID:")[1].split("\r\n")[0]))
    assert ann.next() == ("meetings", ids)
    phone("DELETE", path)
    assert ann.next() == ("meetings", ids)
    assert ben.silent()


def test_tasks_cards_and_files_have_names_of_their_own(server, watching):
    ann, phone = watching("ann"), server.client("ann")
    name = str(uuid.uuid4())
    phone.put_event(f"/calendars/ann/tasks/{name}.ics", todo(uid=name))
    assert ann.next()[0] == "tasks"
    phone.put_card(f"/addressbooks/ann/contacts/{name}.vcf", card(uid=name))
    assert ann.next()[0] == "cards"
    phone("PUT", f"/files/ann/{name}.txt", "x")
    assert ann.next()[0] == "files"


def test_what_was_refused_is_not_told(server, watching):
    ann, phone = watching("ann"), server.client("ann")
    assert phone.put_event("/calendars/ann/calendar/x.ics", "nonsense").status == 403
    assert phone.put_event("/calendars/ann/calendar/x.ics", event(), If_Match='"0"').status == 412
    assert ann.silent()


def test_records_of_the_crm_by_who_may_see_them(company, ann_, ben_, carla_):
    watchers = {name: Events(Api(company, name, basic=True)) for name in ("ann", "ben", "carla")}
    try:
        lead = ann_("POST", "/leads", {"family": "Watched"}).json["id"]
        for name in ("ann", "carla"):
            assert watchers[name].next() == ("leads", [lead])
        assert watchers["ben"].silent()
        note = ann_("POST", "/notes", {"parent": lead, "text": "Called"}).json["id"]
        watchers["carla"].until("notes", note)
        assert watchers["ben"].silent()
        etag = carla_("GET", f"/leads/{lead}").etag
        assert carla_("PATCH", f"/leads/{lead}", {"owner": ben_.me["id"]}, If_Match=etag).status == 200
        watchers["ben"].until("leads", lead)
        watchers["ann"].until("leads", lead)
        assert ann_("GET", f"/leads/{lead}").status == 404, "who loses it has heard of it all the same"
    finally:
        for one in watchers.values():
            one.close()


def test_rows_and_people(company, root_, ann_):
    events = Events(Api(company, "ann", basic=True))
    try:
        campaign = root_("POST", "/campaigns", {"name": "Watched"}).json["id"]
        assert events.next() == ("campaigns", [campaign])
        assert root_("POST", "/teams", {"name": "watched"}).status == 201
        assert [events.next(), events.next()] == [("users", []), ("teams", [])]
    finally:
        events.close()


def test_signing_out_ends_it(own_server):
    api = Api(own_server, "ann")
    events = Events(api)
    own_server.client("ann").put_event("/calendars/ann/calendar/a.ics", event())
    assert events.next()[0] == "meetings"
    assert api("DELETE", "/session").status == 204
    own_server.client("ann").put_event("/calendars/ann/calendar/b.ics", event(uid="b"))
    assert events.ended.wait(5) and events.silent(0)


def test_only_so_many_of_one_person(server, watching):
    oldest = watching("ben", basic=True)
    others = [watching("ben", basic=True) for _ in range(12)]
    assert oldest.ended.wait(5)
    assert not any(one.ended.is_set() for one in others)


def test_the_server_ends_with_watchers(own_server):
    events = [Events(Api(own_server, name, basic=True)) for name in ("ann", "ben") for _ in range(3)]
    began = time.monotonic()
    own_server.stop()
    assert time.monotonic() - began < 10
    assert all(one.ended.wait(5) for one in events)


def test_clients_that_went_away_are_forgotten(own_server):
    for _ in range(30):
        Events(Api(own_server, "ann", basic=True)).close()
    for _ in range(5):
        own_server.client("ann").put_event("/calendars/ann/calendar/a.ics", event())
    events = Events(Api(own_server, "ben", basic=True))
    own_server.client("ben").put_event("/calendars/ben/calendar/a.ics", event())
    assert events.next()[0] == "meetings"


def test_a_command_beside_the_server_is_noticed(own_server, tmp_path):
    events = Events(Api(own_server, "ann", basic=True))
    file = tmp_path / "a.ics"
    file.write_text(event(uid="imported"))
    own_server.command("import", "ann/calendar", str(file))
    noun, _ = events.next(4)
    assert noun == ("meetings" if POSTGRES else "*")


@pytest.mark.skipif(not POSTGRES, reason="several nodes want PostgreSQL")
def test_what_another_node_wrote():
    one = Server().start()
    two = Server.__new__(Server)
    two.__dict__.update(one.__dict__)
    two.port = free_port()
    two.listen = f"127.0.0.1:{two.port}"
    two.url = f"http://{two.listen}"
    try:
        two.start()
        events = Events(Api(two, "ann", basic=True))
        one.client("ann").put_event("/calendars/ann/calendar/a.ics", event())
        noun, ids = events.next()
        assert noun == "meetings" and ids
    finally:
        two.stop()
        one.remove()


def test_who_signed_out_hears_nothing_more(server):
    ann, again = Api(server, "ann"), Api(server, "ann")
    gone, there = Events(ann), Events(again)
    assert ann("DELETE", "/session").status == 204
    path = f"/calendars/ann/calendar/{uuid.uuid4()}.ics"
    assert server.client("ann").put_event(path, event(uid=str(uuid.uuid4()))).status == 201
    assert there.next()[0] == "meetings"
    assert gone.ended.wait(5) and gone.heard.empty()
    there.close()


def test_a_device_that_was_revoked_hears_nothing_more(server):
    ann = Api(server, "ann")
    device = ann("POST", "/devices", {"name": "lost"}).json
    lost, there = Events(Api(server, "ann", device["password"], basic=True)), Events(ann)
    assert ann("DELETE", f"/devices/{device['id']}").status == 204
    path = f"/calendars/ann/calendar/{uuid.uuid4()}.ics"
    assert server.client("ann").put_event(path, event(uid=str(uuid.uuid4()))).status == 201
    assert there.next()[0] == "meetings"
    assert lost.ended.wait(5) and lost.heard.empty()
    there.close()


def set_password(server, name, password):
    admin = Api(server, "root")
    id_ = [u["id"] for u in admin("GET", "/users").json["items"] if u["name"] == name][0]
    assert admin("PATCH", f"/users/{id_}", {"password": password}).status == 200
    return admin, id_


def test_a_password_that_was_changed_hears_nothing_more(own_company):
    phone = Api(own_company, "ann", basic=True)("POST", "/devices", {"name": "phone"}).json["password"]
    old, device = Events(Api(own_company, "ann", basic=True)), Events(Api(own_company, "ann", phone, basic=True))
    other = Events(Api(own_company, "ben", basic=True))
    set_password(own_company, "ann", "another-one")
    assert old.ended.wait(5), "at once, whether something happens or not"
    new = Events(Api(own_company, "ann", "another-one", basic=True))
    id_ = Api(own_company, "ann", phone, basic=True)("POST", "/accounts", {"name": "Acme"}).json["id"]
    for stream in (new, device, other):
        stream.until("accounts", id_)
        assert not stream.ended.is_set()
    while not old.heard.empty():
        assert "accounts" not in old.heard.get()
    new.close()
    other.close()


def test_an_account_that_is_gone_hears_nothing_more(own_company):
    gone = Events(Api(own_company, "ben", basic=True))
    admin = Api(own_company, "root")
    id_ = [u["id"] for u in admin("GET", "/users").json["items"] if u["name"] == "ben"][0]
    assert admin("DELETE", f"/users/{id_}").status == 204
    assert gone.ended.wait(5)
