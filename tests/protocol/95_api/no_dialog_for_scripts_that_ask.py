import requests


def test_challenge_only_for_others(server):
    for path in ("/api/v1/me", "/api/v1/nothing"):
        bare = requests.get(server.url + path, timeout=20)
        assert bare.status_code == 401 and bare.headers["WWW-Authenticate"].startswith("Basic ")
        script = requests.get(server.url + path, headers={"X-Requested-With": "kontor"}, timeout=20)
        assert script.status_code == 401 and "WWW-Authenticate" not in script.headers
        assert script.headers["Content-Type"] == "application/problem+json"
