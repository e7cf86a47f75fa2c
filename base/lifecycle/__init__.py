"""How modules come and go in a house that runs: planned, previewed, applied whole or not at all, and recovered.

Vocabulary: an *offer* is a module whose code is here; an *operation* is somebody's wish to install, upgrade or uninstall
modules; the *conductor* is the process that carries it out; an *applier* is a fresh interpreter that already runs the
module it installs. docs/adr/0007 tells how they work together.
"""
