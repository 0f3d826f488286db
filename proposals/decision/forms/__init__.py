"""What the links of the chain type."""

from proposals.decision.forms.answering import (
    AnswerForm,
    AnswerRecallForm,
    AskRecallForm,
    SendBackForm,
)
from proposals.decision.forms.deferring import DeferForm
from proposals.decision.forms.recommending import CodedField, RecommendForm
from proposals.decision.forms.releasing import NOW, ON_A_DAY, ReleaseForm

__all__ = [
    "NOW",
    "ON_A_DAY",
    "AnswerForm",
    "AnswerRecallForm",
    "AskRecallForm",
    "CodedField",
    "DeferForm",
    "RecommendForm",
    "ReleaseForm",
    "SendBackForm",
]
