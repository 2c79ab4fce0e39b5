"""All addresses of one node: its doors for other nodes, and its pages."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("architrave.node.http")),
    path("", include("architrave.portal.urls")),
]

# Django looks these up by name.
handler404 = "architrave.portal.views.not_found"
handler500 = "architrave.portal.views.failed"
