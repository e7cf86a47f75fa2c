"""Make and model apart, plates written alike, and the odometer."""

import re
from typing import Any

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# Sold vehicles are final, but how a plate is written is no change of the vehicle: the rule rests while this runs.
FINAL = pgtrigger.compiler.Trigger(
    name="vehicle_sold_is_final",
    sql=pgtrigger.compiler.UpsertTriggerSql(
        condition="WHEN (OLD.\"state\" = 'sold')",
        func="IF TRUE THEN RAISE EXCEPTION 'vehicle_sold_is_final' USING ERRCODE = 'check_violation', CONSTRAINT = 'vehicle_sold_is_final', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
        hash="872e70f8774fdf402b5e12925b80a285f0988758",
        operation="UPDATE",
        pgid="pgtrigger_vehicle_sold_is_final_86126",
        table="armada_vehicle",
        when="BEFORE",
    ),
)
PLATE = re.compile(r"([A-Z]{1,2})(\d{1,4})([A-Z]{0,3})")


def tidy(apps: Any, schema_editor: Any) -> None:
    """Take the first word of the description for the make; write `b1234xyz` as `B 1234 XYZ`."""
    vehicles = apps.get_model("armada", "Vehicle").objects.all()
    for vehicle in vehicles.iterator():
        vehicle.make, _space, vehicle.model_name = " ".join(vehicle.description.split()).partition(
            " "
        )
        bare = re.sub(r"[^A-Z0-9]", "", vehicle.plate.upper())
        if parts := PLATE.fullmatch(bare):
            vehicle.plate = " ".join(filter(None, parts.groups()))
        vehicle.save(update_fields=["make", "model_name", "plate"])


def back(apps: Any, schema_editor: Any) -> None:
    """Put make and model together again; plates stay as they are."""
    for vehicle in apps.get_model("armada", "Vehicle").objects.iterator():
        vehicle.description = f"{vehicle.make} {vehicle.model_name}".strip()
        vehicle.save(update_fields=["description"])


class Migration(migrations.Migration):
    dependencies = [("armada", "0001_initial")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="vehicle", name="vehicle_sold_is_final"),
        migrations.AddField(
            "vehicle",
            "make",
            models.CharField(default="", max_length=60, verbose_name="make"),
            preserve_default=False,
        ),
        migrations.AddField(
            "vehicle",
            "model_name",
            models.CharField(blank=True, default="", max_length=80, verbose_name="model"),
        ),
        migrations.AddField(
            "vehicle",
            "odometer",
            models.PositiveIntegerField(default=0, verbose_name="odometer (km)"),
        ),
        migrations.AlterField(
            "vehicle",
            "description",
            models.CharField(default="", max_length=120, verbose_name="make and model"),
        ),
        migrations.RunPython(tidy, back),
        migrations.RemoveField("vehicle", "description"),
        migrations.AddConstraint(
            "vehicle",
            models.CheckConstraint(
                condition=models.Q(plate__regex=r"^[A-Z]{1,2} \d{1,4}( [A-Z]{1,3})?$"),
                name="armada_vehicle_plate_in_three_parts",
                violation_error_message="A plate is written like B 1234 XYZ.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(model_name="vehicle", trigger=FINAL),
    ]
