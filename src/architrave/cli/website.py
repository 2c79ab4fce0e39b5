"""Which pages a node of this installation has: always the portal, and the workspace if it can."""

from __future__ import annotations

from architrave.portal.workspace.setting_up import WORKSPACE, installable

__all__ = ["URLS", "apps_here"]

URLS = "architrave.cli.urls"


def apps_here() -> tuple[str, ...]:
    """The packages that bring a node's pages, for `node.configure`."""
    return ("architrave.portal", *((WORKSPACE,) if installable() else ()))
