"""Commands beside a running server change who has what: roles, teams, queues."""
import uuid

import pytest

from dav import Server, card, todo
from places import PEOPLE, People, hrefs


@pytest.fixture(scope="module")
def house():
    one = Server(people=PEOPLE).start()
    yield one
    one.remove()


@pytest.fixture(scope="module")
def firm(house):
    return People(house)


def names(client, path):
    answer = client.propfind(path, "D:getetag", depth=1)
    return sorted(h.rsplit("/", 1)[1] for h in hrefs(answer)) if answer.status == 207 else answer.status


def collections(client, path):
    return [h for h in client.propfind(path, "D:resourcetype", depth=1).responses() if h != path]


def test_a_role_brings_its_collections_behind_the_default_ones(house, firm):
    assert collections(firm.vic, "/addressbooks/vic/") == ["/addressbooks/vic/contacts/"]
    house.command("user", "change", "vic", "--role", "sales", "--role", "support")
    assert collections(firm.vic, "/addressbooks/vic/") == [
        f"/addressbooks/vic/{n}/" for n in ("contacts", "accounts", "leads")]
    assert collections(firm.vic, "/calendars/vic/") == [
        f"/calendars/vic/{n}/" for n in ("calendar", "tasks", "deals", "journal", "cases")]
    house.command("user", "change", "vic", "--role", "")
    assert "/addressbooks/vic/leads/" in collections(firm.vic, "/addressbooks/vic/")


def test_an_import_of_people_brings_them_too(house, firm, tmp_path):
    table = tmp_path / "people.csv"
    table.write_text("kind,name,display_name,emails,password,roles,member_of,manager_of\n"
                     "user,gus,Gus,,gus-secret,support,south,\n")
    house.command("principal", "import", str(table))
    assert "/calendars/gus/cases/" in collections(firm.gus, "/calendars/gus/")
    assert collections(firm.gus, "/addressbooks/gus/")[0] == "/addressbooks/gus/contacts/"


def test_their_components_are_those_of_the_shelf(firm):
    assert firm.ann.put_event("/calendars/ann/deals/t.ics", todo("t")).condition() == "C:supported-calendar-component"
    assert firm.ben.put_event("/calendars/ben/cases/c.ics", todo(str(uuid.uuid4()))).status == 201


def test_a_team_has_a_queue_when_it_wants_one(house, firm):
    """Read by those who manage the team, and by its support people if it holds cases."""
    assert names(firm.carla, "/calendars/north/cases/") == 404
    for kind, path, readers in (("cases", "/calendars/north/cases/", "carla ben lea root"),
                                ("leads", "/addressbooks/north/leads/", "carla lea root")):
        house.command("collection", "queue", "north", kind, "on")
        for who in ("ann", "ben", "carla", "emil", "fay", "lea", "vic", "root"):
            assert names(getattr(firm, who), path) == ([] if who in readers.split() else 404), (who, path)
        types = firm.carla.propfind(path, "D:resourcetype").text
        assert "queue" in types and kind in types
        house.command("collection", "queue", "north", kind, "off")
        assert names(firm.carla, path) == 404


def test_only_groups_have_queues(house):
    for words in (("ann", "cases", "on"), ("north", "deals", "on"), ("company", "leads", "on"), ("north", "leads", "x")):
        assert house.command("collection", "queue", *words, check=False).returncode != 0, words


def test_somebody_new_in_the_team_sees_what_the_team_has(house, firm):
    uid = str(uuid.uuid4())
    org = card(uid, f"Firma {uid}", "KIND:org\r\n", "4.0")
    assert firm.ann.put_card(f"/addressbooks/ann/accounts/{uid}.vcf", org).status == 201
    home = f"/addressbooks/company/accounts/{uid}.vcf"
    assert firm.emil("GET", home).status == 404
    house.command("group", "member", "add", "north", "emil")
    assert firm.emil("GET", home).status == 200
    house.command("group", "member", "remove", "north", "emil")
    assert firm.emil("GET", home).status == 404


def test_reindex_and_fsck_agree_with_all_of_it(house, firm):
    def everything():
        return {who: {path: names(getattr(firm, who), path)
                      for path in collections(getattr(firm, who), f"/addressbooks/{who}/")
                      + collections(getattr(firm, who), f"/calendars/{who}/")}
                for who in ("ann", "ben", "carla", "emil", "fay", "vic")}
    before, token = everything(), firm.ann.sync("/addressbooks/ann/accounts/").sync_token()
    assert "misplaced" not in house.command("fsck").stdout
    house.command("reindex")
    assert everything() == before
    assert not hrefs(firm.ann.sync("/addressbooks/ann/accounts/", token)), "nothing moved, so nothing is told"
    assert "misplaced" not in house.command("fsck").stdout
