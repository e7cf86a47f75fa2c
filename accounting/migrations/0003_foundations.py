"""The law of the books over the companies, currencies and partners they stand on."""

from django.db import migrations

from accounting.models.foundations import GROUNDWORK


class Migration(migrations.Migration):
    dependencies = [
        ("accounting", "0002_law_in_depth"),
        ("base", "0001_initial"),
    ]

    operations = GROUNDWORK
