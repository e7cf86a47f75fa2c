from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("base", "0013_groups_and_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="module",
            name="wire_name",
            field=models.CharField(
                blank=True, default="", max_length=64, verbose_name="name for programs"
            ),
        ),
        migrations.RunSQL(
            "UPDATE base_module SET wire_name = name", migrations.RunSQL.noop, elidable=True
        ),
    ]
