"""The stamp on the page says when it was shown; what comes without one, or too late, is shown
again with what was filled in, and is no lead."""
import re


def shown_again(reply, name="Nora Neu"):
    assert reply.status_code == 200 and "once more" in reply.text and f'value="{name}"' in reply.text
    return True


def test_none_made_up_or_of_another_form(forms):
    form, other = forms.make(), forms.make(name="Another")
    inputs = forms.show(form).inputs
    time, mac = inputs["stamp"].split(".")
    earlier = int(time) - 60
    stamps = ["", "x", ".", f"{earlier}.{mac}", f"{earlier}.{'0' * 32}", f"{time}.", "9" * 30 + ".x",
              forms.show(other).inputs["stamp"]]
    for stamp in stamps:
        assert shown_again(forms.send(form, **{"name": "Nora Neu", "stamp": stamp})), stamp
    assert forms.leads() == []


def test_the_page_that_is_shown_again_can_be_sent_at_once(forms):
    form = forms.make()
    reply = forms.ask("POST", form, data={"name": "Nora Neu"})
    assert shown_again(reply) and forms.leads() == []
    stamp = re.search(r'name="stamp" value="([^"]+)"', reply.text)[1]
    # Browsers fill in what they know faster than anybody reads.
    assert "Thank you" in forms.ask("POST", form, data={"name": "Nora Neu", "stamp": stamp}).text
    assert len(forms.leads()) == 1


def test_by_a_form_written_by_hand(forms):
    form = forms.make()
    assert shown_again(forms.ask("POST", form, data={"name": "Nora Neu"}))
    assert forms.leads() == []
