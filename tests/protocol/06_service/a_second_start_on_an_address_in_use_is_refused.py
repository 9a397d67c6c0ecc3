"""It says which, and ends."""


def test_it(service):
    service.start()
    done = service.run("serve", "--listen", f"127.0.0.1:{service.port}")
    assert done.returncode == 1
    assert f"127.0.0.1:{service.port}: Address already in use" in done.stderr


def test_without_data_there_is_no_service(service):
    service.data = service.path / "nonexistent"
    done = service.run("serve", "--listen", "127.0.0.1:0")
    assert done.returncode == 1 and "nonexistent" in done.stderr
