"""The addresses of the pages. A page keeps its path in every language."""

from __future__ import annotations

from django.urls import include, path

from architrave.portal import (
    converters,  # noqa: F401 - it makes the languages of addresses known
    views,
)
from architrave.portal.alerts import alert_views
from architrave.portal.charter import rule_views
from architrave.portal.council import council_views
from architrave.portal.data import data_views
from architrave.portal.feeds import feed_views
from architrave.portal.forum import forum_views
from architrave.portal.glossary import glossary_page
from architrave.portal.papers import paper_views
from architrave.portal.proofs import proof_views, since_views
from architrave.portal.search import search_views
from architrave.portal.workspace.desk.desk_views import work_urls

__all__ = ["urlpatterns"]


urlpatterns = [
    path("", views.start),
    path("<language:language>/", views.home),
    path("<language:language>/matters", views.matters),
    path("<language:language>/matters/<path:symbol>/texts", rule_views.texts),
    path("<language:language>/matters/<path:symbol>/steps", rule_views.steps),
    path("<language:language>/matters/<path:symbol>/steps/<int:number>", rule_views.steps),
    path("<language:language>/matters/<path:symbol>", views.matter),
    path("<language:language>/register", views.register),
    path("<language:language>/register/<int:number>", views.register),
    path("<language:language>/register/events", views.events),
    path("<language:language>/register/events/<int:number>", views.events),
    path("<language:language>/bodies", rule_views.bodies),
    path("<language:language>/charter", rule_views.charter),
    path("<language:language>/rules/<str:number>", rule_views.rule),
    path("<language:language>/record", views.record),
    path("<language:language>/record/<slug:party>", views.record),
    path("<language:language>/record/<slug:party>/<int:number>", views.record),
    path("<language:language>/verify", views.verify),
    path("<language:language>/calendar", feed_views.calendar),
    path("feeds/<language:language>/calendar.ics", feed_views.ics),
    path("feeds/<language:language>/<slug:topic>.atom", feed_views.atom),
    path("feeds/<language:language>/<slug:topic>.json", feed_views.json),
    path("feeds/<language:language>/<slug:body>/calendar.ics", feed_views.ics),
    path("feeds/<language:language>/<slug:body>/<slug:topic>.atom", feed_views.atom),
    path("feeds/<language:language>/<slug:body>/<slug:topic>.json", feed_views.json),
    path("<language:language>/data", data_views.page),
    path("api/1", data_views.index),
    path("api/1/", data_views.index),
    path("api/1/schema.json", data_views.schema),
    path("api/1/dump.zip", data_views.dump),
    path("api/1/dump", data_views.dump_told),
    path("api/1/dump/<slug:digest>.zip", data_views.dump_named),
    path("api/1/institution", data_views.institution),
    path("api/1/charter", data_views.charter),
    path("api/1/bodies", data_views.bodies),
    path("api/1/matters", data_views.matters),
    path("api/1/matters/<path:symbol>", data_views.matter),
    path("api/1/consultations", data_views.consultations),
    path("api/1/alerts", data_views.alerts),
    path("api/1/register", data_views.register),
    path("api/1/register/<path:name>", data_views.row),
    path("api/1/books", data_views.books),
    path("api/1/books/<path:party>", data_views.book),
    path("api", data_views.unknown),
    path("api/<path:rest>", data_views.unknown),
    path("api/", data_views.unknown),
    path("data/", data_views.unknown),
    path("data/<path:file>", data_views.table),
    path("papers/<language:language>/matter/<path:symbol>.<ending:ending>", paper_views.matter),
    path("papers/<language:language>/charter.<ending:ending>", paper_views.charter),
    path("papers/<language:language>/register.<ending:ending>", paper_views.register),
    path("papers/<language:language>/council.<ending:ending>", paper_views.council),
    path("papers/<language:language>/forum.<ending:ending>", paper_views.forum),
    path("<language:language>/council/brief", paper_views.brief),
    path("<language:language>/search", search_views.search),
    path("<language:language>/research", search_views.research),
    path("<language:language>/consultations/<path:symbol>", search_views.consultation),
    path("<language:language>/alerts/<path:symbol>", alert_views.alert),
    path("<language:language>/register/<slug:name>", search_views.row),
    path("<language:language>/verify/since", since_views.since),
    path("proofs/<slug:party>/<int:number>.tlog-proof", proof_views.proof),
    path("proofs/<slug:party>/<int:number>.zip", proof_views.package),
    path("proofs/<slug:party>/since-<int:size>.txt", proof_views.growth),
    path("s/<path:symbol>", search_views.to_symbol),
    path("r/<slug:name>", search_views.to_row),
    path("<language:language>/glossary", glossary_page.glossary),
    path("<language:language>/council", council_views.council),
    path("<language:language>/council/exercises", council_views.exercises),
    path("<language:language>/council/exercises/plan", council_views.plan),
    path("<language:language>/council/dialogues", council_views.dialogues),
    path("<language:language>/council/interoperability", council_views.interoperability),
    path("<language:language>/council/consultations", council_views.consultations),
    path("<language:language>/council/launches", council_views.launches),
    path("<language:language>/forum", forum_views.forum),
    path("<language:language>/forum/chains", forum_views.chains),
    path("<language:language>/forum/exposure", forum_views.exposure),
    path("<language:language>/forum/shocks", forum_views.shocks),
    path("<language:language>/forum/days", forum_views.days),
    path("<language:language>/forum/goods", forum_views.goods),
    *work_urls,
    path("<language:language>/work/", include("architrave.portal.workspace.work_urls")),
]
