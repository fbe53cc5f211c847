"""Addresses of the staff pages. They carry ids and codes, never words that somebody typed."""

from django.urls import path

from safecall.desk.views import (
    account,
    contact,
    interpreting,
    live,
    narrative,
    opening,
    queue,
    records,
    response,
    roster,
    staffing,
    steps,
    supervisor,
    times,
)

app_name = "desk"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("changes", live.changes, name="changes"),
    path("new", opening.new, name="new"),
    path("contact/<uuid:contact_id>", contact.contact, name="contact"),
    path("contact/<uuid:contact_id>/change", contact.change, name="change"),
    path("contact/<uuid:contact_id>/note", narrative.note, name="note"),
    path("contact/<uuid:contact_id>/answer", steps.answer, name="answer"),
    path("contact/<uuid:contact_id>/transfer", steps.transfer, name="transfer"),
    path("contact/<uuid:contact_id>/close", steps.close, name="close"),
    path("contact/<uuid:contact_id>/reopen", steps.reopen, name="reopen"),
    path("contact/<uuid:contact_id>/assign", response.assign, name="assign"),
    path("assignment/<int:assignment_id>/status", response.unit_status, name="unit-status"),
    path("contact/<uuid:contact_id>/interpreter", interpreting.ask, name="interpreter-ask"),
    path("contact/<uuid:contact_id>/interpreter/step", interpreting.step, name="interpreter-step"),
    path(
        "contact/<uuid:contact_id>/interpreter/ring", interpreting.offer, name="interpreter-offer"
    ),
    path("interpreting", interpreting.board, name="interpreting"),
    path("interpreting/times", times.page, name="times"),
    path("interpreting/times.csv", times.as_csv, name="times-csv"),
    path("roster", roster.page, name="roster"),
    path("roster/new", roster.person, name="roster-new"),
    path("roster/person/<int:pk>", roster.person, name="roster-person"),
    path("roster/person/<int:pk>/times", roster.times, name="roster-times"),
    path("roster/new-line", roster.vendor, name="roster-new-vendor"),
    path("roster/line/<int:pk>", roster.vendor, name="roster-vendor"),
    path("roster/import", roster.from_file, name="roster-import"),
    path("roster/template.csv", roster.template, name="roster-template"),
    path("screen", narrative.screen, name="screen"),
    path("draft", narrative.draft, name="draft"),
    path("units", response.units, name="units"),
    path("wall", supervisor.wall, name="wall"),
    path("mentions", supervisor.mentions, name="mentions"),
    path("staffing", staffing.page, name="staffing"),
    path("staffing.csv", staffing.as_csv, name="staffing-csv"),
    path("records", records.records, name="records"),
    path("signed-in", account.signed_in, name="signed-in"),
]
