"""Assigned, queued, taken, converted, covered, followed or thrown away in the browser: each phone is told
once, of what it gains and of what it loses."""
import time

import pytest

from api import Api
from dav import Server
from places import PEOPLE, People, hrefs


@pytest.fixture(scope="module")
def house():
    one = Server(people=PEOPLE, settings=["crm.pause_deletes=10000"])
    for kind in ("leads", "cases"):
        one.command("collection", "queue", "north", kind, "on")
    one.start()
    yield one
    one.remove()


class Office:
    """office.carla("PATCH", ...): somebody's browser; office.ids["ann"]; office.phones.ann: a phone."""

    def __init__(self, house):
        self.house = house
        self.phones = People(house)
        root = Api(house, "root")
        self.ids = {who: root("GET", "/me").json["id"] if who == "root" else Api(house, who)("GET", "/me").json["id"]
                    for who in ("ann", "dora", "ben", "carla", "emil", "root")}
        self.ids["north"] = [t["id"] for t in root("GET", "/teams").json["items"] if t["name"] == "north"][0]

    def __getattr__(self, name):
        setattr(self, name, Api(self.house, name))
        return getattr(self, name)


@pytest.fixture(scope="module")
def office(house):
    return Office(house)


class Watch:
    """What somebody's collection gains ("+name") and loses ("-name") from now on."""

    def __init__(self, client, path):
        self.client, self.path = client, path
        self.token = client.sync(path).sync_token()

    def __call__(self):
        answer = self.client.sync(self.path, self.token)
        self.token = answer.sync_token()
        return sorted(("-" if status else "+") + href[len(self.path):] for href, status in hrefs(answer).items())


@pytest.fixture
def watch(office):
    return lambda who, path: Watch(getattr(office.phones, who), path)


def make(api, noun_, /, **values):
    reply = api("POST", f"/{noun_}", values)
    assert reply.status == 201, reply
    return reply.json


def change(api, noun, record, **values):
    etag = api("GET", f"/{noun}/{record['id']}").etag
    reply = api("PATCH", f"/{noun}/{record['id']}", values, If_Match=etag)
    assert reply.status == 200, reply


def file(record, ending="vcf"):
    return f"{record['uid']}.{ending}"


def wait_for(watched, change_):
    """The writer comes to it when there is nothing better to do: at once, but after the answer."""
    seen = []
    for _ in range(100):
        seen += watched()
        if change_ in seen:
            return seen
        time.sleep(0.05)
    raise AssertionError(f"no {change_} in {seen}")


def test_a_lead_is_given_from_one_to_the_other(office, watch):
    lead = make(office.ann, "leads", family="Gabe")
    ann, dora = watch("ann", "/addressbooks/ann/leads/"), watch("dora", "/addressbooks/dora/leads/")
    change(office.carla, "leads", lead, owner=office.ids["dora"])
    assert (ann(), dora()) == (["-" + file(lead)], ["+" + file(lead)])
    change(office.carla, "leads", lead, owner=office.ids["ann"])
    assert (ann(), dora()) == (["+" + file(lead)], ["-" + file(lead)])


def test_what_nobody_has_waits_with_the_team_until_it_is_taken(office, watch):
    queue, ben = watch("carla", "/calendars/carla/cases@north/"), watch("ben", "/calendars/ben/cases/")
    case = make(office.carla, "cases", subject="Druckt nicht", team=office.ids["north"], owner=None)
    assert (queue(), ben()) == (["+" + file(case, "ics")], [])
    assert office.ben("POST", f"/cases/{case['id']}/take").status == 200
    assert (queue(), ben()) == (["-" + file(case, "ics")], ["+" + file(case, "ics")])
    assert office.phones.ben("DELETE", "/calendars/ben/cases/" + file(case, "ics")).status == 204
    assert (queue(), ben()) == (["+" + file(case, "ics")], ["-" + file(case, "ics")])


def test_a_queued_lead_is_taken_on_the_phone(office, watch):
    queue, carla = watch("carla", "/addressbooks/carla/leads@north/"), watch("carla", "/addressbooks/carla/leads/")
    lead = make(office.carla, "leads", family="Warte", team=office.ids["north"], owner=None)
    assert queue() == ["+" + file(lead)]
    body = office.phones.carla("GET", "/addressbooks/carla/leads@north/" + file(lead)).text
    assert office.phones.carla.put_card("/addressbooks/carla/leads/mine.vcf", body).status in (201, 204)
    assert (queue(), carla()) == (["-" + file(lead)], ["+mine.vcf"])


def test_a_converted_lead_goes_over_to_the_accounts(office, watch):
    lead = make(office.ann, "leads", family="Wandel", company="Wandel AG")
    leads, accounts = watch("ann", "/addressbooks/ann/leads/"), watch("ann", "/addressbooks/ann/accounts/")
    done = office.ann("POST", f"/leads/{lead['id']}/convert", {"account": {"name": "Wandel AG"}})
    assert done.status == 200, done
    assert leads() == ["-" + file(lead)]
    gained = accounts()
    assert "+" + file(lead) in gained and len(gained) == 2
    card = office.phones.ann("GET", "/addressbooks/ann/accounts/" + file(lead))
    assert card.status == 200 and f"UID:{lead['uid']}" in card.text


def test_who_serves_an_account_has_it_and_its_people(office, watch):
    account = make(office.ann, "accounts", name="Dienst GmbH")
    person = make(office.ann, "contacts", given="Paul", family="Person",
                  accounts=[{"account": account["id"], "role": "Boss"}])
    accounts, cases = watch("ben", "/addressbooks/ben/accounts/"), watch("ben", "/calendars/ben/cases/")
    case = make(office.ben, "cases", subject="Frage", account=account["id"], owner=office.ids["ben"])
    assert accounts() == sorted(["+" + file(account), "+" + file(person)])
    assert cases() == ["+" + file(case, "ics")]
    change(office.ben, "cases", case, status="Closed")
    assert accounts() == sorted(["-" + file(account), "-" + file(person)])
    assert cases() == ["+" + file(case, "ics")], "closed ones stay for 14 days"


def test_following_and_leaving_off(office, watch):
    account = make(office.ann, "accounts", name="Folge GmbH")
    dora = watch("dora", "/addressbooks/dora/accounts/")
    assert office.dora("PUT", f"/accounts/{account['id']}/follow").status == 204
    assert dora() == ["+" + file(account)]
    assert office.phones.dora("DELETE", "/addressbooks/dora/accounts/" + file(account)).status == 204
    assert dora() == ["-" + file(account)]


def test_thrown_away_and_had_back(office, watch):
    lead = make(office.ann, "leads", family="Weg")
    ann = watch("ann", "/addressbooks/ann/leads/")
    assert office.carla("DELETE", f"/leads/{lead['id']}").status == 204
    assert ann() == ["-" + file(lead)]
    assert office.phones.lea("GET", "/addressbooks/company/leads/" + file(lead)).status == 404
    assert office.carla("POST", f"/leads/{lead['id']}/restore").status == 200
    assert ann() == ["+" + file(lead)]


def test_who_stands_in_has_it_while_it_lasts(office, watch):
    lead = make(office.ann, "leads", family="Ferien")
    dora = watch("dora", "/addressbooks/dora/leads/")
    assert office.phones.dora("GET", "/addressbooks/company/leads/" + file(lead)).status == 404
    row = {"absent": office.ids["ann"], "cover": office.ids["dora"], "from": "2020-01-01", "to": "2120-01-01"}
    cover = make(office.root, "covers", **row)
    gained = wait_for(dora, "+" + file(lead))
    assert all(g.startswith("+") for g in gained)
    assert office.phones.dora("GET", "/addressbooks/company/leads/" + file(lead)).status == 200
    assert office.root("DELETE", f"/covers/{cover['id']}").status == 204
    wait_for(dora, "-" + file(lead))
    assert office.phones.dora("GET", "/addressbooks/company/leads/" + file(lead)).status == 404


def test_how_far_a_role_sees_is_the_admins_to_say(office):
    lead = make(office.emil, "leads", family="Sicht")
    home = "/addressbooks/company/leads/" + file(lead)
    assert office.phones.ann("GET", home).status == 404
    row = make(office.root, "visibilities", role="sales", noun="leads", reach="all")
    assert office.phones.ann("GET", home).status == 200
    assert home in hrefs(office.phones.ann.propfind("/addressbooks/company/leads/", "D:getetag", depth=1))
    assert office.root("DELETE", f"/visibilities/{row['id']}").status == 204
    assert office.phones.ann("GET", home).status == 404
    assert home not in hrefs(office.phones.ann.propfind("/addressbooks/company/leads/", "D:getetag", depth=1))
