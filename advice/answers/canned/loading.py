"""The answers that every installation starts with, from the programme's facts."""

from __future__ import annotations

import datetime

from accounts.reference import read
from advice.answers.canned.models import CannedAnswer, CannedVersion
from advice.intake.models import Topic


def load() -> None:
    """Load the first answer of each topic; what is there already stays as it was written since."""
    facts = read("answers.json")
    topics = {topic.code: topic for topic in Topic.objects.all()}
    known = set(CannedAnswer.objects.values_list("code", flat=True))
    new = [each for each in facts["answers"] if each["code"] not in known]
    review_by = datetime.date.fromisoformat(facts["review_by"])
    answers = [
        CannedAnswer(code=each["code"], topic=topics[each["code"]], review_by=review_by)
        for each in new
    ]
    for answer in answers:
        answer.title = answer.topic.title
    kept = CannedAnswer.objects.bulk_create(answers)
    CannedVersion.objects.bulk_create(
        CannedVersion(
            answer=answer,
            number=1,
            words="\n\n".join(each["words"]),
            source=each["source"],
            written_on=datetime.date.fromisoformat(facts["written_on"]),
            review_by=review_by,
        )
        for answer, each in zip(kept, new, strict=True)
    )
