from strangers import message


def test_the_first_mail_is_a_lead_and_the_second_a_note_of_it(mailed):
    first = message("Jürgen Müller <jm@rad.example>", "sales@example.com", "An offer, please", "Ten bikes.")
    assert mailed.capture(first) == "lead"
    (card,) = mailed.leads()
    assert "FN:Jürgen Müller" in card and "jm@rad.example" in card and "CATEGORIES:New" in card
    second = message("jm@rad.example", "info@example.com", "And a trailer", "With a roof.")
    assert mailed.capture(second) == "note"
    assert len(mailed.leads()) == 1
    assert any("With a roof." in note for note in mailed.notes())


def test_the_envelope_counts_where_there_is_one(mailed):
    hidden = message("b@x.example", "undisclosed@example.com", "Hello", "Bikes?")
    assert mailed.capture(hidden, "--to", "sales@example.com") == "lead"
