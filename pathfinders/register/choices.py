"""The words of the register: stages and ends, and what the sources call things."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a pathfinder stands: a stage, a rest beside the stages, or an honest end."""

    EARLY_THINKING = "early-thinking", _("Early thinking")
    APPRAISAL = "appraisal", _("Appraisal")
    IMPLEMENTATION = "implementation", _("Implementation")
    FIRST_YEAR = "first-year", _("First full year of trading")
    ESTABLISHED = "established", _("Established")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")
    RETURNED_IN_HOUSE = "returned-in-house", _("Returned in-house")
    MERGED = "merged", _("Merged")
    NO_LONGER_MUTUAL = "no-longer-mutual", _("No longer a mutual")


STAGES = (
    Status.EARLY_THINKING,
    Status.APPRAISAL,
    Status.IMPLEMENTATION,
    Status.FIRST_YEAR,
    Status.ESTABLISHED,
)
ENDS = (Status.CLOSED, Status.RETURNED_IN_HOUSE, Status.MERGED, Status.NO_LONGER_MUTUAL)

ENDED = _("It ended on %(ended)s. What became of staff, service and assets is told below.")
# What everybody reads under the tag.
OUTSIDE: dict[str, str | Promise] = {
    Status.EARLY_THINKING: _("An idea with a team and somebody who listens."),
    Status.APPRAISAL: _("Options and figures are being worked out."),
    Status.IMPLEMENTATION: _("Setting up: agreement, award, people, premises."),
    Status.FIRST_YEAR: _("Running the service, with reviews at 30, 90, 180 and 365 days."),
    Status.ESTABLISHED: _("Past its first year."),
    Status.PAUSED: _("Stopped for now, until %(resumes)s."),
    **dict.fromkeys(ENDS, ENDED),
}
# What coordinators read.
INSIDE: dict[str, str | Promise] = {
    Status.EARLY_THINKING: _("Gates A and B open or met."),
    Status.APPRAISAL: _("Evidence from the proposal, gates C to F."),
    Status.IMPLEMENTATION: _("Toward gate G."),
    Status.FIRST_YEAR: _("Reviews and early warnings on."),
    Status.ESTABLISHED: _("Yearly returns."),
    Status.PAUSED: _("It means to go on by %(resumes)s; the reason is recorded."),
    **dict.fromkeys(ENDS, _("Ended on %(ended)s; promises stay visible beside outcomes.")),
}


class Type(models.TextChoices):
    """What sort of pathfinder it is."""

    SPIN_OUT = "spin-out", _("New spin-out")
    CONSORTIUM = "consortium", _("Consortium")
    IN_HOUSE = "in-house", _("In-house team exploring")
    EXISTING = "existing", _("Existing mutual")


class Form(models.TextChoices):
    """The form that a source names; "mutual" itself is about control, not a legal form."""

    CIC = "cic", _("Community interest company")
    SOCIAL_ENTERPRISE = "social-enterprise", _("Social enterprise")
    COOPERATIVE = "cooperative", _("Co-operative")
    EMPLOYEE_OWNED = "employee-owned", _("Employee-owned")
    ARMS_LENGTH = "arms-length-mutual", _("Arm's-length mutual")
    MUTUAL = "mutual", _("Mutual, form not named")
    TRUST = "trust", _("Trust")


class Region(models.TextChoices):
    """Nations, and regions of England. Which of them a place lies in is our reading."""

    NORTH_EAST = "north-east", _("North East")
    NORTH_WEST = "north-west", _("North West")
    YORKSHIRE = "yorkshire-and-the-humber", _("Yorkshire and The Humber")
    EAST_MIDLANDS = "east-midlands", _("East Midlands")
    WEST_MIDLANDS = "west-midlands", _("West Midlands")
    EAST = "east-of-england", _("East of England")
    LONDON = "london", _("London")
    SOUTH_EAST = "south-east", _("South East")
    SOUTH_WEST = "south-west", _("South West")
    WALES = "wales", _("Wales")
    SCOTLAND = "scotland", _("Scotland")
    NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")


class Sector(models.TextChoices):
    """What the service is about: the sectors of proposals, and those read into the sources."""

    ACUTE_HEALTH = "acute-health", _("Acute health")
    ADULT_SOCIAL_CARE = "adult-social-care", _("Adult social care")
    AWARDING = "awarding-and-skills", _("Awarding and skills")
    BACK_OFFICE = "back-office", _("Back office")
    CHILDREN = "children", _("Children's services")
    CHILDRENS_SOCIAL_CARE = "childrens-social-care", _("Children's social care")
    CIVIL_SERVICE = "civil-service", _("Civil service administration")
    COMMUNITY_HEALTH = "community-health", _("Community health")
    CULTURE = "culture", _("Culture")
    EARLY_YEARS = "early-years", _("Early years")
    EDUCATION = "education", _("Education")
    ENVIRONMENT = "environment", _("Environment")
    FIRE = "fire", _("Fire and rescue")
    FURTHER_EDUCATION = "further-education", _("Further education")
    HEALTH_AND_CARE = "health-and-social-care", _("Health and social care")
    HOMELESSNESS_HEALTH = "homelessness-health", _("Health of homeless people")
    HOMELESSNESS = "homelessness", _("Homelessness")
    HOUSING_SUPPORT = "housing-support", _("Housing support")
    LEARNING_DISABILITY = "learning-disability", _("Learning disability")
    LEISURE = "leisure", _("Leisure")
    LIBRARIES = "libraries", _("Libraries")
    MENTAL_HEALTH = "mental-health", _("Mental health")
    DISADVANTAGE = "multiple-disadvantage", _("People with several needs")
    PRISONS = "prisons", _("Prisons")
    PROBATION = "probation", _("Probation")
    REHABILITATION = "rehabilitation", _("Rehabilitation")
    SCHOOLS_SUPPORT = "schools-support", _("Support for schools")
    TRANSPORT = "transport", _("Transport")
    YOUTH = "youth", _("Youth services")
    OTHER = "other", _("Other")
