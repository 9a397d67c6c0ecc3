"""Prometheus text on the admin listener, nothing on the main one; health on both."""


def test_it(http):
    ask = b"GET /%s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    assert http.send(ask % b"metrics").status == 401
    metrics = http.send(ask % b"metrics", port=http.admin_port)
    assert metrics.status == 200
    assert b'kontor_http_requests_total{method="GET",status="4xx"}' in metrics.data
    for name in (b"healthz", b"readyz"):
        assert http.send(ask % name).status == 200
        assert http.send(ask % name, port=http.admin_port).status == 200
