"""Whatever somebody asks, they are told of the records they may see, and of no other: by address, by
multiget, by listing, sync, search, export, the directory and crm-query; in the company's collections
and in those of colleagues."""
import uuid

import pytest

from dav import card, todo
from places import crm_query, hrefs, journal, multiget, search

EVERYBODY = {"ann", "dora", "ben", "carla", "emil", "fay", "lea", "vic", "root"}
ALL_SEEING = {"lea", "root"}
# What each is, whose, and who sees it.
SEEN = {
    "lead": {"ann", "carla"} | ALL_SEEING,
    "southern lead": {"emil"} | ALL_SEEING,
    "account": {"ann", "dora", "carla", "ben", "fay"} | ALL_SEEING,
    "southern account": {"emil", "ben", "fay"} | ALL_SEEING,
    "case": {"ben", "carla"} | ALL_SEEING,
    "southern case": {"fay"} | ALL_SEEING,
    "deal": {"ann", "carla"} | ALL_SEEING,
    "note": {"ann", "carla"} | ALL_SEEING,
}
# Who sees all of a shelf may list it.
LISTED = {"leads": ALL_SEEING, "accounts": ALL_SEEING | {"ben", "fay"}, "cases": ALL_SEEING,
          "deals": ALL_SEEING, "journal": ALL_SEEING}


class Thing:
    def __init__(self, people, what, owner, shelf, word):
        self.word = f"{word}{uuid.uuid4().hex[:8]}"
        self.shelf, self.owner = shelf, owner
        self.is_card = shelf in ("leads", "accounts")
        self.area = "addressbooks" if self.is_card else "calendars"
        self.name = f"{uuid.uuid4()}.{'vcf' if self.is_card else 'ics'}"
        uid = self.name[:-4]
        body = (card(uid, self.word, "KIND:org\r\n" if shelf == "accounts" else "", "4.0") if self.is_card
                else todo(uid, self.word) if shelf == "cases" else journal(uid, self.word))
        self.own = f"/{self.area}/{owner}/{shelf}/"
        self.home = f"/{self.area}/company/{shelf}/"
        client = getattr(people, owner)
        put = client.put_card if self.is_card else client.put_event
        made = put(self.own + self.name, body)
        assert made.status == 201, f"{what}: {made.text}"
        self.etag = client("GET", self.own + self.name).etag


@pytest.fixture(scope="module")
def things(people):
    made = {
        "lead": ("ann", "leads"), "southern lead": ("emil", "leads"),
        "account": ("ann", "accounts"), "southern account": ("emil", "accounts"),
        "case": ("ben", "cases"), "southern case": ("fay", "cases"),
        "deal": ("ann", "deals"), "note": ("ann", "journal"),
    }
    return {what: Thing(people, what, owner, shelf, "Zz" + what.replace(" ", ""))
            for what, (owner, shelf) in made.items()}


def tell(things, ask):
    """{what: {who}} as `ask(client, thing)` says, compared whole: each failure shows all of it."""
    return {what: {who for who in EVERYBODY if ask(who, thing)} for what, thing in things.items()}


def test_by_address(people, things):
    assert tell(things, lambda who, t: getattr(people, who)("GET", t.home + t.name).status == 200) == SEEN


def test_what_is_hidden_is_as_what_is_not_there(people, things):
    for who in ("vic", "emil", "dora"):
        client = getattr(people, who)
        there = client("GET", things["lead"].home + things["lead"].name)
        absent = client("GET", things["lead"].home + "nothing.vcf")
        assert (there.status, there.body) == (absent.status, absent.body) == (404, there.body)
        for method in ("PROPFIND", "DELETE", "LOCK", "PROPPATCH", "COPY"):
            there, absent = (client(method, things["lead"].home + name, Destination="/addressbooks/vic/x")
                             for name in (things["lead"].name, "nothing.vcf"))
            assert (there.status, there.body) == (absent.status, absent.body), method


def test_by_multiget(people, things):
    def ask(who, t):
        data = "CR:address-data" if t.is_card else "C:calendar-data"
        answer = multiget(getattr(people, who), t.home, t.home + t.name, data=data)
        assert answer.status == 207
        shown = answer.responses()[t.home + t.name]
        assert (data in shown["props"]) == (t.word in answer.text), who
        return shown["status"] != 404
    assert tell(things, ask) == SEEN


def listed(things):
    return {what: LISTED[thing.shelf] for what, thing in things.items()}


def test_by_listing(people, things):
    def ask(who, t):
        answer = getattr(people, who).propfind(t.home, "D:getetag", "D:resourcetype", depth=1)
        assert answer.status == 207 and t.home in answer.responses(), "everybody finds the collection"
        return t.home + t.name in answer.responses()
    assert tell(things, ask) == listed(things)


def test_by_sync(people, things):
    def ask(who, t):
        answer = getattr(people, who).sync(t.home)
        return answer.status == 207 and t.home + t.name in answer.responses()
    assert tell(things, ask) == listed(things)


def test_by_sync_of_the_home(people, things):
    def ask(who, t):
        home = t.home.rsplit("/", 2)[0] + "/"
        answer = getattr(people, who).sync(home, level="infinite")
        assert answer.status in (207, 403), answer.text
        return t.home + t.name in answer.text
    assert tell(things, ask) == listed(things)


def test_by_export(people, things):
    assert tell(things, lambda who, t: t.word in getattr(people, who)("GET", t.home + "?export").text) \
        == listed(things)


def test_by_the_page(people, things):
    def ask(who, t):
        return t.name in getattr(people, who)("GET", t.home, Accept="text/html").text
    assert tell(things, ask) == listed(things)


def test_by_search(people, things):
    cards = {what: t for what, t in things.items() if t.is_card}
    expected = {what: who for what, who in listed(things).items() if what in cards}

    def ask(who, t):
        answer = search(getattr(people, who), t.home, t.word)
        return answer.status == 207 and t.home + t.name in answer.responses()
    assert tell(cards, ask) == expected


def test_by_the_directory(people, things):
    cards = {what: t for what, t in things.items() if t.is_card}

    def ask(who, t):
        found = [h for h in search(getattr(people, who), "/addressbooks/directory/", t.word).responses()]
        assert len(found) <= 1
        assert not found or t.word in getattr(people, who)("GET", found[0]).text
        return bool(found)
    assert tell(cards, ask) == {what: who for what, who in SEEN.items() if what in cards}


def test_by_crm_query(people, things):
    def ask(who, t):
        field = "subject" if t.shelf == "journal" else "text"
        answer = crm_query(getattr(people, who), t.home, f"{field}:contains:{t.word}")
        return t.home + t.name in hrefs(answer)
    assert tell(things, ask) == SEEN


def test_collections_of_colleagues(people, things):
    """Theirs alone; an admin may look."""
    def ask(who, t):
        client = getattr(people, who)
        statuses = {client.propfind(t.own, "D:resourcetype", depth=1).status,
                    client("GET", t.own + t.name).status, client.sync(t.own).status}
        assert statuses in ({207, 200}, {404}), (who, statuses)
        return statuses != {404}
    assert tell(things, ask) == {what: {t.owner, "root"} for what, t in things.items()}


def test_nobody_opens_them_to_others(people, things):
    from dav import xml_doc
    grant = xml_doc("D:acl", "<D:ace><D:principal><D:all/></D:principal><D:grant><D:privilege><D:read/>"
                    "</D:privilege></D:grant></D:ace>")
    for what, t in things.items():
        for who in (t.owner, "lea", "root"):
            for path in (t.own, t.home):
                assert getattr(people, who)("ACL", path, grant).status in (403, 404), (what, who, path)
        assert people.vic("GET", t.own + t.name).status == 404


def test_nobody_writes_at_home(people, things):
    for what, t in things.items():
        for who in ("lea", "root", t.owner):
            client = getattr(people, who)
            put = client.put_card if t.is_card else client.put_event
            assert put(t.home + t.name, "x").status in (403, 404), (what, who)
            assert client("DELETE", t.home + t.name).status in (403, 404), (what, who)
            assert client("MOVE", t.home + t.name, Destination=t.home + "x").status in (403, 404)
        assert getattr(people, t.owner)("GET", t.own + t.name).etag == t.etag
