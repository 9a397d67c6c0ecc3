"""Strangers, for tests: what they send by mail and web form, and servers that take it."""
import email.message
import html.parser
import uuid

import requests

from api import Api
from dav import Server

SETTINGS = ("capture.support=support@example.com", "capture.leads=sales@example.com info@example.com")


def message(sender, to, subject, text, **headers):
    one = email.message.EmailMessage()
    one["From"] = sender
    one["To"] = to
    one["Subject"] = subject
    one["Message-ID"] = headers.pop("Message_ID", f"<{uuid.uuid4()}@mail.example>")
    for name, value in headers.items():
        one[name.replace("_", "-")] = value
    one.set_content(text)
    return one


class Mailed(Server):
    """With shorthands for what came of a mail."""

    def capture(self, mail, *words, check=True):
        beyond = not all(one.addr_spec.isascii() for one in mail["From"].addresses)  # RFC 6532
        done = self.command("capture", *words, stdin=mail.as_string(policy=mail.policy.clone(utf8=beyond)), check=check)
        return done.stdout.strip() if check else done

    def bodies(self, path):
        """What is in a collection of the company, as the admin's client reads it."""
        root = self.client("root")
        answer = root.propfind(path, "D:getetag", depth=1)
        assert answer.status == 207, answer.text
        return [root("GET", href).text for href in answer.responses() if not href.endswith("/")]

    def cases(self):
        return self.bodies("/calendars/company/cases/")

    def leads(self):
        return self.bodies("/addressbooks/company/leads/")

    def notes(self):
        return self.bodies("/calendars/company/journal/")


class Page(html.parser.HTMLParser):
    """What is on a page: inputs as {name: value}, and what a reader sees."""

    def __init__(self, response):
        super().__init__()
        self.status = response.status_code
        self.headers = response.headers
        self.inputs, self.needed, self.tags, self.text = {}, set(), [], ""
        self.area = None
        self.feed(response.text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        if tag in ("input", "select", "textarea") and "name" in attrs:
            self.inputs[attrs["name"]] = attrs.get("value", "")
            self.needed |= {attrs["name"]} if "required" in attrs else set()
        self.area = attrs.get("name") if tag == "textarea" else None

    def handle_endtag(self, tag):
        self.area = None

    def handle_data(self, data):
        self.text += data
        if self.area:
            self.inputs[self.area] += data


class Forms:
    """The forms of a server, as its managers and its visitors have them."""

    def __init__(self, server):
        self.server = server
        self.root = Api(server, "root")
        self.before = {lead["id"] for lead in self.all_leads()}

    def make(self, **values):
        reply = self.root("POST", "/forms", {"name": "Ask us", "enabled": True, **values})
        assert reply.status == 201, reply
        return self.root("GET", f"/forms/{reply.json['id']}").json

    def show(self, form, **headers):
        return Page(self.ask("GET", form, headers=headers))

    def ask(self, method, form, **more):
        return requests.request(method, f"{self.server.url}/f/{form['token']}", timeout=60,
                                allow_redirects=False, **more)

    def send(self, form, page=None, headers=None, **values):
        """What a visitor's browser does: everything on the page goes back."""
        page = page or self.show(form)
        return self.ask("POST", form, data={**page.inputs, **values}, headers=headers)

    def all_leads(self):
        return self.root("GET", "/leads?sort=created&limit=500").json["items"]

    def leads(self):
        """Those that were made since."""
        return [lead for lead in self.all_leads() if lead["id"] not in self.before]
