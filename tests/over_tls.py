"""A server that speaks HTTPS, with `cert.pem` and `key.pem` of a folder, and a client that trusts it."""
import subprocess
import time

from dav import BINARY, Server


class Secure(Server):
    def __init__(self, folder, make_certificate=True):
        if make_certificate:
            subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "key.pem", "-out",
                            folder / "cert.pem", "-days", "2", "-subj", "/CN=localhost"], check=True, capture_output=True)
        super().__init__(settings=[f"tls.certificate={folder}/cert.pem", f"tls.key={folder}/key.pem"])
        self.url = f"https://{self.listen}"

    def start(self):
        self.log = open(self.dir / "log", "ab")
        self.process = subprocess.Popen(self.words(), stdout=self.log, stderr=self.log)
        for _ in range(200):
            if f"address={self.url}" in self.log_text():
                return self
            time.sleep(0.05)
        raise AssertionError("the server does not answer: " + self.log_text())

    def words(self):
        return [BINARY, "serve", "--data", str(self.data), "--listen", self.listen, *self.sets()]


def trusting(api):
    api.session.verify = False
    return api
