"""What a replay takes as confirmed, and what it asks."""

from benchmarks.truth import Case, in_use


def test_the_earlier_half_is_confirmed_for_one_section_and_the_later_is_asked_whole():
    messages = [
        Case("a", "answer", ("p.md#x", "p.md#y"), ("p.md#z",)),
        Case("b", "chat"),
        Case("c", "none", (), ("p.md#x",)),
        Case("d", "order", ("p.md#y",)),
        Case("e", "none"),
        Case("f", "answer", ("p.md#x", "p.md#y")),
        Case("g", "human"),
    ]
    confirmed, asked = in_use(messages)
    assert [(case.text, case.sections) for case in confirmed] == [("a", ("p.md#x",))]
    assert asked == messages[3:]
