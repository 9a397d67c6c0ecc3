"""A smaller body limit holds from the next request on; a wrong file changes nothing."""
import signal


def ask(service, size):
    with service.connect() as sock:
        sock.sendall(b"PUT /healthz HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n" % size)
        return int(sock.recv(1000).split()[1])


def test_it(service):
    conf = service.path / "kontor.conf"
    conf.write_text("[limits]\nbody = 5K\n")
    service.start("--config", str(conf))
    assert ask(service, 4000) == 100
    conf.write_text("[limits]\nbody = 2K\n")
    service.process.send_signal(signal.SIGHUP)
    service.until("reloaded")
    assert ask(service, 4000) == 413
    conf.write_text("[limits]\nbody = 9K\nbodi = 1\n")
    service.process.send_signal(signal.SIGHUP)
    service.until("reload_failed")
    assert "kontor.conf:3: there is no setting bodi in [limits]" in service.text()
    assert ask(service, 4000) == 413
