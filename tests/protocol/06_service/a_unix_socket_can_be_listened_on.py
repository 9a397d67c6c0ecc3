"""For a proxy on the same machine; taken over from a crash, removed at the end."""
import socket


def test_it(service):
    path = service.path / "socket"
    stale = socket.socket(socket.AF_UNIX)
    stale.bind(str(path))
    stale.close()
    service.start("--listen", f"unix:{path}")
    sock = socket.socket(socket.AF_UNIX)
    sock.connect(str(path))
    assert service.health(sock)
    assert service.run("serve", "--listen", f"unix:{path}").returncode == 1
    assert service.stop() == 0
    assert not path.exists()
