import pytest

from api import Api
from dav import Server

# Ann and Ben sell, Carla leads both and the company's support is Sina; everybody's password is NAME-secret.
COMPANY = """kind,name,display_name,emails,password,roles,member_of,manager_of
group,selling,Selling,selling@example.com,,,,
group,helping,Helping,helping@example.com,,,,
user,ann,Ann Ahlers,ann@example.com,ann-secret,sales,selling,
user,ben,Ben Brandt,ben@example.com,ben-secret,sales,selling,
user,carla,Carla Claas,carla@example.com,carla-secret,sales,selling,selling
user,sina,Sina Sommer,sina@example.com,sina-secret,support,helping,
user,root,The Admin,root@example.com,root-secret,admin,,
"""


@pytest.fixture
def browser(server):
    """ann, signed in as a browser."""
    return Api(server, "ann")


@pytest.fixture(scope="module")
def company():
    """A server of this file's own, with a small company in it."""
    one = Server(people=COMPANY).start()
    yield one
    one.remove()


@pytest.fixture
def own_company():
    """The same for one test alone."""
    one = Server(people=COMPANY).start()
    yield one
    one.remove()


@pytest.fixture(scope="module")
def ann_(company):
    return Api(company, "ann")


@pytest.fixture(scope="module")
def ben_(company):
    return Api(company, "ben")


@pytest.fixture(scope="module")
def carla_(company):
    return Api(company, "carla")


@pytest.fixture(scope="module")
def sina_(company):
    return Api(company, "sina")


@pytest.fixture(scope="module")
def root_(company):
    return Api(company, "root")


def made(api, noun, **values):
    """The id of a new record."""
    reply = api("POST", f"/{noun}", values)
    assert reply.status == 201, reply
    return reply.json["id"]
