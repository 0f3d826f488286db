"""Every step of an enquiry, gathered from the parts."""

from activity.workflow import Lifecycle
from advice.intake import steps as intake
from advice.intake.models import Enquiry, Status

ENQUIRY = Lifecycle(
    name="enquiry",
    model=Enquiry,
    statuses=Status,
    born=(Status.QUEUED,),
    steps=(*intake.STEPS,),
)
