"""The bridge between the fleet and accounting."""

from django.utils.translation import gettext_lazy as _

from base.modules import Manifest, ModuleConfig


class ArmadaAccountingConfig(ModuleConfig):
    """Sold vehicles are invoiced."""

    name = "armada.bridges.accounting"
    label = "armada_accounting"
    verbose_name = _("Fleet and accounting")
    manifest = Manifest(
        version="2.0.0",
        summary=_("Writes the invoice when a vehicle is sold."),
        icon="truck",
        requires=("armada", "accounting"),
        is_bridge=True,
    )
