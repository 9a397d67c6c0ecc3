"""Every 401 has the same Basic realm; unknown users and wrong passwords look alike."""


def it_is_401(server):
    answers = [server.client()("PROPFIND", p) for p in ("/", "/principals/", "/calendars/ann/")]
    answers.append(server.client("ann", "wrong")("PROPFIND", "/"))
    answers.append(server.client("nobody", "wrong")("PROPFIND", "/"))
    realms = {a.headers["WWW-Authenticate"] for a in answers}
    assert {a.status for a in answers} == {401} and len(realms) == 1
    assert realms.pop().startswith('Basic realm="')
