"""What Django's admin must not offer: the tables of other parts, and a door of its own."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

# People's addresses and second steps are theirs; groups give no permission here.
for model in (EmailAddress, Authenticator, Group):
    admin.site.unregister(model)

# One door for sign-in, with its limits and its second step.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
