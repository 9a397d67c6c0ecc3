"""Two ways through the whole house, with vdirsyncer as the phone: from a web form to a won deal, and
from a mail to a case that is closed on the phone."""
import email.message
import re
import time

import pytest
import requests

import helpers
from api import Api
from dav import Server
from events import Events
from phones import first, parse

PEOPLE = """kind,name,display_name,emails,password,roles,member_of,manager_of
group,selling,Selling,selling@example.com,,,,
group,helping,Helping,helping@example.com,,,,
user,ann,Ann Ahlers,ann@example.com,ann-secret,sales,selling,
user,carla,Carla Claas,carla@example.com,carla-secret,sales,selling,selling
user,sina,Sina Sommer,sina@example.com,sina-secret,support,helping,
user,lea,Lea Lang,lea@example.com,lea-secret,,,company
user,root,The Admin,root@example.com,root-secret,admin,,
"""


@pytest.fixture(scope="module")
def server():
    one = Server(("capture.support=support@example.com",), people=PEOPLE).start()
    yield one
    one.remove()


class Phone:
    """A folder a collection, kept by vdirsyncer."""

    def __init__(self, home, server, who, pairs):
        helpers.tool("vdirsyncer")
        self.home, self.extension = home, {name: ext for name, _, ext, _ in pairs}
        self.folders = {name: home / name / folder for name, _, _, folder in pairs}
        self.config = helpers.vdirsyncer_config(home, server.url, pairs, who)
        helpers.vdirsyncer(home, self.config, "discover")
        self.sync()

    def sync(self):
        helpers.vdirsyncer(self.home, self.config, "sync")

    def has(self, name):
        return list(self.folders[name].glob("*" + self.extension[name]))

    def edit(self, path, old, new):
        text = path.read_bytes().decode()
        assert old in text, text
        time.sleep(1.1)  # it looks at the time of the file
        path.write_bytes(text.replace(old, new).encode())


def ask(api, method, path, value=None, **headers):
    reply = api(method, path, value, **headers)
    assert reply.status < 300, reply
    return reply.json


def won(api):
    figures = ask(api, "GET", "/dashboards/company")["figures"]
    return figures["won_amount"]["value"] or 0, figures["won_count"]["value"] or 0


def fill_in(server, form, **values):
    """As a visitor's browser without script."""
    page = requests.get(f"{server.url}/f/{form['token']}", timeout=60)
    stamp = re.search(r'name="stamp" value="([^"]+)"', page.text)[1]
    time.sleep(2.1)
    sent = requests.post(page.url, data={**values, "stamp": stamp, "website2": ""}, timeout=60)
    assert sent.status_code == 200 and "Thank you" in sent.text


@pytest.mark.parametrize("by", ["rule", "hand"])
def test_from_a_web_form_to_a_won_deal(server, tmp_path, by):
    root, ann, carla, lea = (Api(server, name) for name in ("root", "ann", "carla", "lea"))
    phone = Phone(tmp_path, server, "ann", [("leads", "carddav", ".vcf", "leads"),
                                            ("accounts", "carddav", ".vcf", "accounts")])
    # Another stays there: no phone believes that all is gone at once.
    ask(ann, "POST", "/leads", {"name": f"Karl Kunde {by}"})
    phone.sync()
    had = set(phone.has("accounts")), set(phone.has("leads"))
    before = won(lea)
    campaign = ask(root, "POST", "/campaigns", {"name": f"Fair {by}"})["id"]
    if by == "rule":
        ask(root, "POST", "/rules", {"name": "The fair's", "applies_to": "leads", "enabled": True, "method": "round robin",
                                     "conditions": {"campaign": campaign}, "candidates": [{"user": ann.me["id"]}]})
    team = next(t["id"] for t in ask(root, "GET", "/teams")["items"] if t["name"] == "selling")
    form = ask(root, "POST", "/forms", {"name": "Ask us", "campaign": campaign, "enabled": True, "team": team})
    form = ask(root, "GET", f"/forms/{form['id']}")
    fill_in(server, form, name="Nora Neu", company=f"Neu {by} KG", emails=f"nora@{by}.example", phones="+49 30 901820")
    (lead,) = ask(carla, "GET", f"/leads?f=campaign:eq:{campaign}")["items"]

    # It is hers, by rule or because her manager says so, and on her phone at its next sync.
    if by == "hand":
        assert "owner" not in lead and lead["team"] == team, "it waits in the queue of its form"
        assert ask(carla, "POST", "/leads/assign", {"ids": [lead["id"]], "owner": ann.me["id"]})["changed"] == 1
    phone.sync()
    (mine,) = set(phone.has("leads")) - had[1]
    card = mine.read_bytes().decode()
    assert first(parse(card), "FN") == "Nora Neu" and "+49 30 901820" in card

    # She writes down another number; everything else stays as it was.
    phone.edit(mine, "END:VCARD", "TEL;TYPE=CELL:+49 171 23456\r\nEND:VCARD")
    phone.sync()
    now = ask(ann, "GET", f"/leads/{lead['id']}")
    assert [p["value"] for p in now["phones"]] == ["+49 30 901820", "+49 171 23456"]
    assert (now["campaign"], now["owner"], now["names"]["status"]) == (campaign, ann.me["id"], "New")

    # Converted: the same card leaves the leads and is a contact's.
    made = ask(ann, "POST", f"/leads/{lead['id']}/convert", {
        "account": {"name": f"Neu {by} KG"}, "deal": {"name": "Ten bikes", "amount": 1234500, "currency": "EUR"}})
    phone.sync()
    assert set(phone.has("leads")) == had[1]
    cards = {first(parse(p.read_bytes().decode()), "UID"): p for p in set(phone.has("accounts")) - had[0]}
    assert lead["uid"] in cards and len(cards) == 2, "the contact, and its company"
    assert "+49 171 23456" in cards[lead["uid"]].read_bytes().decode()

    # Won, and the company sees it, with the deal behind the figure.
    stage = next(s["id"] for s in ask(ann, "GET", "/stages")["items"] if s["type"] == "won")
    deal = ask(ann, "GET", f"/deals/{made['deal']['id']}")
    assert won(lea) == before
    ask(ann, "PATCH", f"/deals/{deal['id']}", {"stage": stage}, If_Match=f'"{deal["etag"]}"')
    assert won(lea) == (before[0] + 1234500, before[1] + 1)
    behind = ask(lea, "GET", "/figures/won_amount/records")["items"]
    assert deal["id"] in [record["id"] for record in behind]


def test_from_a_mail_to_a_case_closed_on_the_phone(server, tmp_path):
    sina, lea = Api(server, "sina"), Api(server, "lea")
    phone = Phone(tmp_path, server, "sina", [("cases", "caldav", ".ics", "cases")])
    mail = email.message.EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ada@acme.example", "support@example.com", "Printer down"
    mail["Message-ID"] = "<walk@acme.example>"
    mail.set_content("It prints nothing.")
    assert server.command("capture", stdin=mail.as_string()).stdout.strip() == "case"
    (case,) = ask(lea, "GET", "/cases")["items"]
    ask(lea, "POST", "/cases/assign", {"ids": [case["id"]], "owner": sina.me["id"]})
    phone.sync()
    (mine,) = phone.has("cases")
    assert f"[#{case['number']}] Printer down" in mine.read_bytes().decode()

    closed = ask(lea, "GET", "/dashboards/company")["figures"]["cases_closed"]["value"] or 0
    listening, others = Events(lea), Events(Api(server, "ann"))
    try:
        phone.edit(mine, "STATUS:NEEDS-ACTION",
                   "STATUS:COMPLETED\r\nCOMPLETED:" + time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()) +
                   "\r\nPERCENT-COMPLETE:100")
        phone.sync()
        listening.until("cases", case["id"])
        figures = ask(lea, "GET", "/dashboards/company")["figures"]
        assert figures["cases_closed"]["value"] == closed + 1
        assert others.silent(), ("who may not see it hears nothing", list(others.heard.queue))
    finally:
        listening.close()
        others.close()
    now = ask(sina, "GET", f"/cases/{case['id']}")
    assert now["status"] == "Closed" and now["closed_at"]
    assert ask(sina, "GET", f"/cases/{case['id']}/history")["items"][0]["via"] == "dav"
