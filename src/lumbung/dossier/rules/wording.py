"""How the faults of a dossier sound on the screen."""

from django.utils.translation import gettext_lazy as _

from orderdossier import Finding

WORDS = {
    "not_a_dossier": _("%(place)s is not a dossier of this kind."),
    "bytes_changed": _("%(place)s was changed after the dossier was written."),
    "file_missing": _("%(place)s is missing."),
    "file_unlisted": _("%(place)s is not in the list of files."),
    "signature_broken": _("The list of files does not agree with its signature (%(place)s)."),
    "other_key": _("The dossier was signed with another key than the one given (%(place)s)."),
    "unreadable": _("%(place)s cannot be understood."),
    "record_missing": _("%(place)s: record %(expected)s is missing before record %(found)s."),
    "record_unlinked": _("%(place)s: record %(position)s does not follow the record before it."),
    "record_changed": _("%(place)s: record %(position)s was changed after it was written."),
    "chain_end": _("%(place)s: the chain should end at record %(length)s; it ends at %(found)s."),
    "seal_differs": _("%(place)s: the heads of the chains do not give the seal."),
    "seal_chain": _("%(place)s: the chain does not agree with the seal."),
    "split_input": _("%(place)s: the inputs are not those of the decision."),
    "split_record": _("%(place)s: no record of the decision names these inputs."),
    "split_amounts": _("%(place)s: computed again, %(makers)s makers get another amount."),
    "split_broken": _("%(place)s: the verifier of the split says: %(rule)s."),
    "share_unplanned": _("%(place)s: %(quantity)s were offered, the plan gives %(planned)s."),
    "share_bounds": _(
        "%(place)s: %(confirmed)s confirmed and %(released)s given back do not fit the %(quantity)s offered."
    ),
    "share_answer": _("%(place)s: the record of the answer says %(recorded)s, the share says %(confirmed)s."),
    "line_over": _("%(place)s: %(held)s are confirmed, %(ordered)s were ordered."),
    "made_over": _("%(place)s: %(made)s were made of a share of %(held)s."),
    "parts_over": _("%(place)s: %(parts)s were passed on of a share of %(held)s."),
    "delivered_over": _("%(place)s: %(delivered)s were delivered of a share of %(held)s."),
    "move_below_zero": _("%(place)s: %(quantity)s leave “%(state)s”, where only %(there)s are."),
    "delivery_sum": _("%(place)s: the states add up to %(sum)s, %(delivered)s were delivered."),
    "due_differs": _("%(place)s: %(due)s rupiah are due, %(earned)s were earned."),
    "paid_over": _("%(place)s: %(paid)s rupiah were paid of %(due)s."),
    "allocated": _("%(place)s: %(allocated)s of %(amount)s rupiah are accounted for."),
    "lot_sum": _("%(place)s: %(made)s pieces are accounted for, the lot has %(quantity)s."),
    "lot_over": _("%(place)s: %(delivered)s were delivered of a lot of %(quantity)s."),
    "complaint_sum": _("%(place)s: %(settled)s of %(quantity)s pieces are settled."),
    "points_nowhere": _("%(place)s points at %(target)s, which is not in the dossier."),
    "letter_differs": _("%(place)s: the file is not the letter that was issued."),
    "total_differs": _("%(place)s: %(told)s was told, %(found)s is right."),
}


def sentence_of(finding: Finding) -> str:
    return str(WORDS[finding.kind]) % {"place": finding.place, **finding.numbers}
