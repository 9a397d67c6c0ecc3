"""A chunked body has no length: it is counted while it comes."""


HEAD = b"PUT /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
CHUNK = b"1000\r\n" + b"a" * 4096 + b"\r\n"


def test_just_within(http):
    assert http.send(HEAD + CHUNK * 16 + b"0\r\n\r\n").status == 405


def test_a_little_over(http):
    assert http.send(HEAD + CHUNK * 17 + b"0\r\n\r\n").status == 413


def test_without_end(http):
    answer = http.send(HEAD, *[CHUNK * 16] * 100)
    assert answer.status in (413, None)
    assert answer.closed
    assert http.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").status == 200


def test_chunk_extensions_without_end(http):
    answer = http.send(HEAD, b"1;" + b"x" * 200000)
    assert answer.status in (400, 413, 431, 500, None)  # 500: the library's own words
    assert answer.closed
