"""Reference data that administrators keep in Django's admin: bodies. Nothing with a status."""

from django.contrib import admin

from accounts.models import Organisation


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # no generic at run time
    """Bodies end and are succeeded; they are never deleted."""

    list_display = ("name", "kind", "nation", "starts_on", "ends_on")
    list_filter = ("kind", "nation")
    search_fields = ("name", "slug")
    autocomplete_fields = ("department", "successor")
    list_select_related = True
    show_full_result_count = False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """Never: others point at it."""
        return False
