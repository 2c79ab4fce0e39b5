"""The pages: what a reader sees of one capital's copy of the record, in the charter's languages.

`urls.urlpatterns` wires it; `contexts`, `matter_context` and `register_context` build one frozen
dataclass of `pages` for each page; `words.csv` is the only source of screen words;
`reasons.csv` says in Korean and Japanese why an entry changes nothing.
"""

APPS = ("django_htmx",)

MIDDLEWARE = (
    "architrave.portal.headers.strict_headers",
    "architrave.portal.trouble.errors_in_words",
    "whitenoise.middleware.WhiteNoiseMiddleware",
)
