"""Addresses of messages and of links without an account."""

from django.urls import path

from activity import views

app_name = "activity"

urlpatterns = [
    path("here/", views.here, name="here"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/mark-read/", views.mark_read, name="mark_read"),
    path("inbox/<uuid:pk>/open/", views.open_message, name="open"),
    path("activity/outbox/", views.outbox_page, name="outbox"),
    path("activity/outbox/<uuid:pk>/resend/", views.resend, name="resend"),
    path("activity/mail/", views.mail, name="mail"),
    path("link/<str:token>/code/", views.link_code, name="link_code"),
]
