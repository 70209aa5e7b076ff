"""Gates in words: what stands, what blocks, where to go."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from nok.learning import rules
from nok.learning.queries import Standing


@dataclass(frozen=True)
class GateView:
    """A gate. `url` leads to the lesson that it waits for; '' when it waits for none."""

    kind: str
    state: str
    sentence: str
    url: str


def gate_views(standing: Standing) -> list[GateView]:
    """Put the gates of an enrollment into words."""
    return [_view(gate, standing) for gate in standing.gates]


def test_sentence(gate: rules.Gate) -> str:
    """Say how it stands with the test."""
    if gate.state is rules.GateState.DONE:
        return _("Passed with %(percent)s%%.", percent=gate.best_percent)
    if gate.state is rules.GateState.BLOCKED:
        return _(
            "Opens when every lesson before it is done. You will need %(mark)s%% to pass.",
            mark=gate.pass_mark,
        )
    if gate.state is rules.GateState.FAILED:
        return _(
            "All tries are used; the best reached %(percent)s%%. Ask your teacher for another one.",
            percent=gate.best_percent or 0,
        )
    if gate.best_percent is None:
        return _("Open. You need %(mark)s%% to pass.", mark=gate.pass_mark)
    return _(
        "Open. Your best try reached %(percent)s%%; you need %(mark)s%%.",
        percent=gate.best_percent,
        mark=gate.pass_mark,
    )


def _view(gate: rules.Gate, standing: Standing) -> GateView:
    sentence = _watch_sentence(gate, standing) if gate.kind is rules.GateKind.WATCH else test_sentence(gate)
    url = f"/learn/{standing.enrollment.course.slug}/{gate.missing[0]}" if gate.missing else ""
    return GateView(gate.kind.value, gate.state.value, sentence, url)


def _watch_sentence(gate: rules.Gate, standing: Standing) -> str:
    if gate.state is rules.GateState.DONE:
        return _("Every lesson is done.")
    first = standing.by_slug(gate.missing[0])
    count = ngettext("%(num)s lesson is left", "%(num)s lessons are left", len(gate.missing))
    return _("%(count)s. Next: %(title)s.", count=count, title=first.title if first else "")
