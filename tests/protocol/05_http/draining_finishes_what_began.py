"""SIGTERM: requests under way are answered, no new ones are taken, the process ends with 0."""
import signal
import time


def test_it(own_server):
    server = own_server()
    with server.connect() as busy, server.connect() as idle:
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        assert server.read(idle).status == 200
        busy.sendall(b"PUT /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc")
        time.sleep(0.2)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        assert server.process.poll() is None
        ready = server.send(b"GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n", port=server.admin_port)
        assert ready.status == 503
        idle.sendall(b"PUT /nowhere HTTP/1.1\r\nHost: a\r\n\r\n")
        late = server.read(idle)
        assert late.status in (503, 401) and late.closed
        busy.sendall(b"def")
        assert server.read(busy).status == 405
        assert server.process.wait(10) == 0
