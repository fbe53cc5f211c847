"""The table behind Django's cache: what all processes must agree on when people sign in.

Which one-time codes were used, and how often an address tried. Its name stands in the settings.
"""

from django.apps.registry import Apps
from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Does nothing where the table is there, or where the cache is none in the database."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop, elidable=False)]
