"""Every way the fleet says no."""

from django.utils.translation import gettext_lazy as _

from base.errors import Refused


class AlreadySold(Refused):
    """The vehicle belongs to somebody else now."""

    code = "already_sold"
    message = _("%(plate)s was sold on %(day)s.")
