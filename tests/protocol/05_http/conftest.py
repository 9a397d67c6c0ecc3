"""A server of its own for the raw socket tests, with limits small enough to reach."""
import os
import re
import select
import signal
import socket
import subprocess
import tempfile
import time

import pytest

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
BINARY = os.environ.get("KONTOR_BINARY", os.path.join(TOP, "build", "kontor"))
ENV = {**os.environ, "KONTOR_CONFIG": "/dev/null"}


class Answer:
    """What came back on a connection: bytes, and whether the server closed it."""

    def __init__(self, data, closed):
        self.data, self.closed = data, closed
        self.statuses = [int(s) for s in re.findall(rb"(?:^|\r\n\r\n|\n)HTTP/1\.1 (\d{3}) ", data)]

    @property
    def status(self):
        finals = [s for s in self.statuses if s != 100]
        return finals[0] if finals else None

    def header(self, name):
        match = re.search(rb"\r\n" + name.encode() + rb": ([^\r]*)\r\n", self.data, re.I)
        return match and match.group(1).decode()

    def __repr__(self):
        return f"<{self.data!r} closed={self.closed}>"


class Server:
    def __init__(self, *options):
        self.dir = tempfile.TemporaryDirectory(prefix="kontor-http-")
        self.log = os.path.join(self.dir.name, "log")
        # An old data directory would do as well: nothing here asks for data.
        subprocess.run([BINARY, "init", "--data", self.dir.name], check=False, capture_output=True, env=ENV)
        self.process = subprocess.Popen(
            [BINARY, "serve", "--data", self.dir.name, "--listen", "127.0.0.1:0",
             "--set", "server.admin_listen=127.0.0.1:0", *options],
            stderr=open(self.log, "wb"), env=ENV)
        deadline = time.monotonic() + 20
        ports = []
        while len(ports) < 2:
            assert self.process.poll() is None and time.monotonic() < deadline, self.lines()
            ports = re.findall(r"address=https?://127\.0\.0\.1:(\d+)", self.lines())
            time.sleep(0.02)
        self.port, self.admin_port = map(int, ports[:2])

    def lines(self):
        with open(self.log, errors="replace") as log:
            return log.read()

    def connect(self, port=None):
        return socket.create_connection(("127.0.0.1", port or self.port), timeout=10)

    def send(self, *parts, wait=0.3, pause=0.0, port=None, end=False):
        """Sends the parts, reads until the server closes or is silent for `wait` seconds."""
        with self.connect(port) as sock:
            try:
                for part in parts:
                    sock.sendall(part)
                    time.sleep(pause)
                if end:
                    sock.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            return read(sock, wait)

    @staticmethod
    def read(sock, wait=0.3):
        return read(sock, wait)

    def stop(self, sig=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(sig)
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
                raise
        self.dir.cleanup()
        return self.process.returncode


def read(sock, wait=0.3):
    data = b""
    first = time.monotonic() + max(wait, 5)
    while True:
        left = wait if data else first - time.monotonic()
        if left <= 0 or not select.select([sock], [], [], left)[0]:
            return Answer(data, False)
        try:
            piece = sock.recv(65536)
        except ConnectionResetError:
            return Answer(data, True)
        if not piece:
            return Answer(data, True)
        data += piece


@pytest.fixture(scope="session")
def http():
    server = Server("--set", "limits.header_time=2", "--set", "limits.idle=3", "--set", "limits.body=65536")
    yield server
    assert server.stop() == 0


@pytest.fixture
def own_server():
    """Servers for one test: own_server("--set", "...")."""
    started = []

    def start(*options):
        started.append(Server(*options))
        return started[-1]

    yield start
    for server in started:
        server.stop()
