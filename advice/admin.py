"""Reference data of the line that administrators keep: topics, and what the line promises."""

from django.contrib import admin

from advice.models import AdvicePolicy, Topic


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # no generic at run time
    """Topics are renamed and sent elsewhere, never deleted: enquiries point at them."""

    list_display = ("code", "title", "lead", "level", "position")
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
