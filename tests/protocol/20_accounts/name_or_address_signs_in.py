import pytest


@pytest.mark.parametrize("name", ["ann", "ANN", "ann@example.com", "Ann.Ahlers@Example.com"])
def test_signs_in(server, name):
    assert server.client(name, "ann-secret").propfind("/calendars/ann/", "D:displayname").status == 207


@pytest.mark.parametrize("name", ["sales", "hall", "beamer", "company", "", "ann\u0000", "ann "])
def test_does_not(server, name):
    assert server.client(name or "x", "").propfind("/calendars/ann/", "D:displayname").status in (400, 401)


@pytest.mark.parametrize("password", ["", "ann-secret ", "Ann-secret", "ann-secre", "ann-secret\u0000x", "x" * 2000])
def test_only_the_password_itself(own_server, password):
    assert own_server.client("ann").propfind("/calendars/ann/", "D:displayname").status == 207
    client = own_server.client("ann", password or "\u200b")
    client.session.auth = (b"ann", password.encode())
    assert client.propfind("/calendars/ann/", "D:displayname").status == 401
