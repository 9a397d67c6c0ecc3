"""HTTP/1.1 stays open unless told otherwise; HTTP/1.0 closes unless asked; a refusal keeps it open too."""


def test_it(http):
    with http.connect() as sock:
        for path, status in [(b"/healthz", 200), (b"/nowhere", 401), (b"/healthz", 200)] * 5:
            sock.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: a\r\n\r\n")
            answer = http.read(sock, 0.05)
            assert answer.status == status and not answer.closed


def test_http_1_0_closes(http):
    assert http.send(b"GET /healthz HTTP/1.0\r\n\r\n").closed


def test_connection_close(http):
    assert http.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").closed
