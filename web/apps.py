"""The web module: the door for people."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from base.modules import Manifest, ModuleConfig, loading


class WebConfig(ModuleConfig):
    """Brings sign-in, the frame and the pages of the shared nouns."""

    name = "web"
    verbose_name = _("Web pages")
    manifest = Manifest(
        version="0.1.0",
        summary=_("Sign-in, home, profile and the pages of contacts and products."),
        icon="window",
        requires=("base", "rpc"),
    )

    def ready(self) -> None:
        """Find every module's screens, and lead the back office through our sign-in, so that two-factor cannot be
        walked around."""
        super().ready()
        from allauth.account.decorators import secure_admin_login

        from web.screens import registry

        for config in loading("screens"):
            registry.note_owner(config.label)
        admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
