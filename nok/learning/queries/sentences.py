"""Gates in words: what is done, what blocks, what comes next."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from nok.learning.rules import Gate, GateKind, GateState


def gate_sentence(gate: Gate, titles: Mapping[str, str]) -> str:
    """Say how it stands with a gate; `titles` are the lessons' by slug."""
    first = titles.get(gate.missing[0], "") if gate.missing else ""
    if gate.kind is GateKind.WATCH:
        return _watch(gate, first)
    if gate.kind is GateKind.WORKSHEET:
        return _worksheet(gate, first)
    if gate.kind is GateKind.REVIEW:
        return _review(gate, first)
    return _test(gate) if gate.kind is GateKind.TEST else _evaluation(gate)


def _watch(gate: Gate, first: str) -> str:
    if gate.state is GateState.DONE:
        return _("Every lesson is done.")
    count = ngettext("%(num)s lesson is left", "%(num)s lessons are left", len(gate.missing))
    return _("%(count)s. Next: %(title)s.", count=count, title=first)


def _worksheet(gate: Gate, first: str) -> str:
    if gate.state is GateState.DONE:
        return _("Every worksheet is handed in.")
    if gate.returned:
        return _("%(title)s came back with a comment. Revise it and hand it in again.", title=first)
    count = ngettext("%(num)s worksheet is left", "%(num)s worksheets are left", len(gate.missing))
    return _("%(count)s. Next: %(title)s.", count=count, title=first)


def _review(gate: Gate, first: str) -> str:
    if gate.state is GateState.DONE:
        return _("Every worksheet is accepted.")
    if gate.state is GateState.WAITING:
        return _("Your teacher has %(title)s and will review it. You will be told here.", title=first)
    return _("The review begins when you have handed in your worksheets.")


def _test(gate: Gate) -> str:
    if gate.state is GateState.DONE:
        return _("Passed with %(percent)s%%.", percent=gate.best_percent)
    if gate.state is GateState.BLOCKED and gate.blocked_by is GateKind.WATCH:
        return _(
            "The test opens when every lesson before it is done. You will need %(mark)s%% to pass.",
            mark=gate.pass_mark,
        )
    if gate.state is GateState.BLOCKED:
        return _(
            "The test opens when your worksheets are accepted. You will need %(mark)s%% to pass.", mark=gate.pass_mark
        )
    if gate.state is GateState.FAILED:
        return _(
            "All tries at the test are used; the best reached %(percent)s%%. Ask your teacher for another one.",
            percent=gate.best_percent or 0,
        )
    if gate.best_percent is None:
        return _("The test is open: you need %(mark)s%% to pass.", mark=gate.pass_mark)
    return _(
        "The test is open: your best try reached %(percent)s%%, and you need %(mark)s%%.",
        percent=gate.best_percent,
        mark=gate.pass_mark,
    )


def _evaluation(gate: Gate) -> str:
    if gate.state is GateState.DONE:
        return _("Sent. Thank you for your word on the course.")
    if gate.state is GateState.OPEN:
        return _("The evaluation is open: it takes a few minutes, and the certificate comes after it.")
    if gate.blocked_by is GateKind.TEST:
        return _("The evaluation opens when you have passed the test.")
    return _("The evaluation opens when everything before it is done.")
