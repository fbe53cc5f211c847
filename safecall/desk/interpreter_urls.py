"""Addresses of an interpreter's own page. They are short: interpreters type them once."""

from django.urls import path

from safecall.desk.views import interpreter

app_name = "interpreter"
urlpatterns = [
    path("", interpreter.page, name="page"),
    path("now", interpreter.now, name="now"),
    path("answer", interpreter.answer, name="answer"),
    path("times", interpreter.times, name="times"),
    path("push", interpreter.push, name="push"),
    path("sw.js", interpreter.service_worker, name="service-worker"),
    path("device", interpreter.keep_device, name="device"),
]
