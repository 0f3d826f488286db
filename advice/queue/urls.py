"""Addresses of the desk, the queue and the steps that pass an enquiry on."""

from django.urls import path

from advice.queue import leaving_views, views

urlpatterns = [
    path("advice/desk/", views.desk, name="desk"),
    path("advice/queue/", views.queue, name="queue"),
    path("advice/advisers/", leaving_views.advisers, name="advisers"),
    path("advice/advisers/<uuid:appointment>/leave/", leaving_views.leave, name="leave"),
    path("advice/next/", views.next_enquiry, name="next"),
    path("advice/enquiries/<enquiry:reference>/claim/", views.claim, name="claim"),
    path("advice/enquiries/<enquiry:reference>/hand-over/", views.hand_over, name="hand_over"),
    path("advice/enquiries/<enquiry:reference>/close/", views.close, name="close"),
    path("advice/enquiries/<enquiry:reference>/reopen/", views.reopen, name="reopen"),
]
