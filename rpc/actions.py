"""What buttons answer with: a dictionary that says which window to open next."""

from typing import Any

BY_HAND = "is_by_hand"
"""In the context of a window that people see: they are asked back, and told what was done."""


def window(
    res_model: str,
    *,
    name: str = "",
    res_id: int | None = None,
    domain: list[Any] | None = None,
    context: dict[str, Any] | None = None,
    target: str = "current",
) -> dict[str, Any]:
    """Open rows of a noun: one as a form, several as a list."""
    form = res_id is not None or target == "new"
    action: dict[str, Any] = {
        "type": "ir.actions.act_window",
        "name": name,
        "res_model": res_model,
        "view_mode": "form" if form else "list,form",
        "views": [[False, "form"]] if form else [[False, "list"], [False, "form"]],
        "target": target,
        "context": context or {},
    }
    if res_id is not None:
        action["res_id"] = res_id
    if domain is not None:
        action["domain"] = domain
    return action


def rows(res_model: str, ids: list[int], *, name: str = "") -> dict[str, Any]:
    """Open one row as a form, several as a list."""
    if len(ids) == 1:
        return window(res_model, name=name, res_id=ids[0])
    return window(res_model, name=name, domain=[["id", "in", ids]])


def notice(text: str, *, then: dict[str, Any] | None = None) -> dict[str, Any]:
    """Tell something, and then open the next window, or close this one."""
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "message": text,
            "type": "success",
            "next": then or {"type": "ir.actions.act_window_close"},
        },
    }
