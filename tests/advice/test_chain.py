"""What the records of answers say of themselves: where they are, never what anybody wrote."""

import pytest

from advice.answers.canned.models import AnswerUse, CannedVersion
from advice.answers.checks.models import ReplyCheck
from advice.answers.models import ReplyDraft
from advice.intake.models import About, AdviserProfile, Message
from advice.queue.models import QueueView


@pytest.mark.parametrize(
    ("record", "name"),
    [
        (CannedVersion(answer_id=7, number=2, words="canary"), "version 2 of 7"),
        (AnswerUse(version_id=7), "use of 7"),
        (ReplyCheck(enquiry_id=7, words="canary", said="canary"), "check on 7"),
        (ReplyDraft(enquiry_id=7, words="canary"), "draft on 7"),
        (Message(enquiry_id=7, words="canary"), "message of 7"),
        (AdviserProfile(user_id=7), "profile of 7"),
        (QueueView(owner_id=7, key="abc", name="canary", filters="q=canary"), "view abc"),
        (About(enquiry_id=7, reference="PF-0014"), "PF-0014"),
    ],
)
def test_a_record_names_its_place_and_no_words(record, name):
    assert str(record) == name
