"""Nothing secret stands in a log: whoever reads it must not be able to answer for a maker."""

import logging
import re

_LINK = re.compile(r"(/[abcghk]/|%2F[abcghk]%2F)[^/\s?#\"'<>&;,)\]}]+", re.IGNORECASE)


class HideLinks(logging.Filter):
    """Masks the secret in addresses such as `/b/<secret>/` and `/g/<secret>/`, in the message and the traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if _LINK.search(message):
            record.msg, record.args = hide_links(message), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = hide_links(record.exc_text)
        return True


def hide_links(text: str) -> str:
    return _LINK.sub(r"\1…", text)
