"""Every step of an enquiry, gathered from the parts."""

from activity.workflow import Lifecycle
from advice.answers import silence
from advice.answers import steps as answers
from advice.intake import phone_steps as phone
from advice.intake import steps as intake
from advice.intake.models import Enquiry, Status
from advice.queue import leaving
from advice.queue import rest_steps as rest
from advice.queue import steps as queue

ENQUIRY = Lifecycle(
    name="enquiry",
    model=Enquiry,
    statuses=Status,
    born=(Status.QUEUED,),
    steps=(
        *answers.STEPS,
        *rest.STEPS,
        *queue.STEPS,
        *leaving.STEPS,
        *phone.STEPS,
        *intake.STEPS,
        *silence.STEPS,
    ),
)
