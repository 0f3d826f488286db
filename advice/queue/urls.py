"""Addresses of the desk, the queue and the steps that pass an enquiry on."""

from django.urls import path

from advice.queue import (
    keys,
    leaving_views,
    many,
    profile_views,
    rest_views,
    routing_views,
    saved_views,
    shares_views,
    views,
)

urlpatterns = [
    path("advice/desk/", views.desk, name="desk"),
    path("advice/queue/", views.queue, name="queue"),
    path("advice/advisers/", leaving_views.advisers, name="advisers"),
    path("advice/advisers/<uuid:appointment>/leave/", leaving_views.leave, name="leave"),
    path("advice/next/", views.next_enquiry, name="next"),
    path("advice/duty/", profile_views.duty, name="duty"),
    path("advice/profile/", profile_views.profile, name="profile"),
    path("advice/views/", saved_views.views, name="views"),
    path("advice/views/save/", saved_views.view_save, name="view_save"),
    path("advice/views/<slug:key>/", saved_views.view_open, name="view_open"),
    path("advice/views/<slug:key>/delete/", saved_views.view_delete, name="view_delete"),
    path("advice/many/<slug:verb>/", many.many, name="many"),
    path("advice/shortcuts/", keys.shortcuts, name="shortcuts"),
    path("advice/routing/", routing_views.routing_page, name="routing"),
    path("advice/routing/shares/", shares_views.shares_page, name="shares"),
    path("advice/routing/shares/<slug:group>/", shares_views.shares_page, name="shares_of"),
    path("advice/enquiries/<enquiry:reference>/claim/", views.claim, name="claim"),
    path("advice/enquiries/<enquiry:reference>/hand-over/", views.hand_over, name="hand_over"),
    path("advice/enquiries/<enquiry:reference>/refuse/", views.refuse, name="refuse"),
    path("advice/enquiries/<enquiry:reference>/snooze/", rest_views.snooze, name="snooze"),
    path(
        "advice/enquiries/<enquiry:reference>/wait-other/",
        rest_views.wait_other,
        name="wait_other",
    ),
    path("advice/enquiries/<enquiry:reference>/go-on/", rest_views.go_on, name="go_on"),
    path("advice/enquiries/<enquiry:reference>/close/", views.close, name="close"),
    path("advice/enquiries/<enquiry:reference>/reopen/", views.reopen, name="reopen"),
    path("advice/enquiries/<enquiry:reference>/level/", views.level, name="level"),
]
