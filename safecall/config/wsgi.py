"""The WSGI application, and in each process that serves it the thread that numbers contacts."""

import logging
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safecall.config.settings")
application = get_wsgi_application()

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from safecall.config.accepted import stand
from safecall.contacts.numbering import start_worker

if not stand(settings.RULES_DIR, settings.VAR_DIR):
    told = "The rules of SAFECALL_RULES_DIR were never accepted; safecall guard rules --activate"
    if settings.ENVIRONMENT == "production":
        raise ImproperlyConfigured(told)
    logging.getLogger(__name__).critical(told)

start_worker()
