"""The addresses of the pages. A page keeps its path in every language."""

from __future__ import annotations

from django.urls import path, register_converter

from architrave.portal import glossary_page, views
from architrave.portal.words import LANGUAGES

__all__ = ["urlpatterns"]


class Language:
    """A language in which the screen has words."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        """The same."""
        return value

    def to_url(self, value: str) -> str:
        """The same."""
        return value


register_converter(Language, "language")

urlpatterns = [
    path("", views.start),
    path("<language:language>/", views.home),
    path("<language:language>/matters", views.matters),
    path("<language:language>/matters/<path:symbol>", views.matter),
    path("<language:language>/register", views.register),
    path("<language:language>/bodies", views.bodies),
    path("<language:language>/record", views.record),
    path("<language:language>/record/<slug:party>", views.record),
    path("<language:language>/record/<slug:party>/<int:number>", views.record),
    path("<language:language>/verify", views.verify),
    path("<language:language>/glossary", glossary_page.glossary),
]
