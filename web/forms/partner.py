"""The form of a contact."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from base.html import as_text
from base.models import Partner, PartnerTag
from web.forms.records import RecordForm
from web.lookups import LookupField

LANGUAGES = [("", "–"), ("en", "English"), ("id", "Bahasa Indonesia")]


class PartnerForm(RecordForm):
    """A contact: a company, a person, or another address of one."""

    is_company = forms.TypedChoiceField(
        label=_("This is"),
        choices=[("", _("a person or an address")), ("1", _("a company"))],
        coerce=bool,
        empty_value=False,  # type: ignore[arg-type]
        required=False,
    )
    parent = LookupField("company_partner", label=_("Belongs to"), required=False)
    country = LookupField("country", label=_("Country"), required=False)
    state = LookupField("state", label=_("State or province"), required=False)
    language = forms.ChoiceField(
        label=_("Language of documents"), choices=LANGUAGES, required=False
    )
    tags = forms.ModelMultipleChoiceField(
        PartnerTag.objects.all(),
        label=_("Tags"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Partner
        fields = (
            "name",
            "is_company",
            "parent",
            "kind",
            "job_title",
            "email",
            "phone",
            "website",
            "street",
            "street2",
            "city",
            "zip",
            "state",
            "country",
            "tax_id",
            "nik",
            "reference",
            "language",
            "tags",
            "comment",
        )
        widgets = {
            "email": forms.EmailInput,
            "phone": forms.TextInput(attrs={"type": "tel"}),
            "comment": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        if self.instance.comment:
            self.initial["comment"] = as_text(self.instance.comment)
        self.initial["is_company"] = "1" if self.initial.get("is_company") else ""
