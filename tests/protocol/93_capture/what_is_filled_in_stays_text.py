from phones import parse

EVIL = '"><script>alert(1)</script>\'&lt;{{7*7}}'


def test_on_the_page_that_is_shown_again(forms):
    form = forms.make(name=EVIL)
    page = forms.show(form)
    assert EVIL in page.text and "script" not in [tag for tag, _ in page.tags]
    reply = forms.ask("POST", form, data={"name": EVIL, "note": "</textarea>" + EVIL, "emails": EVIL})
    again = type(page)(reply)
    assert "script" not in [tag for tag, _ in again.tags]
    assert again.inputs["name"] == again.inputs["emails"] == EVIL
    assert again.inputs["note"].endswith(EVIL)
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_in_the_card_and_the_answers(forms):
    form = forms.make()
    sent = "Nora\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Eve"
    assert forms.send(form, name=EVIL, note=sent, company="A;B,C\\n").status_code == 200
    (lead,) = forms.leads()
    lead = forms.root("GET", f"/leads/{lead['id']}").json
    assert lead["name"] == EVIL and lead["company"] == "A;B,C\\n"
    root = forms.server.client("root")
    path = "/addressbooks/company/leads/"
    (href,) = [h for h in root.propfind(path, "D:getetag", depth=1).responses() if not h.endswith("/")]
    card = root("GET", href).text
    assert [p.name for p in parse(card)].count("BEGIN") == 1 and "FN:Eve" not in card.split("\r\n")


def test_bytes_that_are_no_text_are_left_out_or_refused(forms):
    form = forms.make()
    page = forms.show(form)
    for name, note in ((b"Nora%00x", b"x"), (b"Nora", b"%ff%fe"), (b"Nora%0d%0aX", b"x")):
        body = b"name=" + name + b"&note=" + note + b"&stamp=" + page.inputs["stamp"].encode()
        reply = forms.ask("POST", form, data=body,
                          headers={"Content-Type": "application/x-www-form-urlencoded"})
        assert reply.status_code in (200, 422), reply.text
    for lead in forms.leads():
        assert not set(lead["name"]) & set("\0\r\n")
