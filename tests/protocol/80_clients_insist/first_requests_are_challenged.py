"""Without credentials every path answers 401 with the same Basic realm."""


def it_challenges(server, calendar):
    nobody = server.client()
    realms = set()
    for path in ("/", "/principals/", "/principals/users/ann/", "/calendars/ann/", calendar):
        for method in ("PROPFIND", "GET"):
            answer = nobody(method, path)
            assert answer.status == 401, (method, path)
            assert answer.headers["WWW-Authenticate"].startswith('Basic realm="')
            realms.add(answer.headers["WWW-Authenticate"])
    assert len(realms) == 1
