"""Documents as tagged PDFs: the same facts give the same bytes, and need nothing of the system."""

from activity.printed.handing import download
from activity.printed.letters import readable, readable_facts
from activity.printed.setting import made

__all__ = ["download", "made", "readable", "readable_facts"]
