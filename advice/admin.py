"""Reference data of the line that administrators keep: topics, and what the line promises."""

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import ngettext

from advice.models import AdvicePolicy, ProviderInterest, RoutingRule, Topic, TopicGroup
from advice.queue import tying


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # no generic at run time
    """Topics are renamed and sent elsewhere, never deleted: enquiries point at them."""

    list_display = ("code", "title", "group", "goes_to", "lead", "level", "position")
    list_select_related = True

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """Never: enquiries point at them."""
        return False


@admin.register(AdvicePolicy)
class AdvicePolicyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A new row from a new date; of what was promised by, only days of closing may be added."""

    list_display = ("starts_on", "telephone", "first_reply_working_days", "enquiries_each")

    def get_readonly_fields(self, request: object, obj: AdvicePolicy | None = None) -> list[str]:
        """All but the days of closing, once an enquiry was promised by it."""
        if obj is None or not obj.enquiry_set.exists():
            return []
        fields = [field.name for field in obj._meta.fields if field.editable]
        return [name for name in fields if name not in ("id", "closed_on")]

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """Never: enquiries point at them."""
        return False


class DatedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What holds from a date is ended and another begins; by what was sent once stays known."""

    list_select_related = True

    def get_readonly_fields(self, request: object, obj: object = None) -> list[str]:
        """All but the end, once it is there."""
        names = [field.name for field in self.opts.fields if field.editable and field.name != "id"]
        return [name for name in names if name != "ends_on"] if obj is not None else []

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """Never: it is ended."""
        return False


@admin.register(RoutingRule)
class RoutingRuleAdmin(DatedAdmin):
    """The rules of the routing, in their order."""

    list_display = ("position", "group", "topic", "sector", "nation", "provider", "starts_on")


@admin.register(ProviderInterest)
class ProviderInterestAdmin(DatedAdmin):
    """For whom providers work."""

    autocomplete_fields = ("organisation",)
    list_display = ("provider", "organisation", "starts_on", "ends_on")

    def save_model(
        self, request: HttpRequest, obj: ProviderInterest, form: object, change: bool
    ) -> None:
        """Keep it, and say how many enquiries that took from the provider."""
        if count := tying.keep(interest=obj):
            words = ngettext(
                "%(n)d enquiry of its staff went from %(provider)s to where routing sends it now.",
                "%(n)d enquiries of its staff went from %(provider)s to where routing sends them now.",
                count,
            )
            messages.info(request, words % {"n": count, "provider": obj.provider})


@admin.register(TopicGroup)
class TopicGroupAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Groups are renamed, never deleted: topics, shares and skills point at them."""

    list_display = ("code", "title", "position")

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """Never: others point at them."""
        return False
