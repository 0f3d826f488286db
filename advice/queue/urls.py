"""Addresses of the desk, the queue and the steps that pass an enquiry on."""

from django.urls import path

from advice.queue import profile_views, routing_views, views

urlpatterns = [
    path("advice/desk/", views.desk, name="desk"),
    path("advice/queue/", views.queue, name="queue"),
    path("advice/next/", views.next_enquiry, name="next"),
    path("advice/duty/", profile_views.duty, name="duty"),
    path("advice/profile/", profile_views.profile, name="profile"),
    path("advice/routing/", routing_views.routing_page, name="routing"),
    path("advice/enquiries/<enquiry:reference>/claim/", views.claim, name="claim"),
    path("advice/enquiries/<enquiry:reference>/hand-over/", views.hand_over, name="hand_over"),
    path("advice/enquiries/<enquiry:reference>/refuse/", views.refuse, name="refuse"),
    path("advice/enquiries/<enquiry:reference>/close/", views.close, name="close"),
    path("advice/enquiries/<enquiry:reference>/reopen/", views.reopen, name="reopen"),
]
