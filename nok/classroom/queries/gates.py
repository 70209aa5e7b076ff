"""Gates in words: what stands, what blocks, where to go."""

from dataclasses import dataclass

from nok.learning import rules
from nok.learning.queries import Standing, gate_sentence


@dataclass(frozen=True)
class GateView:
    """A gate. `url` leads to the lesson that it waits for; '' when it waits for none."""

    kind: str
    state: str
    sentence: str
    url: str


def gate_views(standing: Standing) -> tuple[GateView, ...]:
    """Put the gates of an enrollment into words."""
    return tuple(gate_view(gate, standing) for gate in standing.gates)


def onward_url(standing: Standing) -> str:
    """Return where the learner can go on; '' when nothing is open to them."""
    gate = rules.next_gate(standing.gates)
    return gate_view(gate, standing).url if gate is not None and gate.state is rules.GateState.OPEN else ""


def gate_view(gate: rules.Gate, standing: Standing) -> GateView:
    """Put one gate into words."""
    sentence = gate_sentence(gate, {lesson.slug: lesson.title for lesson in standing.lessons})
    url = f"/learn/{standing.enrollment.course.slug}/{gate.missing[0]}" if gate.missing else ""
    return GateView(gate.kind.value, gate.state.value, sentence, url)
