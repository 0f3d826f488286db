"""Addresses of the chain and of the letter."""

from django.urls import path

from proposals.decision import views
from proposals.decision.exempt import views as exempt
from proposals.decision.letters import views as letters
from proposals.decision.remind_many import remind_many

urlpatterns = [
    path("casework/remind/", remind_many, name="remind_many"),
    path("casework/exemptions/", exempt.exemptions, name="exemptions"),
    path("casework/<str:reference>/", views.case, name="case"),
    path("casework/<str:reference>/similar/", views.case_similar, name="case_similar"),
    path("casework/<str:reference>/recommend/", views.recommend, name="recommend"),
    path("casework/<str:reference>/countersign/", views.countersign, name="countersign"),
    path("casework/<str:reference>/send-back/", views.send_back, name="send_back"),
    path("casework/<str:reference>/decide/", views.decide, name="decide"),
    path("casework/<str:reference>/defer/", views.defer, name="defer"),
    path("casework/<str:reference>/release/", views.release, name="release"),
    path("casework/<str:reference>/recall/", views.recall, name="recall"),
    path("casework/<str:reference>/exempt/", exempt.exempt, name="exempt"),
    path("casework/<str:reference>/confirm-exempt/", exempt.confirm_exempt, name="confirm_exempt"),
    path(
        "casework/<str:reference>/take-back-exempt/",
        exempt.take_back_exempt,
        name="take_back_exempt",
    ),
    path("casework/<str:reference>/look-again/", exempt.look_again, name="look_again"),
    path("casework/<str:reference>/letter/", letters.case_letter, name="case_letter"),
    path("proposals/<str:reference>/letter/", letters.letter, name="letter"),
    path("proposals/<str:reference>/letter/letter.pdf", letters.letter_pdf, name="letter_pdf"),
    path("employer/<str:token>/letter/", letters.employer_letter, name="employer_letter"),
    path(
        "employer/<str:token>/letter/letter.pdf",
        letters.employer_letter_pdf,
        name="employer_letter_pdf",
    ),
]
