"""Texts of libraries that our catalogue says in its own words: where theirs are missing, stiff or inconsistent."""

from django.utils.translation import gettext_noop

TEXTS = (
    gettext_noop("The username and/or password you specified are not correct."),
    gettext_noop("Activate Authenticator App"),
    gettext_noop("Recovery Codes"),
    gettext_noop("Add Security Key"),
    gettext_noop("Security Keys"),
    gettext_noop("Your password can’t be too similar to your other personal information."),
    gettext_noop("Your password can’t be a commonly used password."),
    gettext_noop("Your password can’t be entirely numeric."),
)
