"""Reference data of the line that administrators keep: topics, and what the line promises."""

from django.contrib import admin

from advice.models import AdvicePolicy, Topic


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # no generic at run time
    """Topics are renamed and sent elsewhere, never deleted: enquiries point at them."""

    list_display = ("code", "title", "lead", "position")
    list_select_related = True

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """Never: enquiries point at them."""
        return False


@admin.register(AdvicePolicy)
class AdvicePolicyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A new row from a new date; what is in force already is not changed."""

    list_display = ("starts_on", "telephone", "first_reply_working_days", "enquiries_each")

    def has_change_permission(self, request: object, obj: AdvicePolicy | None = None) -> bool:
        """Not once an enquiry was promised by it: its clock would tell another story."""
        return obj is None or not obj.enquiry_set.exists()

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """Never: enquiries point at them."""
        return False
