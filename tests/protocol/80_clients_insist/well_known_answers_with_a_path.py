"""Well-known addresses redirect, with a slash at the end or not, by a path that is right behind any proxy."""
import pytest


@pytest.mark.parametrize("method", ["PROPFIND", "OPTIONS", "GET"])
@pytest.mark.parametrize("name", ["caldav", "carddav", "caldav/", "carddav/"])
def it_is_a_path(server, ann, method, name):
    for client in (ann, server.client()):
        answer = client(method, "/.well-known/" + name, Host="dav.example.com",
                        X_Forwarded_Proto="http", X_Forwarded_Host="inner:8008")
        assert answer.status == 301
        assert answer.headers["Location"] == "/"


def it_leads_somewhere(ann):
    answer = ann.propfind("/", "D:current-user-principal", "D:principal-URL", "D:resourcetype")
    assert answer.status == 207 and list(answer.responses()) == ["/"]
