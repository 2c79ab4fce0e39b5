"""The addresses of the workspace, below /<language>/work. They are there even where it is not
installed, to say so."""

from __future__ import annotations

from django.urls import path

from architrave.portal.workspace import enter_views, keys_views
from architrave.portal.workspace.at_work import at_work
from architrave.portal.workspace.refusing import absent

__all__ = ["urlpatterns"]

urlpatterns = [
    path("enter", enter_views.enter),
    path("enter/<str:word>", enter_views.invited),
    path("passkey", enter_views.passkey),
    path("keys", keys_views.keys),
    path("keys/options", keys_views.options),
    path("leave", enter_views.leave),
    path("<path:rest>", at_work(absent)),
]
