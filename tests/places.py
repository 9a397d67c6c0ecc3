"""What tests of where CRM records appear ask for. Requests of our own, and their answers, are held
against schemas/kontor-dav.rng."""
import datetime

from lxml import etree

from dav import NS, TOP, xml_doc

NS["K"] = "urn:x-kontor:dav"
PEOPLE = """kind,name,display_name,emails,password,roles,member_of,manager_of
group,north,North,north@example.com,,,,
group,south,South,south@example.com,,,,
user,ann,Ann Ahlers,ann@example.com,ann-secret,sales,north,
user,dora,Dora Dahl,dora@example.com,dora-secret,sales,north,
user,ben,Ben Brandt,ben@example.com,ben-secret,support,north,
user,carla,Carla Claas,carla@example.com,carla-secret,sales,north,north
user,emil,Emil Ernst,emil@example.com,emil-secret,sales,south,
user,fay,Fay Falk,fay@example.com,fay-secret,support,south,
user,lea,Lea Lang,lea@example.com,lea-secret,,,company
user,vic,Vic Vogt,vic@example.com,vic-secret,,,
user,root,The Admin,root@example.com,root-secret,admin,,
"""

GRAMMAR = etree.RelaxNG(etree.parse(str(TOP / "schemas" / "kontor-dav.rng")))


class People:
    """people.ann, people.ben ...: a client each."""

    def __init__(self, server):
        self.server = server

    def __getattr__(self, name):
        client = self.server.client(name)
        setattr(self, name, client)
        return client


def valid(document):
    """The grammar's complaints; empty if it has none."""
    root = etree.fromstring(document if isinstance(document, bytes) else document.encode())
    return "" if GRAMMAR.validate(root) else str(GRAMMAR.error_log)


def hrefs(answer):
    """{href: status or None}, the collection itself left out."""
    assert answer.status == 207, answer.text
    return {h: r["status"] for h, r in answer.responses().items() if not h.endswith("/")}


def day(offset):
    """So many days from now, as "20261231"."""
    return (datetime.date.today() + datetime.timedelta(days=offset)).strftime("%Y%m%d")


def journal(uid, summary, extra=""):
    """Of yesterday noon: notes stay for 180 days."""
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VJOURNAL\r\n"
            f"UID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:{day(-1)}T120000Z\r\n"
            f"SUMMARY:{summary}\r\n{extra}END:VJOURNAL\r\nEND:VCALENDAR\r\n")


def multiget(client, collection, *paths, data="CR:address-data"):
    root = "CR:addressbook-multiget" if data.startswith("CR") else "C:calendar-multiget"
    asked = "".join(f"<D:href>{p}</D:href>" for p in paths)
    return client.report(collection, xml_doc(root, f"<D:prop><D:getetag/><{data}/></D:prop>{asked}"))


def search(client, collection, text, name="FN"):
    return client.report(collection, xml_doc(
        "CR:addressbook-query", f'<D:prop><D:getetag/></D:prop><CR:filter><CR:prop-filter name="{name}">'
        f"<CR:text-match>{text}</CR:text-match></CR:prop-filter></CR:filter>"))


def crm_query(client, collection, *filters, noun=None, props="<D:getetag/>", more="", lawful=True):
    wanted = "".join(f"<K:filter>{f}</K:filter>" for f in filters)
    spaces = " ".join(f'xmlns:{p}="{u}"' for p, u in NS.items())
    named = f' noun="{noun}"' if noun else ""
    document = (f'<?xml version="1.0" encoding="utf-8"?><K:crm-query {spaces}{named}>'
                f"<D:prop>{props}</D:prop>{wanted}{more}</K:crm-query>")
    answer = client.report(collection, document)
    if lawful:
        assert not valid(document)
    if answer.status in (207, 403):
        assert not valid(answer.body), answer.text
    return answer
