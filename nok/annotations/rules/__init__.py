"""What follows for passages when their text is changed."""

from nok.annotations.rules.anchoring import ORPHAN, Placement, Reanchoring, State
from nok.annotations.rules.words import Words

__all__ = ["ORPHAN", "Placement", "Reanchoring", "State", "Words"]
