"""A client that ends its side of the connection below TLS gets its answer, and the server ends the other side."""
import os
import socket
import time


def test_it(service):
    service.start(*service.certificate("one"), "--set", "limits.idle=30")
    sock, _ = service.connect_tls()
    sock.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
    with socket.socket(fileno=os.dup(sock.fileno())) as below:
        below.shutdown(socket.SHUT_WR)
    sock.settimeout(20)
    begun, got = time.monotonic(), b""
    while piece := sock.recv(65536):
        got += piece
    assert got.startswith(b"HTTP/1.1 200 ") and got.endswith(b"ok\n")
    assert time.monotonic() - begun < 20
