"""SIGHUP: the next handshake sees it, connections go on; a bad one is refused and the old one stays."""
import signal


def test_it(service):
    service.start(*service.certificate("one"))
    old_sock, one = service.connect_tls()
    service.certificate("two")
    service.process.send_signal(signal.SIGHUP)
    service.until("reloaded")
    sock, two = service.connect_tls()
    assert one != two and service.health(sock)
    assert service.health(old_sock)
    (service.path / "cert.pem").write_text("nonsense")
    service.process.send_signal(signal.SIGHUP)
    service.until("reload_failed")
    sock, still = service.connect_tls()
    assert still == two and service.health(sock)


def test_a_key_of_another_certificate_is_refused(service):
    words = service.certificate("one")
    key = (service.path / "key.pem").read_text()
    service.certificate("two")
    (service.path / "key.pem").write_text(key)
    done = service.run("serve", "--listen", "127.0.0.1:0", *words)
    assert done.returncode == 1
    assert "it is not the key of the certificate" in done.stderr
