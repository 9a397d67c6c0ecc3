"""TLS 1.2 and 1.3, nothing older."""
import ssl

import pytest


def test_it(service):
    service.start(*service.certificate("one"))
    sock, _ = service.connect_tls()
    assert sock.version() == "TLSv1.3"
    assert service.health(sock)
    sock, _ = service.connect_tls(ssl.TLSVersion.TLSv1_2)
    assert sock.version() == "TLSv1.2"
    assert service.health(sock)
    with pytest.raises((ssl.SSLError, OSError)):
        service.connect_tls(ssl.TLSVersion.TLSv1_1)
    assert "address=https://127.0.0.1:" in service.text()


def test_a_listener_can_stay_plain(service):
    service.start(*service.certificate("one"), "--listen", "http://127.0.0.1:0")
    assert service.health(service.connect())
