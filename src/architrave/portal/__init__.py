"""The pages: what a reader sees of one capital's copy of the record, in the charter's languages.

`urls.urlpatterns` wires it; `contexts`, `matter_context` and `register_context` build one frozen
dataclass of `pages` for each page; `words.csv` is the only source of screen words.
"""

MIDDLEWARE = (
    "architrave.portal.headers.strict_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
)
