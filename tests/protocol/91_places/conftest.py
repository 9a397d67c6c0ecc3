"""A company of two teams. North: ann and dora sell, ben answers cases; carla manages it, and sells.
South: emil sells, fay answers. lea leads the company, vic has no role, root is the admin."""
import uuid

import pytest

from dav import Server, card

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


@pytest.fixture(scope="session")
def server():
    one = Server(people=PEOPLE).start()
    yield one
    one.remove()


class People:
    """people.ann, people.ben ...: a client each."""

    def __init__(self, server):
        self.server = server

    def __getattr__(self, name):
        client = self.server.client(name)
        setattr(self, name, client)
        return client


@pytest.fixture(scope="session")
def people(server):
    return People(server)


@pytest.fixture
def uid():
    return str(uuid.uuid4())


@pytest.fixture
def lead(people, uid):
    """A lead of ann's, made on her phone; its name there is its UID's."""
    made = people.ann.put_card(f"/addressbooks/ann/leads/{uid}.vcf", card(uid, f"Lead {uid}"))
    assert made.status == 201, made.text
    return uid
