"""What the browser loads: by its coding, kept where its name says that it never changes."""
import gzip

import pytest
import requests

from dav import Server


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("webui")
    (folder / "index.html").write_text("<!doctype html><title>Kontor</title>")
    (folder / "lang").mkdir()
    (folder / "app.0f3a9c21.js").write_text("let app = 1\n" * 100)
    (folder / "app.0f3a9c21.js.gz").write_bytes(gzip.compress((folder / "app.0f3a9c21.js").read_bytes()))
    (folder / "app.0f3a9c21.js.br").write_bytes(b"brotli")
    (folder / "lang" / "de-K3ZQ7AB2.json").write_text("{}")
    (folder / "some-stylesheet.css").write_text("p {}")
    (folder / ".secret").write_text("x")
    one = Server(settings=[f"server.webui_dir={folder}"]).start()
    yield one
    one.remove()


def get(server, path, **headers):
    return requests.get(server.url + path, headers={k.replace("_", "-"): v for k, v in headers.items()},
                        allow_redirects=False, timeout=20)


def test_index(pages):
    answer = get(pages, "/app/")
    assert answer.status_code == 200 and "Kontor" in answer.text
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy and "frame-ancestors 'none'" in policy
    assert get(pages, "/app/", If_None_Match=answer.headers["ETag"]).status_code == 304
    assert get(pages, "/app").headers["Location"] == "/app/"


def test_the_programs_own_pages(pages):
    for path in ("/app/leads", "/app/leads/12", "/app/dashboards/home?from=2026-01-01"):
        assert get(pages, path).text == get(pages, "/app/").text
    for path in ("/app/none.js", "/app/lang/none.json", "/app/.secret", "/app/..%2fx.conf"):
        assert get(pages, path).status_code in (400, 404), path


def test_hashed_names_are_kept(pages):
    for path in ("/app/app.0f3a9c21.js", "/app/lang/de-K3ZQ7AB2.json"):
        assert "immutable" in get(pages, path).headers["Cache-Control"]
    assert get(pages, "/app/some-stylesheet.css").headers["Cache-Control"] == "no-cache"
    assert get(pages, "/app/app.0f3a9c21.js").headers["Content-Type"] == "text/javascript; charset=utf-8"


def test_codings(pages):
    path = "/app/app.0f3a9c21.js"
    seen = {}
    for asked, coding in (("br, gzip", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", None),
                          ("gzip;q=0", None)):
        answer = requests.get(pages.url + path, headers={"Accept-Encoding": asked}, stream=True, timeout=20)
        assert answer.headers.get("Content-Encoding") == coding
        assert answer.headers["Vary"] == "Accept-Encoding"
        seen[coding] = answer.headers["ETag"]
        raw = answer.raw.read(decode_content=False)
        if coding == "gzip":
            raw = gzip.decompress(raw)
        assert raw == (b"brotli" if coding == "br" else b"let app = 1\n" * 100)
    assert len(set(seen.values())) == 3


def test_only_read(pages):
    answer = requests.post(pages.url + "/app/", data=b"x", timeout=20)
    assert answer.status_code == 405 and answer.headers["Allow"] == "GET, HEAD"


def test_browsers_are_led_there_and_dav_clients_are_not(pages):
    page = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    answer = get(pages, "/", **page)
    assert answer.status_code == 302 and answer.headers["Location"] == "/app/"
    assert get(pages, "/").status_code == 401
    assert get(pages, "/calendars/", **page).status_code == 401
    ann = pages.client("ann")
    assert ann("GET", "/", **page).status == 200
    bare = requests.request("PROPFIND", pages.url + "/", headers=page, timeout=20)
    assert bare.status_code == 401 and bare.headers["WWW-Authenticate"].startswith("Basic ")
    assert requests.request("PROPFIND", pages.url + "/.well-known/caldav", allow_redirects=False,
                            timeout=20).is_redirect


def test_without_pages_browsers_get_what_others_get(server, tmp_path):
    one = Server(settings=[f"server.webui_dir={tmp_path}"]).start()
    try:
        assert get(one, "/", Accept="text/html").status_code == 401
        assert get(one, "/app/").status_code == 404
    finally:
        one.remove()
