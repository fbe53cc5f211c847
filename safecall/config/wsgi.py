"""The WSGI application, and the threads that work beside it in each process that serves it.

Contacts get their numbers from one, rows of the ledger their places from another; two more ring
interpreters and send them messages, and one sees what the time alone makes of an engagement.
"""

import logging
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safecall.config.settings")
application = get_wsgi_application()

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from safecall.config.accepted import stand
from safecall.contacts import numbering
from safecall.engagements.actions import judging
from safecall.interpreting.worker import workers
from safecall.ledger import sequencer

if not stand(settings.RULES_DIR, settings.VAR_DIR):
    told = "The rules of SAFECALL_RULES_DIR were never accepted; safecall guard rules --activate"
    if settings.ENVIRONMENT == "production":
        raise ImproperlyConfigured(told)
    logging.getLogger(__name__).critical(told)

for worker in (numbering.worker, sequencer.worker, judging.worker, *workers):
    worker.start()
