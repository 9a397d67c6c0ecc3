import time

from api import Api


def test_in_and_out(server):
    api = Api(server)
    assert api("GET", "/session").status == 401
    reply = api.sign_in("ann", "ann-secret")
    assert reply.status == 200
    cookie = reply.headers["Set-Cookie"]
    assert cookie.startswith("kontor_session=") and "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert "Path=/api" in cookie and "Secure" not in cookie
    assert reply.json["me"]["name"] == "ann" and reply.json["me"]["teams"][0]["name"] == "Sales"
    assert api("GET", "/session").json["csrf"] == api.csrf
    assert api("GET", "/me").json["id"] == reply.json["me"]["id"]
    kept = dict(api.session.cookies)
    assert api("DELETE", "/session").status == 204
    assert "kontor_session" not in api.session.cookies
    api.session.cookies.update(kept)
    assert api("GET", "/me").status == 401


def test_by_address(server):
    assert Api(server).sign_in("ann@example.com", "ann-secret").status == 200


def test_wrong_password_and_unknown_name_look_alike(server):
    a, b = Api(server).sign_in("ann", "wrong"), Api(server).sign_in("nobody", "wrong")
    assert (a.status, a.json) == (401, b.json)
    assert "Set-Cookie" not in a.headers
    assert 'login_failed user="nobody"' in server.log_text() or "login_failed user=nobody" in server.log_text()


def test_each_sign_in_is_a_session_of_its_own(server):
    one, two = Api(server, "ann"), Api(server, "ann")
    assert one.csrf != two.csrf and one.session.cookies["kontor_session"] != two.session.cookies["kontor_session"]
    assert one("DELETE", "/session").status == 204
    assert two("GET", "/me").status == 200


def test_a_devices_password_makes_no_session(own_server):
    secret = own_server.command("user", "app-password", "add", "ann", "phone").stdout.strip()
    assert Api(own_server, "ann", secret, basic=True)("GET", "/me").status == 200
    assert Api(own_server).sign_in("ann", secret).status == 403


def test_a_new_password_ends_sessions(own_server):
    api = Api(own_server, "ann")
    assert api("GET", "/me").status == 200
    own_server.command("user", "change", "ann", "--password-stdin", stdin="another-secret\n")
    assert api("GET", "/me").status == 401


def test_idle_sessions_end(own_server):
    own_server.stop()
    own_server.settings.append("login.session_idle=60")
    own_server.start()
    api = Api(own_server, "ann")
    own_server.stop()
    import os
    os.environ["KONTOR_CLOCK"] = str(int(time.time()) + 100)
    try:
        own_server.start()
    finally:
        del os.environ["KONTOR_CLOCK"]
    assert api("GET", "/me").status == 401


def test_sessions_survive_a_restart(own_server):
    api = Api(own_server, "ann")
    own_server.stop()
    own_server.start()
    assert api("GET", "/me").status == 200


def test_answers_with_secrets_are_neither_packed_nor_kept(server):
    api = Api(server, "ann")
    big = {"filler": "x" * 5000}
    assert api("PATCH", "/me/preferences", big).headers["Content-Encoding"] == "gzip"
    reply = api("GET", "/session")
    assert "Content-Encoding" not in reply.headers and "no-store" in reply.headers["Cache-Control"]
    assert api("PATCH", "/me/preferences", {"filler": None}).status == 200
