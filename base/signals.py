"""What the kernel announces."""

from django.dispatch import Signal

# A module is about to be uninstalled, or somebody asks whether it could be. A receiver refuses by raising an
# `ERPError`; it changes nothing. Sent by the module's AppConfig class; keyword `name` is its label. Comes only while
# the module's code is here.
module_uninstalling = Signal()
