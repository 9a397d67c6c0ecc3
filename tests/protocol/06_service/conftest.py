"""Runs of `kontor serve` from the outside: signals, sockets handed over, certificates."""
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import time
import warnings

import pytest

TOP = pathlib.Path(__file__).resolve().parents[3]
BINARY = os.environ.get("KONTOR_BINARY", str(TOP / "build" / "kontor"))
ENV = {**os.environ, "KONTOR_CONFIG": "/dev/null"}


class Service:
    def __init__(self, path):
        self.path = path
        self.data = path / "data"
        self.log = path / "log"
        self.process = None
        self.run("init")

    def run(self, *words, **options):
        return subprocess.run([BINARY, *words, "--data", str(self.data)], capture_output=True, text=True, timeout=60,
                              check=False, env={**ENV, **options})

    def start(self, *words, command=None, env=None, **options):
        listen = [] if command or "--listen" in words else ["--listen", "127.0.0.1:0"]
        words = [BINARY, "serve", "--data", str(self.data), *listen, *words]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen((command or []) + words, stderr=log, env={**ENV, **(env or {})}, **options)
        self.until("listening")
        found = re.findall(r"address=https?://\S*?:(\d+)", self.text())
        self.port = int(found[-1]) if found else None
        return self

    def text(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def until(self, word, seconds=20):
        deadline = time.monotonic() + seconds
        while word not in self.text():
            assert time.monotonic() < deadline, self.text()
            assert self.process.poll() is None, self.text()
            time.sleep(0.02)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(40)
        return self.process and self.process.returncode

    def health(self, sock):
        with sock:
            sock.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            data = b""
            while piece := sock.recv(65536):
                data += piece
        return data.startswith(b"HTTP/1.1 200 OK\r\n")

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def connect_tls(self, most=ssl.TLSVersion.TLSv1_3):
        """A connection, and the certificate that was shown."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = most
        sock = context.wrap_socket(self.connect())
        return sock, sock.getpeercert(True)

    def certificate(self, name):
        """A self-signed pair in cert.pem and key.pem."""
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                        "3", "-subj", "/CN=" + name, "-keyout", str(self.path / "key.pem"), "-out",
                        str(self.path / "cert.pem")], check=True, capture_output=True)
        return ["--set", f"tls.certificate={self.path}/cert.pem", "--set", f"tls.key={self.path}/key.pem"]


@pytest.fixture
def service(tmp_path):
    one = Service(tmp_path)
    yield one
    one.stop()
