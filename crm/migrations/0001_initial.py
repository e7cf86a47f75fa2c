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
            name="LostReason",
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
            ],
            options={
                "verbose_name": "lost reason",
                "verbose_name_plural": "lost reasons",
                "ordering": ("name", "id"),
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="aec8a17b53048194fc8f2cfb99b5d9a55a1bce69",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_03479",
                            table="crm_lostreason",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="6a23e7eb69d612580c9217b7d2b243d358ef9e7d",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_59d0f",
                            table="crm_lostreason",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Team",
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
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_en", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("name_ind", models.CharField(max_length=80, null=True, verbose_name="name")),
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
                    "leader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="team leader",
                    ),
                ),
                (
                    "members",
                    models.ManyToManyField(
                        blank=True,
                        related_name="sales_teams",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="members",
                    ),
                ),
            ],
            options={
                "verbose_name": "sales team",
                "verbose_name_plural": "sales teams",
                "ordering": ("sequence", "id"),
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="047660883fb3abf3fc28e67481d265531b773714",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_61c52",
                            table="crm_team",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="613afcf7c6f5c47d93134a9d5bc9cf5f52a4bd6c",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_2de4c",
                            table="crm_team",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stage",
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
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_en", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("name_ind", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("sequence", models.IntegerField(default=10, verbose_name="sequence")),
                ("is_won", models.BooleanField(default=False, verbose_name="means won")),
                (
                    "is_folded",
                    models.BooleanField(default=False, verbose_name="folded in the pipeline"),
                ),
                (
                    "requirements",
                    models.TextField(blank=True, default="", verbose_name="what must be done here"),
                ),
                (
                    "requirements_en",
                    models.TextField(
                        blank=True, default="", null=True, verbose_name="what must be done here"
                    ),
                ),
                (
                    "requirements_ind",
                    models.TextField(
                        blank=True, default="", null=True, verbose_name="what must be done here"
                    ),
                ),
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
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stages",
                        to="crm.team",
                        verbose_name="only for team",
                    ),
                ),
            ],
            options={
                "verbose_name": "stage",
                "verbose_name_plural": "stages",
                "ordering": ("sequence", "id"),
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="13205cf9a60cece0a1f54a99b6a977b56041616c",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_c3bcb",
                            table="crm_stage",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="2dc95ae96be85c0320008d02e13ace46ec08cd9b",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_d394a",
                            table="crm_stage",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
    ]
