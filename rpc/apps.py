"""The rpc module: finds every module's `rpc.py`."""

from django.utils.translation import gettext_lazy as _

from base.modules import Manifest, ModuleConfig, Schedule, loading


class RpcConfig(ModuleConfig):
    """Lets other programs in: XML-RPC, JSON-RPC and JSON-2."""

    name = "rpc"
    verbose_name = _("Door for programs")
    manifest = Manifest(
        version="0.1.0",
        summary=_("Lets other programs in: XML-RPC, JSON-RPC and JSON-2."),
        icon="plug",
        schedules=(
            Schedule(
                key="sweep",
                name=_("Sweep away forgotten wizards"),
                task="rpc.sweep",
                cron="25 2 * * *",
            ),
        ),
    )

    def ready(self) -> None:
        """Wire the door in, and let every module say what it shows."""
        super().ready()
        from rpc import registry

        for config in loading("rpc"):
            registry.note_owner(config.label)
