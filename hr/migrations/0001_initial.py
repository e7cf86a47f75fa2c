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
            name="Department",
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
                ("note", models.TextField(blank=True, default="", verbose_name="note")),
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
                        to="hr.department",
                        verbose_name="below",
                    ),
                ),
            ],
            options={
                "verbose_name": "department",
                "verbose_name_plural": "departments",
                "ordering": ("name", "id"),
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="67c1ab67903824bb199fdfb6caf5f15a7963680a",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_7eb8e",
                            table="hr_department",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="3711ddded6d1678685780fbf6c69b3adbbad9b1a",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_55b31",
                            table="hr_department",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="hr_department_no_circle",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."parent_id" IS NOT NULL)',
                            declare="DECLARE ancestor bigint;",
                            func="\n            ancestor := NEW.parent_id;\n            IF TG_OP = 'UPDATE' THEN PERFORM pg_advisory_xact_lock(hashtext('hr_department_no_circle')); END IF;\n            WHILE ancestor IS NOT NULL LOOP\n                IF ancestor = NEW.id THEN RAISE EXCEPTION 'hr_department_no_circle' USING ERRCODE = 'check_violation', CONSTRAINT = 'hr_department_no_circle', TABLE = TG_TABLE_NAME; END IF;\n                SELECT parent_id INTO ancestor FROM hr_department WHERE id = ancestor;\n            END LOOP;\n            RETURN NEW;\n        ",
                            hash="f5b3dae025453bb73af36b8096484bb8168fbe50",
                            operation='INSERT OR UPDATE OF "parent_id"',
                            pgid="pgtrigger_hr_department_no_circle_a9b56",
                            table="hr_department",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
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
                ("sequence", models.IntegerField(default=10, verbose_name="sequence")),
                ("wanted", models.PositiveIntegerField(default=1, verbose_name="people to hire")),
                (
                    "description",
                    models.TextField(blank=True, default="", verbose_name="description"),
                ),
                (
                    "requirements",
                    models.TextField(blank=True, default="", verbose_name="requirements"),
                ),
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
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jobs",
                        to="hr.department",
                        verbose_name="department",
                    ),
                ),
            ],
            options={
                "verbose_name": "job position",
                "verbose_name_plural": "job positions",
                "ordering": ("sequence", "id"),
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="cd5c7ec538a1a1b578e348a9a5ebb235067f335c",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_f3a26",
                            table="hr_job",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="0f8e42261e238e423f339b7859371f3e5e73c5f8",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_6fa56",
                            table="hr_job",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeaveType",
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
                ("sequence", models.IntegerField(default=100, verbose_name="sequence")),
                (
                    "requires_allocation",
                    models.BooleanField(default=True, verbose_name="must be allocated first"),
                ),
                (
                    "employees_may_ask",
                    models.BooleanField(
                        default=False, verbose_name="employees may ask for an allocation"
                    ),
                ),
                (
                    "approved_by",
                    models.CharField(
                        choices=[
                            ("no_validation", "Nobody"),
                            ("hr", "HR officer"),
                            ("manager", "Manager"),
                            ("both", "Manager and HR officer"),
                        ],
                        default="hr",
                        max_length=16,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "allocation_approved_by",
                    models.CharField(
                        choices=[
                            ("no_validation", "Nobody"),
                            ("hr", "HR officer"),
                            ("manager", "Manager"),
                            ("both", "Manager and HR officer"),
                        ],
                        default="hr",
                        max_length=16,
                        verbose_name="allocation approved by",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("day", "Day"), ("half_day", "Half day"), ("hour", "Hour")],
                        default="day",
                        max_length=8,
                        verbose_name="taken in",
                    ),
                ),
                (
                    "time_kind",
                    models.CharField(
                        choices=[("other", "Worked time"), ("leave", "Absence")],
                        default="leave",
                        max_length=8,
                        verbose_name="counts as",
                    ),
                ),
                ("is_unpaid", models.BooleanField(default=False, verbose_name="unpaid")),
                (
                    "may_go_negative",
                    models.BooleanField(default=False, verbose_name="may go negative"),
                ),
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
            ],
            options={
                "verbose_name": "kind of time off",
                "verbose_name_plural": "kinds of time off",
                "ordering": ("sequence", "id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("unit__in", ("day", "half_day", "hour"))),
                        name="hr_leavetype_unit_known",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="0b861a4d4656f7607b42931a0251c7f7858a5fe9",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_d260e",
                            table="hr_leavetype",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="f2c55ae598e3c1208cba601a2918188a7149201b",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_82717",
                            table="hr_leavetype",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
    ]
