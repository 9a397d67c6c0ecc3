def test_who_fills_in_what_nobody_sees(forms):
    form = forms.make()
    page = forms.show(form)
    trap = next(attrs for tag, attrs in page.tags if attrs.get("name") == "website2")
    assert trap["tabindex"] == "-1" and trap["autocomplete"] == "off"
    robot = forms.send(form, page, name="Bot", website2="https://spam.example")
    person = forms.send(form, page, name="Person")
    assert robot.status_code == person.status_code == 200 and robot.text == person.text
    assert [lead["name"] for lead in forms.leads()] == ["Person"]
