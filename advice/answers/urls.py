"""Addresses of one enquiry, for those who answer it."""

from django.urls import path

from advice.answers import linked, views

urlpatterns = [
    path("advice/enquiries/<enquiry:reference>/", views.enquiry, name="enquiry"),
    path("advice/enquiries/<enquiry:reference>/reply/", views.reply, name="reply"),
    path("advice/enquiries/<enquiry:reference>/wait/", views.wait, name="wait"),
    path("advice/enquiries/<enquiry:reference>/note/", views.note, name="note"),
    path("advice/enquiries/<enquiry:reference>/link/", linked.link, name="link"),
]
