"""Servers that send mail, and what takes it."""
import pytest

from api import Api
from postbox import Postbox
from strangers import SETTINGS, Mailed, message

# Sina answers what comes to support; everybody's password is NAME-secret.
PEOPLE = """kind,name,display_name,emails,password,roles,member_of,manager_of
group,helping,Helping,helping@example.com,,,,
user,sina,Sina Sömmer,sina@example.com,sina-secret,support,helping,
user,root,The Admin,root@example.com,root-secret,admin,,
"""


class Desk(Mailed):
    """A server where mail comes in and goes out, and Sina's browser."""

    def begin(self):
        self.start()
        self.sina = Api(self, "sina")
        return self

    def write(self, text="Help", subject="Printer down", sender="Ada <ada@acme.example>", **headers):
        """A customer's mail; the id of the case it became."""
        before = self.ids()
        assert self.capture(message(sender, "support@example.com", subject, text, **headers)) == "case"
        (case,) = self.ids() - before
        return case

    def ids(self):
        return {case["id"] for case in Api(self, "root")("GET", "/cases?limit=500").json["items"]}

    def answer(self, case, text="Try again", **more):
        reply = self.sina("POST", f"/cases/{case}/answer", {"text": text, "public": True, **more})
        assert reply.status == 201, reply
        return reply.json["id"]

    def note(self, note):
        return self.sina("GET", f"/notes/{note}").json


@pytest.fixture
def desks():
    """Makes desks, and clears them away."""
    made = []

    def make(*settings, **more):
        made.append(Desk([*SETTINGS, *settings], people=PEOPLE, **more))
        return made[-1].begin()
    yield make
    for one in made:
        one.remove()


@pytest.fixture
def boxes(tmp_path):
    """Makes mail servers, and clears them away."""
    made = []

    def make(**more):
        made.append(Postbox(tmp_path, **more).start())
        return made[-1]
    yield make
    for one in made:
        one.held.set()
        one.stop()


@pytest.fixture
def box(boxes):
    return boxes()


@pytest.fixture
def desk(desks, box):
    return desks(*box.settings())
