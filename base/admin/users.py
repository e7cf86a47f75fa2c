"""Users, roles and API keys."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminPasswordWidget, UnfoldAdminTextInputWidget

from base.actors import SYSTEM_USER_ID, Actor
from base.admin.access import acting
from base.admin.deeds import Deed, DeedForm
from base.admin.filters import CHOICE, LinkFilter
from base.admin.forms import OfficeForm
from base.admin.office import Office, SeenOffice, TranslatedOffice
from base.admin.parts import Parts, SeenParts
from base.admin.permissions import PermissionTable
from base.models import ApiKey, Role, RoleImplication, User
from base.services import api_keys, users

SHELF = _("Users and rights")


class NewUserForm(OfficeForm):
    """What it takes to invite someone."""

    name = forms.CharField(label=_("Name"), max_length=240, widget=UnfoldAdminTextInputWidget)
    email = forms.EmailField(label=_("E-mail"), required=False, widget=UnfoldAdminTextInputWidget)
    secret = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters. Tell it to them; they may change it themselves."),
    )

    class Meta:
        model = User
        fields = ("username", "companies", "roles", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["companies"].required = True

    def _get_validation_exclusions(self) -> set[str]:
        """Partner and company are made or chosen by the verb."""
        return {*super()._get_validation_exclusions(), "partner", "company"}  # type: ignore[misc]


class KeyParts(SeenParts):
    """The keys of a user. The secrets themselves are known to nobody."""

    model = ApiKey
    fk_name = "user"
    fields = ("name", "scope", "index", "expires_at", "last_used_at")
    own_rights = True
    show_change_link = True
    verbose_name_plural = _("API keys")


class PasswordForm(DeedForm):
    """A new password."""

    new = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
    )


def _reset_password(rows: QuerySet[User], *, by: Actor, new: str) -> None:
    for user in rows:
        users.reset_password(user, new=new, by=by)


@admin.register(User)
class UserOffice(Office):
    """People and programs that may sign in."""

    icon = "person"
    shelf = SHELF
    add_form = NewUserForm
    list_display = ("username", "partner", "company", "language", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff", "is_superuser", ("roles", LinkFilter))
    search_fields = ("username", "partner__complete_name", "partner__email")
    filter_horizontal = ("roles",)
    autocomplete_fields = ("partner", "companies")
    inlines = (KeyParts,)
    may_delete = False
    always_with = ("partner",)
    hidden = ("is_active",)
    add_fieldsets = (
        (None, {"fields": ("username", "name", "email", "secret", "language")}),
        (_("What they may do"), {"fields": ("companies", "roles")}),
    )
    fieldsets = (
        (None, {"fields": ("username", "partner", ("language", "timezone"), "notified_by")}),
        (_("Companies"), {"fields": ("companies", "company")}),
        (_("What they may do"), {"fields": ("roles", ("is_staff", "is_superuser"))}),
        (_("Signature"), {"fields": ("signature",), "classes": ("collapse",)}),
    )
    readonly_fields = ("last_login",)
    deeds = (
        Deed(
            name="password",
            label=_("Reset the password"),
            question=_("All other sessions of the user end."),
            permission="base.change_user",
            run=_reset_password,
            form=PasswordForm,
            icon="key",
            together=False,
            fits=lambda user: user.pk != SYSTEM_USER_ID,
            done=_("The password is changed."),
        ),
        Deed(
            name="archive",
            label=_("Deactivate"),
            question=_("They cannot sign in any more. What they did stays theirs."),
            permission="base.change_user",
            run=users.deactivate,
            icon="person_off",
            variant=ActionVariant.DANGER,
            fits=lambda user: user.is_active and user.pk != SYSTEM_USER_ID,
        ),
    )

    def why_final(self, row: User) -> str | Promise | None:
        """The house itself is nobody's to change."""
        return _("This is the system itself.") if row.pk == SYSTEM_USER_ID else None

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[OfficeForm]:
        """The short form for someone new."""
        if obj is None:
            kwargs = {**kwargs, "form": self.add_form}
            kwargs["fields"] = [f for f in kwargs.get("fields") or () if f not in self._told_only()]
        return super().get_form(request, obj, change=change, **kwargs)

    def _told_only(self) -> tuple[str, ...]:
        return ("name", "email", "secret")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Only those who may do everything give that right away."""
        own = [] if acting(request).is_superuser else ["is_superuser"]
        return [*super().get_readonly_fields(request, obj), *own]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Someone new works in the current company and speaks its language."""
        actor = acting(request)
        initial = super().get_changeform_initial_data(request)
        return {"companies": [actor.company_id], "language": actor.language, **initial}

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nobody has keys before they exist."""
        return super().get_inlines(request, obj) if obj else []

    def write(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Invite someone new by the verb; change the others as any record."""
        if change:
            super().write(request, form, formsets, change)
            return
        told = form.cleaned_data
        made = users.invite(
            login=told["username"],
            name=told["name"],
            email=told["email"],
            password=told["secret"],
            language=told["language"],
            company_ids=[company.pk for company in told["companies"]],
            role_ids=[role.pk for role in told["roles"]],
            by=acting(request),
        )
        form.instance.__dict__.update(made.__dict__)


class ImpliedParts(Parts):
    """The roles that come along with a role."""

    model = RoleImplication
    fk_name = "role"
    fields = ("implied",)
    autocomplete_fields = ("implied",)
    verbose_name_plural = _("implies")


class RoleForm(OfficeForm):
    """A role, with its rights in one table."""

    class Meta:
        model = Role
        fields = "__all__"
        widgets = {"permissions": PermissionTable}


@admin.register(Role)
class RoleOffice(TranslatedOffice):
    """Sets of rights."""

    icon = "badge"
    shelf = SHELF
    form = RoleForm
    list_display = ("name", "module", "summary", "is_portal")
    list_filter = ("module", "is_portal")
    search_fields = ("name_en", "name_ind", "summary_en")
    inlines = (ImpliedParts,)
    fieldsets = (
        (None, {"fields": ("name", "summary", ("module", "sequence"), "is_portal")}),
        (_("Rights"), {"fields": ("permissions",)}),
    )

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Rights stand in a table, not in a list of five hundred lines."""
        if db_field.name == "permissions":
            kwargs["widget"] = PermissionTable()
            kwargs["queryset"] = PermissionTable.offered()
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(ApiKey)
class ApiKeyOffice(SeenOffice):
    """Keys of programs. They are issued by their owners, on their profile; here they are revoked."""

    icon = "vpn_key"
    shelf = SHELF
    list_display = ("name", "user", "scope", "index", "expires_at", "last_used_at")
    list_filter = (("scope", CHOICE), ("user", LinkFilter))
    search_fields = ("name", "user__username", "index")
    date_hierarchy = "created_at"
    always_with = ("user",)
    deeds = (
        Deed(
            name="revoke",
            label=_("Revoke"),
            question=_("Programs that use the key stop working at once."),
            permission="base.delete_apikey",
            run=api_keys.revoke,
            icon="key_off",
            variant=ActionVariant.DANGER,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """One's own; everybody's for those who may change users."""
        rows = super().get_queryset(request)
        actor = acting(request)
        return rows if actor.has_perm("base.change_user") else rows.filter(user_id=actor.user_id)


@admin.register(RoleImplication)
class RoleImplicationOffice(Office):
    """Which role comes along with which."""

    icon = "account_tree"
    shelf = SHELF
    list_display = ("role", "implied")
    autocomplete_fields = ("role", "implied")
    search_fields = ("role__name_en", "implied__name_en")
    list_filter = (("role", LinkFilter),)
    always_with = ("role", "implied")
