"""Which server this is, as clients of the contract understand it."""

SERIE = "19.0"
INFO = [19, 0, 0, "final", 0, ""]
VERSION = {
    "server_version": SERIE,
    "server_version_info": INFO,
    "server_serie": SERIE,
    "protocol_version": 1,
}
ABOUT = "Niaga speaks the external API of Odoo 19. It is a work of its own."
