"""External ids go by what programs call the module."""

from django.db import migrations

RENAME = """
UPDATE base_externalid x SET module = 'account' WHERE module = 'accounting'
   AND NOT EXISTS (SELECT FROM base_externalid o WHERE o.module = 'account' AND o.name = x.name)
"""


class Migration(migrations.Migration):
    dependencies = [("accounting", "0008_groups_and_days"), ("base", "0014_wire_names")]

    operations = [migrations.RunSQL(RENAME, migrations.RunSQL.noop)]
