"""GET on a collection in a browser is a small page; names in it stay text."""


def it_is_readable(ann, folder):
    ann("PUT", folder + "%3Cscript%3Ealert(1)%3C.txt", "x")
    page = ann("GET", folder)
    assert page.status == 200 and page.headers["Content-Type"].startswith("text/html")
    assert "<script" not in page.text and "&lt;script" in page.text
