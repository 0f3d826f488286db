"""Documents as tagged PDFs: the same facts give the same bytes, and need nothing of the system."""

from activity.printed.letters import readable
from activity.printed.setting import made

__all__ = ["made", "readable"]
