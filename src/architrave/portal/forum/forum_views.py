"""The pages of the forum: where this copy has none, there is no page at their addresses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from architrave.portal.forum.chains_context import chains_page
from architrave.portal.forum.days_context import days_page
from architrave.portal.forum.exposure_context import exposure_page
from architrave.portal.forum.goods_context import goods_page
from architrave.portal.forum.overview_context import forum_page
from architrave.portal.forum.shocks_context import shocks_page
from architrave.portal.views import show

__all__ = ["chains", "days", "exposure", "forum", "goods", "shocks"]


@require_safe
def forum(request: HttpRequest, language: str) -> HttpResponse:
    """The forum, and where its pages are."""
    return show("forum", language, forum_page, "/")


@require_safe
def chains(request: HttpRequest, language: str) -> HttpResponse:
    """Stages and their makers."""
    return show("forum_chains", language, chains_page, "/")


@require_safe
def exposure(request: HttpRequest, language: str) -> HttpResponse:
    """Whose output inputs are made of."""
    return show("forum_exposure", language, exposure_page, "/")


@require_safe
def shocks(request: HttpRequest, language: str) -> HttpResponse:
    """An example of a stoppage."""
    return show("forum_shocks", language, shocks_page, "/")


@require_safe
def days(request: HttpRequest, language: str) -> HttpResponse:
    """Output after a loss, week by week."""
    return show("forum_days", language, days_page, "/")


@require_safe
def goods(request: HttpRequest, language: str) -> HttpResponse:
    """The critical-goods list."""
    return show("forum_goods", language, goods_page, "/")
