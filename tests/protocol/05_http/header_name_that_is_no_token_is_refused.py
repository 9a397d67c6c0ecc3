"""`Content-Length : 5` is another header to the library, and the same one to some proxies."""
import pytest


@pytest.mark.parametrize("line", [b"Content-Length : 4", b"X Y: 1", b"X(: 1", b"X\x01: 1", b"\xffX: 1"])
def test_it(http, line):
    answer = http.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\n" + line + b"\r\n\r\n")
    assert answer.status == 400
    assert answer.closed


@pytest.mark.parametrize("line", [b": 1", b":", b": GET / HTTP/1.1"])
@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_no_name_at_all_does_not_end_the_head(http, line, end, place):
    head = [b"GET /healthz HTTP/1.1", b"Host: a", b"X-Last: 1"]
    head.insert(place + 1, line)
    answer = http.send(end.join(head) + end + end + b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
    assert answer.statuses == [400] and answer.closed


@pytest.mark.parametrize("last", [b"X: a", b"X:a", b"X:", b"X: ", b"X: a  ", b"X: a \t ", b"X:  a b  ", b"Host: a"])
@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_white_space_around_a_value_is_none_of_it(http, last, end):
    host = [] if last.startswith(b"Host") else [b"Host: a"]
    for headers in ([*host, last], [last, *host], [last, *host, last.replace(b"Host", b"X")]):
        answer = http.send(end.join([b"GET /healthz HTTP/1.1", *headers]) + end + end, wait=0.05)
        assert answer.statuses == [200], answer


def test_a_head_without_headers_is_one_of_old_times(http):
    assert http.send(b"GET /healthz HTTP/1.0\r\n\r\n").status == 200


@pytest.mark.parametrize("line", [b"X: a\0b", b"X: \0", b"X:\0: b", b"X\0: b"])
@pytest.mark.parametrize("place", [1, 2])
def test_nothing_hides_behind_a_nul(http, line, place):
    head = [b"GET /healthz HTTP/1.1", b"Host: a", b"X-Last: 1"]
    head.insert(place, line)
    answer = http.send(b"\r\n".join(head) + b"\r\n\r\n")
    assert answer.statuses == [400] and answer.closed


def test_long_heads_in_pieces_are_read(http):
    head = b"GET /healthz HTTP/1.1\r\nHost: a\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"x" * 400) for n in range(120)) + b"\r\n"
    assert http.send(*[head[at:at + 7000] for at in range(0, len(head), 7000)], pause=0.02).statuses == [200]
