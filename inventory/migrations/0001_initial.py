import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("base", "0002_access_version"),
        ("base", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Location",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="changed at",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "complete_name",
                    models.CharField(
                        default="", editable=False, max_length=500, verbose_name="full name"
                    ),
                ),
                (
                    "usage",
                    models.CharField(
                        choices=[
                            ("supplier", "At the vendor's"),
                            ("view", "Heading only"),
                            ("internal", "Internal"),
                            ("customer", "At the customer's"),
                            ("inventory", "Inventory loss"),
                            ("production", "Production"),
                            ("transit", "In transit"),
                        ],
                        default="internal",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "barcode",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="barcode"),
                ),
                ("note", models.TextField(blank=True, default="", verbose_name="note")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="inventory.location",
                        verbose_name="inside",
                    ),
                ),
            ],
            options={
                "verbose_name": "location",
                "verbose_name_plural": "locations",
                "ordering": ("complete_name", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("barcode", ""), _negated=True),
                        fields=("company", "barcode"),
                        name="inventory_location_barcode_once_per_company",
                        violation_error_message="Another location of this company has this barcode.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="1754dda74fbf571befa12e2fba4a753d27d21737",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_4b3aa",
                            table="inventory_location",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'complete_name']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'complete_name']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'complete_name']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'complete_name']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="1d7bf3d6aed6abed828be11778b39c655d021be4",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_f0a9c",
                            table="inventory_location",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="inventory_location_no_circle",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."parent_id" IS NOT NULL)',
                            declare="DECLARE ancestor bigint;",
                            func="\n            ancestor := NEW.parent_id;\n            IF TG_OP = 'UPDATE' THEN PERFORM pg_advisory_xact_lock(hashtext('inventory_location_no_circle')); END IF;\n            WHILE ancestor IS NOT NULL LOOP\n                IF ancestor = NEW.id THEN RAISE EXCEPTION 'inventory_location_no_circle' USING ERRCODE = 'check_violation', CONSTRAINT = 'inventory_location_no_circle', TABLE = TG_TABLE_NAME; END IF;\n                SELECT parent_id INTO ancestor FROM inventory_location WHERE id = ancestor;\n            END LOOP;\n            RETURN NEW;\n        ",
                            hash="2bd9f1ab85bfeb8aa0c1f416ddaf12eabca4c701",
                            operation='INSERT OR UPDATE OF "parent_id"',
                            pgid="pgtrigger_inventory_location_no_circle_6acc0",
                            table="inventory_location",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="full_name",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            NEW.complete_name := concat_ws(' / ', (\n                SELECT p.complete_name FROM inventory_location p WHERE p.id = NEW.parent_id\n            ), NEW.name);\n RETURN NEW;",
                            hash="979c59ee4c1b80fa21f895a76fe305b42a8c1959",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_full_name_dbe5d",
                            table="inventory_location",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="full_name_below",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF (OLD.complete_name) IS DISTINCT FROM (NEW.complete_name) THEN\n                UPDATE inventory_location SET parent_id = parent_id WHERE parent_id = NEW.id;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="a31efa878769ef2df9e98dbf76640befbbca22fd",
                            operation="UPDATE",
                            pgid="pgtrigger_full_name_below_3c8db",
                            table="inventory_location",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Warehouse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="changed at",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("code", models.CharField(max_length=5, verbose_name="short name")),
                ("sequence", models.IntegerField(default=10, verbose_name="sequence")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.partner",
                        verbose_name="address",
                    ),
                ),
                (
                    "stock_location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.location",
                        verbose_name="stock location",
                    ),
                ),
            ],
            options={
                "verbose_name": "warehouse",
                "verbose_name_plural": "warehouses",
                "ordering": ("sequence", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "code"),
                        name="inventory_warehouse_code_once_per_company",
                        violation_error_message="Another warehouse of this company has this short name.",
                    ),
                    models.UniqueConstraint(
                        fields=("company", "name"),
                        name="inventory_warehouse_name_once_per_company",
                        violation_error_message="Another warehouse of this company has this name.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="609586a67034966382fcbc17ce84c91f7fcad77b",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_ba721",
                            table="inventory_warehouse",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="0fab4bb266edebcd080a3e3b6ea3b48179258b3a",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_10413",
                            table="inventory_warehouse",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OperationType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="changed at",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("name_en", models.CharField(max_length=120, null=True, verbose_name="name")),
                ("name_ind", models.CharField(max_length=120, null=True, verbose_name="name")),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("incoming", "Receipt"),
                            ("outgoing", "Delivery"),
                            ("internal", "Internal transfer"),
                        ],
                        max_length=8,
                        verbose_name="direction",
                    ),
                ),
                ("sequence", models.IntegerField(default=10, verbose_name="sequence")),
                ("prefix", models.CharField(max_length=8, verbose_name="prefix of numbers")),
                ("color", models.PositiveSmallIntegerField(default=0, verbose_name="colour")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "destination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.location",
                        verbose_name="to",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.location",
                        verbose_name="from",
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="operation_types",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "kind of operation",
                "verbose_name_plural": "kinds of operation",
                "ordering": ("sequence", "id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("direction", "internal"),
                            models.Q(("source", models.F("destination")), _negated=True),
                            _connector="OR",
                        ),
                        name="inventory_operationtype_goes_somewhere",
                        violation_error_message="An operation leads from one location to another.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="d03c247b7f42004c2e3b0fd26a0db87964e35ed4",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_d1053",
                            table="inventory_operationtype",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="2816d9a9b32837a752848b7de98860c3ae400658",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_47341",
                            table="inventory_operationtype",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
    ]
