"""All addresses of one node: its doors for other nodes, and its pages."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("architrave.node.http")),
]
