"""Why an enquiry is where it is, as its row keeps it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Why(models.TextChoices):
    """Why an enquiry is where it is. Each has its sentence in `routing`; "" is of older ones."""

    ANY = "any", _("Any provider may take it")
    LEAD = "lead", _("Its provider leads on the topic")
    RULE = "rule", _("A rule of the routing")
    SHARE = "share", _("The share of a provider")
    SAFETY = "safety", _("Safety or wrongdoing")
    PROGRAMME = "programme", _("The programme team")
    DEPARTMENT = "department", _("The department")
    TURN = "turn", _("The next in turn")
    HANDED = "handed", _("Handed over")
    NOBODY = "nobody", _("No provider is left")
