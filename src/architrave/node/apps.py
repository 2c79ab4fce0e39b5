"""The Django app that owns the record's tables."""

from __future__ import annotations

from django.apps import AppConfig


class NodeConfig(AppConfig):
    """The node."""

    name = "architrave.node"
    label = "node"
    default_auto_field = "django.db.models.BigAutoField"
