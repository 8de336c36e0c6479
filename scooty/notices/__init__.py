"""The herald: the actor that tells operators, in Discord, what they have to know."""

from scooty.notices.beliefs import Beliefs
from scooty.notices.bulletin import Bulletin
from scooty.notices.herald import Herald

__all__ = ["Beliefs", "Bulletin", "Herald"]
