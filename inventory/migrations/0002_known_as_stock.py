"""External ids go by what programs call the module."""

from django.db import migrations

RENAME = """
UPDATE base_externalid x SET module = 'stock' WHERE module = 'inventory'
   AND NOT EXISTS (SELECT FROM base_externalid o WHERE o.module = 'stock' AND o.name = x.name)
"""


class Migration(migrations.Migration):
    dependencies = [("inventory", "0001_initial"), ("base", "0014_wire_names")]

    operations = [migrations.RunSQL(RENAME, migrations.RunSQL.noop)]
