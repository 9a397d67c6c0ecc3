"""A company that sells and helps: ann sells, ben answers cases, carla manages both."""
import json
import uuid

import pytest

from dav import Server

PEOPLE = """kind,name,display_name,emails,password,roles,member_of,manager_of
group,north,North,north@example.com,,,,
user,ann,Ann Ahlers,ann@example.com,ann-secret,sales,north,
user,ben,Ben Brandt,ben@example.com,ben-secret,support,north,
user,carla,Carla Claas,carla@example.com,carla-secret,,,north
user,dora,Dora Dahl,dora@example.com,dora-secret,sales,north,
user,root,The Admin,root@example.com,root-secret,admin,,
"""


@pytest.fixture(scope="session")
def server():
    # Nobody is paused for what all these tests take away together.
    one = Server(["crm.pause_deletes=100000"], people=PEOPLE).start()
    yield one
    one.remove()


@pytest.fixture
def dora(server):
    return server.client("dora")


@pytest.fixture
def carla(server):
    return server.client("carla")


@pytest.fixture
def uid():
    return str(uuid.uuid4())


class Records:
    """The records as a browser has them, with all that stands beside their bodies."""

    def __init__(self, client):
        self.client = client

    def get(self, noun, uid):
        answer = self.client("GET", f"/api/v1/{noun}?sort=-created&limit=200")
        assert answer.status == 200, answer.text
        number = next(r["id"] for r in json.loads(answer.text)["items"] if r["uid"] == uid)
        return json.loads(self.client("GET", f"/api/v1/{noun}/{number}").text)

    def values(self, noun, uid):
        """Without what says only that it was written."""
        record = self.get(noun, uid)
        return {k: v for k, v in record.items() if k not in ("etag", "modified")}

    def change(self, noun, uid, **values):
        record = self.get(noun, uid)
        answer = self.client("PATCH", f"/api/v1/{noun}/{record['id']}", json.dumps(values),
                             Content_Type="application/json", If_Match=f'"{record["etag"]}"')
        assert answer.status == 200, answer.text

    def timeline(self, noun, uid):
        answer = self.client("GET", f"/api/v1/{noun}/{self.get(noun, uid)['id']}/timeline")
        assert answer.status == 200, answer.text
        return json.loads(answer.text)["items"]


@pytest.fixture
def records(carla):
    """As their manager sees them."""
    return Records(carla)
