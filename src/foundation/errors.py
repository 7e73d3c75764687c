"""What an action says when a rule forbids it."""


class Refused(Exception):
    """A deed that a rule forbids: the reason as a sentence, and the field it belongs to, if any."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)
        self.field = field


def refuse(sentence: str | None, *, field: str | None = None) -> None:
    """Raise when there is a reason why not."""
    if sentence:
        raise Refused(sentence, field=field)
