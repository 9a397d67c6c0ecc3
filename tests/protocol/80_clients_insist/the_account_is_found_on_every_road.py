"""Well-known paths, `/` and `/principals/` all lead to the principal, by a path and not a host."""
import pytest


@pytest.mark.parametrize("start", ["/", "/principals/", "/.well-known/caldav",
                                   "/.well-known/caldav/", "/.well-known/carddav",
                                   "/.well-known/carddav/"])
def it_leads_to_the_principal(ann, start):
    path = start
    answer = ann.propfind(path, "D:current-user-principal", "D:principal-URL", "D:resourcetype")
    if answer.status in (301, 302, 307, 308):
        path = answer.headers["Location"]
        assert path.startswith("/")
        answer = ann.propfind(path, "D:current-user-principal", "D:principal-URL",
                              "D:resourcetype")
    assert answer.status == 207
    entry, = answer.responses().values()
    assert entry["props"]["D:current-user-principal"][0].text == "/principals/users/ann/"


@pytest.mark.parametrize("method", ["GET", "OPTIONS", "PROPFIND"])
@pytest.mark.parametrize("path", ["/.well-known/caldav", "/.well-known/carddav"])
def it_redirects_every_method(ann, method, path):
    answer = ann(method, path)
    assert answer.status in (301, 302, 307, 308, 207), answer.status
