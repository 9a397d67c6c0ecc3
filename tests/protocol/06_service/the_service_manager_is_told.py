"""sd_notify(3): READY, RELOADING, WATCHDOG, STOPPING."""
import signal
import socket


def test_it(service):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.bind(str(service.path / "notify"))
        notify.settimeout(10)
        service.start(env={"NOTIFY_SOCKET": str(service.path / "notify"), "WATCHDOG_USEC": "900000"})
        assert notify.recv(100) == b"READY=1"
        assert notify.recv(100) == b"WATCHDOG=1"
        service.process.send_signal(signal.SIGHUP)
        said = {notify.recv(100) for _ in range(4)}
        assert {b"RELOADING=1", b"READY=1"} <= said
        service.process.send_signal(signal.SIGTERM)
        while (word := notify.recv(100)) != b"STOPPING=1":
            assert word == b"WATCHDOG=1"
        assert service.stop() == 0
