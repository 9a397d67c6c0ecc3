"""A company that sells and helps: ann sells, ben answers cases, carla manages both."""
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
    one = Server(people=PEOPLE).start()
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
