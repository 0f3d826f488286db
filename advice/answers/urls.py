"""Addresses of one enquiry, for those who answer it, and of the answers that they keep."""

from django.urls import path

from advice.answers import linked, phone_views, ratings, views
from advice.answers.attaching import views as files
from advice.answers.canned import views as canned
from advice.answers.checks import views as checks
from advice.answers.replies import views as replies

urlpatterns = [
    path("advice/canned/", canned.canned, name="canned"),
    path("advice/canned/new/", canned.canned_new, name="canned_new"),
    path("advice/canned/<str:code>/", canned.canned_answer, name="canned_answer"),
    path("advice/canned/<str:code>/edit/", canned.canned_edit, name="canned_edit"),
    path("advice/ratings/", ratings.ratings, name="ratings"),
    path("advice/enquiries/<enquiry:reference>/", views.enquiry, name="enquiry"),
    path("advice/enquiries/<enquiry:reference>/reply/", replies.reply, name="reply"),
    path("advice/enquiries/<enquiry:reference>/wait/", replies.wait, name="wait"),
    path("advice/enquiries/<enquiry:reference>/undo/", replies.undo_reply, name="undo_reply"),
    path("advice/enquiries/<enquiry:reference>/attach/", files.attach, name="attach"),
    path("advice/enquiries/<enquiry:reference>/detach/<str:key>/", files.detach, name="detach"),
    path(
        "advice/enquiries/<enquiry:reference>/files/<str:key>/",
        files.attachment,
        name="attachment",
    ),
    path("advice/enquiries/<enquiry:reference>/ask-check/", checks.ask_check, name="ask_check"),
    path("advice/enquiries/<enquiry:reference>/check/", checks.check, name="check"),
    path("advice/enquiries/<enquiry:reference>/note/", views.note, name="note"),
    path(
        "advice/enquiries/<enquiry:reference>/phone-note/",
        phone_views.phone_note,
        name="phone_note",
    ),
    path("advice/enquiries/<enquiry:reference>/link/", linked.link, name="link"),
]
