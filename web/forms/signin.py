"""The forms of sign-in: allauth's, with labels and advice that are true here."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """Login and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Login")
        self.fields["login"].widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username webauthn",
            "autocapitalize": "none",
        }
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""
        self.fields["remember"].label = _("Keep me signed in on this device")


class NewPasswordForm(ChangePasswordForm):
    """Another password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Current password")
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password, once more")
        for box in self.fields.values():
            box.widget.attrs.pop("placeholder", None)


class ProofForm(ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].widget.attrs.pop("placeholder", None)


class PasskeyForm(AddWebAuthnForm):
    """A passkey or security key. Unless one says otherwise it opens the house by itself: that is what people expect."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["passwordless"].label = _("Sign in with it alone, without the password")
        self.fields["passwordless"].help_text = _(
            "The device then asks for a fingerprint, a face or a PIN. Old security keys cannot: take the tick away for them."
        )
        self.fields["passwordless"].initial = True
