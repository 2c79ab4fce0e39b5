"""What holds for every answer below /<language>/work: it is there if installed, and is not kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.apps import apps
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers

from architrave.portal.workspace.refusing import not_installed
from architrave.portal.workspace.setting_up import WORKSPACE

__all__ = ["at_work", "is_here"]

View = Callable[..., HttpResponseBase]


def is_here() -> bool:
    """Whether this copy has a workspace."""
    return apps.is_installed(WORKSPACE)


def at_work(view: View) -> View:
    """A view of the workspace; the page that says it is not installed where it is not."""

    @wraps(view)
    def there(
        request: HttpRequest, language: str, *args: object, **more: object
    ) -> HttpResponseBase:
        response = (
            view(request, language, *args, **more)
            if is_here()
            else not_installed(request, language)
        )
        response.headers["Cache-Control"] = "no-store"
        patch_vary_headers(response, ["Cookie"])
        # Without it a browser would not say of a form from which page it comes.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return there
