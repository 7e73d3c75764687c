"""Whether letters can be set, and what each of them says."""

from lumbung.paperwork.rules.setting import (
    told_amount,
    why_not_renew,
    why_not_set,
)

__all__ = ["told_amount", "why_not_renew", "why_not_set"]
