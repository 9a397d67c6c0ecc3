"""Dots, encoded slashes, NUL and bad UTF-8 in a path are refused, never followed."""
import socket

import pytest

PATHS = ["/files/ann/../ben/", "/files/ann/%2e%2e/ben/", "/files/ann/a%2Fb", "/files/ann/a%00b", "/files/ann/%ff",
         "/files/ann//x", "/files/ann/%zz", "/files/ann/a%0d%0ab"]


@pytest.mark.parametrize("path", PATHS)
def it_is_refused(server, path):
    with socket.create_connection(("127.0.0.1", server.port), 10) as s:
        s.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic YW5uOmFubi1zZWNyZXQ=\r\n"
                  "Connection: close\r\n\r\n".encode())
        status = int(s.recv(4096).split()[1])
    assert 400 <= status < 500
