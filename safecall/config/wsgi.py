"""The WSGI application, and in each process that serves it the thread that numbers contacts."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safecall.config.settings")
application = get_wsgi_application()

from safecall.contacts.numbering import start_worker

start_worker()
