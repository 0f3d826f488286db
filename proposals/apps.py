"""The app's place in Django."""

from django.apps import AppConfig
from django.urls import register_converter

from proposals.ideas.addresses import ReferenceConverter


class ProposalsConfig(AppConfig):
    name = "proposals"

    def ready(self) -> None:
        """Register the questions, the lifecycle, the mails and the links of proposals."""
        from activity import kinds, links, standing, subjects, workflow  # noqa: PLC0415  models are not ready before
        from activity import presence as places  # noqa: PLC0415
        from activity import searching as everywhere  # noqa: PLC0415
        from activity import waiting as desk  # noqa: PLC0415
        from proposals import searching, telling, waiting  # noqa: PLC0415
        from proposals.ballot import gate  # noqa: PLC0415
        from proposals.ballot import mail as ballot  # noqa: PLC0415
        from proposals.ballot import words as ballot_words  # noqa: PLC0415
        from proposals.ballot.lifecycle import BALLOT  # noqa: PLC0415
        from proposals.draft import coming, hindrances, topics  # noqa: F401, PLC0415  topics register themselves
        from proposals.draft import presence as team  # noqa: PLC0415
        from proposals.draft.words import STANDING  # noqa: PLC0415
        from proposals.employer import mail as employer  # noqa: PLC0415
        from proposals.employer import silence  # noqa: PLC0415
        from proposals.ideas import mail as ideas  # noqa: PLC0415
        from proposals.ideas import words as idea_words  # noqa: PLC0415
        from proposals.ideas.lifecycle import IDEA  # noqa: PLC0415
        from proposals.kinds import KINDS  # noqa: PLC0415
        from proposals.lifecycle import LIFECYCLE  # noqa: PLC0415
        from proposals.money import forms as money_forms  # noqa: F401, PLC0415
        from proposals.money import promises as money_promises  # noqa: F401, PLC0415
        from proposals.review import presence as case  # noqa: PLC0415

        register_converter(ReferenceConverter, "idea")
        places.register(team.PLACE)
        places.register(case.PLACE)
        workflow.register(LIFECYCLE)
        workflow.register(IDEA)
        workflow.register(BALLOT)
        hindrances.register(gate.in_the_way, lambda: {gate.VOTES: gate.facts()})
        desk.register(waiting.for_anybody)
        everywhere.register(searching.search)
        kinds.register(*KINDS)
        standing.register(LIFECYCLE.model, STANDING)
        standing.register(IDEA.model, idea_words.STANDING)
        standing.register(BALLOT.model, ballot_words.STANDING)
        links.register(telling.JOINING)
        links.register(ballot.LINK)
        links.register(ideas.LINK)
        links.register(employer.LINK)
        links.register(employer.LEADS_LINK)
        coming.register(silence.for_team)
        for subject in (
            *telling.SUBJECTS,
            *ballot.SUBJECTS,
            ideas.SUBJECT,
            *employer.SUBJECTS,
        ):
            subjects.register(subject)
