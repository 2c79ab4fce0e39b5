"""The addresses of the pages. A page keeps its path in every language."""

from __future__ import annotations

from django.urls import path, register_converter

from architrave.portal import paper_views, views
from architrave.portal.papers.press import ENDINGS
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


class Ending(Language):
    """A kind of file in which papers are had."""

    regex = "|".join(ENDINGS)


register_converter(Language, "language")
register_converter(Ending, "ending")

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
    path("papers/<language:language>/matter/<path:symbol>.<ending:ending>", paper_views.matter),
    path("papers/<language:language>/charter.<ending:ending>", paper_views.charter),
    path("papers/<language:language>/register.<ending:ending>", paper_views.register),
]
