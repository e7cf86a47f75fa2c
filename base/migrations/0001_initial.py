"""The base nouns as they first were, and what the database must know before them."""

from decimal import Decimal

import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import base.folding
import base.html
import base.mailboxes
import base.money
import base.search
from base.groundwork import GROUNDWORK


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        *GROUNDWORK,
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
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
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "You cannot have two users with the same login."},
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="login",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("id", "Indonesia")],
                        default="en",
                        max_length=8,
                        verbose_name="language",
                    ),
                ),
                (
                    "timezone",
                    models.CharField(
                        default="Asia/Jakarta", max_length=64, verbose_name="time zone"
                    ),
                ),
                ("signature", models.TextField(blank=True, default="", verbose_name="signature")),
                (
                    "notified_by",
                    models.CharField(
                        choices=[("email", "E-mail"), ("inbox", "In the application")],
                        default="email",
                        max_length=8,
                        verbose_name="notified by",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "is_staff",
                    models.BooleanField(default=False, verbose_name="may use the back office"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(default=False, verbose_name="may do everything"),
                ),
                (
                    "access_version",
                    models.PositiveIntegerField(
                        default=1, editable=False, verbose_name="access version"
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
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "ordering": ("username", "id"),
            },
        ),
        migrations.CreateModel(
            name="ActivityType",
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
                    "summary",
                    models.CharField(
                        blank=True, default="", max_length=240, verbose_name="usual summary"
                    ),
                ),
                (
                    "summary_en",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=240,
                        null=True,
                        verbose_name="usual summary",
                    ),
                ),
                (
                    "summary_ind",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=240,
                        null=True,
                        verbose_name="usual summary",
                    ),
                ),
                ("sequence", models.IntegerField(default=10, verbose_name="sequence")),
                ("delay_count", models.PositiveIntegerField(default=0, verbose_name="due after")),
                (
                    "delay_unit",
                    models.CharField(
                        choices=[("days", "days"), ("weeks", "weeks"), ("months", "months")],
                        default="days",
                        max_length=8,
                        verbose_name="counted in",
                    ),
                ),
                (
                    "delay_from",
                    models.CharField(
                        choices=[
                            ("current_date", "the day it is planned"),
                            ("previous_activity", "the previous activity's deadline"),
                        ],
                        default="previous_activity",
                        max_length=20,
                        verbose_name="counted from",
                    ),
                ),
                (
                    "icon",
                    models.CharField(blank=True, default="", max_length=40, verbose_name="icon"),
                ),
                (
                    "model",
                    models.CharField(
                        blank=True, default="", max_length=120, verbose_name="only for"
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("default", "Other"),
                            ("upload_file", "Upload a document"),
                            ("phonecall", "Phone call"),
                            ("meeting", "Meeting"),
                        ],
                        default="default",
                        max_length=16,
                        verbose_name="category",
                    ),
                ),
                (
                    "chaining",
                    models.CharField(
                        choices=[
                            ("suggest", "Suggest the next activity"),
                            ("trigger", "Plan the next activity"),
                        ],
                        default="suggest",
                        max_length=8,
                        verbose_name="when done",
                    ),
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
                    "default_user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="usually done by",
                    ),
                ),
                (
                    "suggested_next",
                    models.ManyToManyField(
                        blank=True,
                        related_name="suggested_by",
                        to="base.activitytype",
                        verbose_name="suggests",
                    ),
                ),
                (
                    "triggered_next",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="triggered_by",
                        to="base.activitytype",
                        verbose_name="plans",
                    ),
                ),
            ],
            options={
                "verbose_name": "activity type",
                "verbose_name_plural": "activity types",
                "ordering": ("sequence", "id"),
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="d5cf83a6f944c6219774256d992a09f271396b99",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_8d7e8",
                            table="base_activitytype",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.name_en := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name, ''), NEW.name_ind);\n    ELSIF NEW.name IS DISTINCT FROM OLD.name AND (NEW.name_en, NEW.name_ind)\n        IS NOT DISTINCT FROM (OLD.name_en, OLD.name_ind) THEN\n        NEW.name_en := NEW.name;\n    END IF;\n    NEW.name := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name_ind, ''), '');\n    IF TG_OP = 'INSERT' THEN\n        NEW.summary_en := coalesce(nullif(NEW.summary_en, ''), nullif(NEW.summary, ''), NEW.summary_ind);\n    ELSIF NEW.summary IS DISTINCT FROM OLD.summary AND (NEW.summary_en, NEW.summary_ind)\n        IS NOT DISTINCT FROM (OLD.summary_en, OLD.summary_ind) THEN\n        NEW.summary_en := NEW.summary;\n    END IF;\n    NEW.summary := coalesce(nullif(NEW.summary_en, ''), nullif(NEW.summary_ind, ''), '');\n    RETURN NEW;",
                            hash="916ff91c77efe287d86f76fd878436eb8121f85e",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_a7854",
                            table="base_activitytype",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiKey",
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
                ("name", models.CharField(max_length=120, verbose_name="what it is for")),
                (
                    "scope",
                    models.CharField(
                        blank=True,
                        choices=[("", "everything"), ("rpc", "programs"), ("read", "reading only")],
                        default="rpc",
                        max_length=8,
                        verbose_name="scope",
                    ),
                ),
                (
                    "index",
                    models.CharField(editable=False, max_length=8, verbose_name="first digits"),
                ),
                ("hashed", models.CharField(editable=False, max_length=64, verbose_name="hash")),
                (
                    "expires_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="expires at"),
                ),
                (
                    "last_used_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="last used at"
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_keys",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "API key",
                "verbose_name_plural": "API keys",
                "ordering": ("id",),
                "abstract": False,
                "indexes": [models.Index(fields=["index"], name="base_apikey_by_index")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ("", "rpc", "read"))),
                        name="base_apikey_scope_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="base_apikey_is_named",
                        violation_error_message="Say what the key is for.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="a02e6ba9c93858d42fadeb09784c1d3baa28a439",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_a663f",
                            table="base_apikey",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'hashed', 'last_used_at']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'hashed', 'last_used_at']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'hashed', 'last_used_at']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'hashed', 'last_used_at']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="64721006b7280e0ef4524f62b2926dd50c4b584b",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_c2ea1",
                            table="base_apikey",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="revoked",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="UPDATE base_user SET access_version = access_version + 1 WHERE id = OLD.user_id; RETURN NULL;",
                            hash="6d890460fced1dfcb845ff7b6141afcb3aa8d0b0",
                            operation='UPDATE OF "hashed", "scope", "expires_at", "user_id" OR DELETE',
                            pgid="pgtrigger_revoked_5b6f2",
                            table="base_apikey",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
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
                ("row_id", models.BigIntegerField(blank=True, null=True, verbose_name="record")),
                ("name", models.CharField(max_length=240, verbose_name="name")),
                (
                    "description",
                    models.TextField(blank=True, default="", verbose_name="description"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("binary", "File"), ("url", "Link")],
                        default="binary",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "url",
                    models.CharField(
                        blank=True, default="", max_length=1024, verbose_name="address"
                    ),
                ),
                (
                    "checksum",
                    models.CharField(
                        blank=True,
                        default="",
                        editable=False,
                        max_length=64,
                        verbose_name="SHA-256",
                    ),
                ),
                (
                    "size",
                    models.BigIntegerField(default=0, editable=False, verbose_name="size in bytes"),
                ),
                (
                    "mimetype",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="type"),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True, default="", max_length=64, verbose_name="field of the record"
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(default=False, verbose_name="everyone may read it"),
                ),
                (
                    "access_token",
                    models.CharField(
                        blank=True,
                        default="",
                        editable=False,
                        max_length=64,
                        verbose_name="access token",
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
                    "content_type",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                        verbose_name="kind of record",
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
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ("-id",),
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("checksum", ""), _negated=True),
                        fields=["checksum"],
                        name="base_attachment_by_checksum",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "binary"), ("url", "")),
                            models.Q(
                                ("checksum", ""),
                                ("kind", "url"),
                                models.Q(("url", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="base_attachment_is_a_file_or_a_link",
                        violation_error_message="An attachment is either a file or a link.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checksum", ""), ("checksum__regex", "^[0-9a-f]{64}$"), _connector="OR"
                        ),
                        name="base_attachment_checksum_is_sha256",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
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
                ("row_id", models.BigIntegerField(blank=True, null=True, verbose_name="record")),
                (
                    "summary",
                    models.CharField(
                        blank=True, default="", max_length=240, verbose_name="summary"
                    ),
                ),
                ("note", base.html.HtmlField(blank=True, default="", verbose_name="note")),
                (
                    "record_name",
                    models.CharField(
                        blank=True, default="", max_length=400, verbose_name="name of the record"
                    ),
                ),
                ("due_date", models.DateField(verbose_name="due")),
                (
                    "is_automated",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="planned by the system"
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(default=True, editable=False, verbose_name="open"),
                ),
                (
                    "done_date",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="done on"),
                ),
                (
                    "feedback",
                    models.TextField(
                        blank=True, default="", editable=False, verbose_name="said when done"
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
                    "content_type",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                        verbose_name="kind of record",
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
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="to be done by",
                    ),
                ),
                (
                    "previous_type",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="base.activitytype",
                        verbose_name="follows a",
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.activitytype",
                        verbose_name="type",
                    ),
                ),
                (
                    "attachments",
                    models.ManyToManyField(
                        blank=True,
                        related_name="activities",
                        to="base.attachment",
                        verbose_name="attachments",
                    ),
                ),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
                "ordering": ("due_date", "id"),
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_active", True)),
                        fields=["user", "due_date"],
                        name="base_activity_to_do",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_date__isnull", True), ("is_active", False), _connector="OR"
                        ),
                        name="base_activity_done_or_open",
                        violation_error_message="An activity that is done is not open any more.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="56124a0e6a7c4fd703d5a4b1f8db08882f5b1230",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_c860b",
                            table="base_activity",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Company",
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
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("sequence", models.IntegerField(default=10, verbose_name="sequence")),
                ("language", models.CharField(default="en", max_length=8, verbose_name="language")),
                (
                    "timezone",
                    models.CharField(
                        default="Asia/Jakarta", max_length=64, verbose_name="time zone"
                    ),
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
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="base.attachment",
                        verbose_name="logo",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="branches",
                        to="base.company",
                        verbose_name="branch of",
                    ),
                ),
            ],
            options={
                "verbose_name": "company",
                "verbose_name_plural": "companies",
                "ordering": ("sequence", "name", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name",),
                        name="base_company_name_once",
                        violation_error_message="There is already a company with this name.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="attachment",
            name="company",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="base.company",
                verbose_name="company",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="companies",
            field=models.ManyToManyField(
                blank=True, related_name="users", to="base.company", verbose_name="companies"
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="company",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="base.company",
                verbose_name="current company",
            ),
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                (
                    "key",
                    models.CharField(
                        max_length=120, primary_key=True, serialize=False, verbose_name="key"
                    ),
                ),
                ("value", models.BigIntegerField(default=0, verbose_name="last number")),
            ],
            options={
                "verbose_name": "counter",
                "verbose_name_plural": "counters",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("value__gte", 0)), name="base_counter_not_negative"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Country",
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
                ("code", models.CharField(max_length=2, unique=True, verbose_name="code")),
                (
                    "code3",
                    models.CharField(
                        blank=True, default="", max_length=3, verbose_name="code of three letters"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("name_en", models.CharField(max_length=120, null=True, verbose_name="name")),
                ("name_ind", models.CharField(max_length=120, null=True, verbose_name="name")),
                ("phone_code", models.PositiveIntegerField(default=0, verbose_name="calling code")),
                (
                    "address_format",
                    models.TextField(
                        blank=True,
                        default="%(street)s\n%(street2)s\n%(city)s %(state_code)s %(zip)s\n%(country_name)s",
                        verbose_name="address format",
                    ),
                ),
                (
                    "tax_id_label",
                    models.CharField(
                        blank=True, default="", max_length=32, verbose_name="name of the tax number"
                    ),
                ),
                (
                    "state_required",
                    models.BooleanField(default=False, verbose_name="address needs a state"),
                ),
                (
                    "zip_required",
                    models.BooleanField(default=True, verbose_name="address needs a postcode"),
                ),
                (
                    "name_position",
                    models.CharField(
                        choices=[("before", "Before the address"), ("after", "After the address")],
                        default="before",
                        max_length=8,
                        verbose_name="customer's name stands",
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
            ],
            options={
                "verbose_name": "country",
                "verbose_name_plural": "countries",
                "ordering": ("name", "id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[A-Z]{2}$")),
                        name="base_country_code_has_two_capitals",
                        violation_error_message="A country code has two capital letters, such as ID.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="company",
            name="country",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="base.country",
                verbose_name="country whose tax law applies",
            ),
        ),
        migrations.CreateModel(
            name="Bank",
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
                    "bic",
                    models.CharField(
                        blank=True,
                        db_index=True,
                        default="",
                        max_length=11,
                        verbose_name="BIC (SWIFT)",
                    ),
                ),
                (
                    "street",
                    models.CharField(blank=True, default="", max_length=240, verbose_name="street"),
                ),
                (
                    "city",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="city"),
                ),
                (
                    "zip",
                    models.CharField(
                        blank=True, default="", max_length=24, verbose_name="postcode"
                    ),
                ),
                (
                    "email",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=254,
                        validators=[base.mailboxes.check],
                        verbose_name="e-mail",
                    ),
                ),
                (
                    "phone",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="phone"),
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
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.country",
                        verbose_name="country",
                    ),
                ),
            ],
            options={
                "verbose_name": "bank",
                "verbose_name_plural": "banks",
                "ordering": ("name", "id"),
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="dbbce2d1454863b65ec3f7d31cce8203a4451cbb",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_ffd70",
                            table="base_bank",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CountryState",
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
                ("code", models.CharField(max_length=8, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "complete_name",
                    models.CharField(
                        default="", editable=False, max_length=140, verbose_name="name with country"
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
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="states",
                        to="base.country",
                        verbose_name="country",
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
                "verbose_name": "state or province",
                "verbose_name_plural": "states and provinces",
                "ordering": ("code", "id"),
                "abstract": False,
                "indexes": [models.Index(fields=["code", "id"], name="base_countrystate_by_code")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("country", "code"),
                        name="base_countrystate_code_once_per_country",
                        violation_error_message="This country already has a state with that code.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="7cefd75a53d07a5a17f5942d7f9ee67590646327",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_cc493",
                            table="base_countrystate",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="complete_name",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        NEW.complete_name := NEW.name || ' (' ||\n            (SELECT code FROM base_country WHERE id = NEW.country_id) || ')';\n        RETURN NEW;\n    ",
                            hash="97db3a846ea194b14ec3076ab2e8003ac42a3b9b",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_complete_name_8982b",
                            table="base_countrystate",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Currency",
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
                ("code", models.CharField(max_length=3, unique=True, verbose_name="code")),
                (
                    "full_name",
                    models.CharField(blank=True, default="", max_length=80, verbose_name="name"),
                ),
                (
                    "full_name_en",
                    models.CharField(
                        blank=True, default="", max_length=80, null=True, verbose_name="name"
                    ),
                ),
                (
                    "full_name_ind",
                    models.CharField(
                        blank=True, default="", max_length=80, null=True, verbose_name="name"
                    ),
                ),
                (
                    "numeric_code",
                    models.PositiveSmallIntegerField(default=0, verbose_name="ISO number"),
                ),
                ("symbol", models.CharField(max_length=12, verbose_name="symbol")),
                (
                    "position",
                    models.CharField(
                        choices=[("before", "Before the amount"), ("after", "After the amount")],
                        default="before",
                        max_length=8,
                        verbose_name="symbol stands",
                    ),
                ),
                (
                    "decimal_places",
                    models.PositiveSmallIntegerField(default=2, verbose_name="decimal places"),
                ),
                (
                    "unit_label",
                    models.CharField(blank=True, default="", max_length=40, verbose_name="unit"),
                ),
                (
                    "unit_label_en",
                    models.CharField(
                        blank=True, default="", max_length=40, null=True, verbose_name="unit"
                    ),
                ),
                (
                    "unit_label_ind",
                    models.CharField(
                        blank=True, default="", max_length=40, null=True, verbose_name="unit"
                    ),
                ),
                (
                    "subunit_label",
                    models.CharField(blank=True, default="", max_length=40, verbose_name="subunit"),
                ),
                (
                    "subunit_label_en",
                    models.CharField(
                        blank=True, default="", max_length=40, null=True, verbose_name="subunit"
                    ),
                ),
                (
                    "subunit_label_ind",
                    models.CharField(
                        blank=True, default="", max_length=40, null=True, verbose_name="subunit"
                    ),
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
                "verbose_name": "currency",
                "verbose_name_plural": "currencies",
                "ordering": ("-is_active", "code"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[A-Z]{3}$")),
                        name="base_currency_code_has_three_capitals",
                        violation_error_message="A currency code has three capital letters, such as IDR.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decimal_places__lte", 4)),
                        name="base_currency_at_most_four_decimal_places",
                        violation_error_message="A currency has at most four decimal places.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="a75476dd4f40793544776b142a093cba49cbd862",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_3a594",
                            table="base_currency",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.full_name_en := coalesce(nullif(NEW.full_name_en, ''), nullif(NEW.full_name, ''), NEW.full_name_ind);\n    ELSIF NEW.full_name IS DISTINCT FROM OLD.full_name AND (NEW.full_name_en, NEW.full_name_ind)\n        IS NOT DISTINCT FROM (OLD.full_name_en, OLD.full_name_ind) THEN\n        NEW.full_name_en := NEW.full_name;\n    END IF;\n    NEW.full_name := coalesce(nullif(NEW.full_name_en, ''), nullif(NEW.full_name_ind, ''), '');\n    IF TG_OP = 'INSERT' THEN\n        NEW.unit_label_en := coalesce(nullif(NEW.unit_label_en, ''), nullif(NEW.unit_label, ''), NEW.unit_label_ind);\n    ELSIF NEW.unit_label IS DISTINCT FROM OLD.unit_label AND (NEW.unit_label_en, NEW.unit_label_ind)\n        IS NOT DISTINCT FROM (OLD.unit_label_en, OLD.unit_label_ind) THEN\n        NEW.unit_label_en := NEW.unit_label;\n    END IF;\n    NEW.unit_label := coalesce(nullif(NEW.unit_label_en, ''), nullif(NEW.unit_label_ind, ''), '');\n    IF TG_OP = 'INSERT' THEN\n        NEW.subunit_label_en := coalesce(nullif(NEW.subunit_label_en, ''), nullif(NEW.subunit_label, ''), NEW.subunit_label_ind);\n    ELSIF NEW.subunit_label IS DISTINCT FROM OLD.subunit_label AND (NEW.subunit_label_en, NEW.subunit_label_ind)\n        IS NOT DISTINCT FROM (OLD.subunit_label_en, OLD.subunit_label_ind) THEN\n        NEW.subunit_label_en := NEW.subunit_label;\n    END IF;\n    NEW.subunit_label := coalesce(nullif(NEW.subunit_label_en, ''), nullif(NEW.subunit_label_ind, ''), '');\n    RETURN NEW;",
                            hash="58075f2ae4506952b9baf6f818620d688248c581",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_80efa",
                            table="base_currency",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="6276406c02a049844a080cb5ec94b5324a4aec79",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_f87b9",
                            table="base_currency",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="country",
            name="currency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="countries",
                to="base.currency",
                verbose_name="currency",
            ),
        ),
        migrations.AddField(
            model_name="company",
            name="currency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="base.currency",
                verbose_name="currency",
            ),
        ),
        migrations.CreateModel(
            name="CurrencyRate",
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
                ("date", models.DateField(verbose_name="date")),
                (
                    "rate",
                    base.money.RateField(decimal_places=20, max_digits=36, verbose_name="rate"),
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
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
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
                    "currency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rates",
                        to="base.currency",
                        verbose_name="currency",
                    ),
                ),
            ],
            options={
                "verbose_name": "currency rate",
                "verbose_name_plural": "currency rates",
                "ordering": ("-date", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("currency", "date", "company"),
                        name="base_currencyrate_once_a_day",
                        nulls_distinct=False,
                        violation_error_message="There is already a rate of this currency for that day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rate__gt", 0)),
                        name="base_currencyrate_positive",
                        violation_error_message="A rate must be greater than zero.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="703d92c1b2766d618348626c4156d4f1f237e109",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_46c59",
                            table="base_currencyrate",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="4e31d688f8e922755cb29ca10f4257ca9f68655a",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_439a7",
                            table="base_currencyrate",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExternalId",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("module", models.CharField(default="", max_length=64, verbose_name="module")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("row_id", models.BigIntegerField(verbose_name="row")),
                ("keeps_edits", models.BooleanField(default=False, verbose_name="keeps edits")),
                (
                    "seeded",
                    models.JSONField(
                        blank=True, editable=False, null=True, verbose_name="seeded values"
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "verbose_name": "external id",
                "verbose_name_plural": "external ids",
                "ordering": ("module", "name"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("module", "name"),
                        name="base_externalid_name_once_per_module",
                        violation_error_message="This external id is already taken.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="base_externalid_is_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Industry",
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
                    "full_name",
                    models.CharField(
                        blank=True, default="", max_length=240, verbose_name="full name"
                    ),
                ),
                (
                    "full_name_en",
                    models.CharField(
                        blank=True, default="", max_length=240, null=True, verbose_name="full name"
                    ),
                ),
                (
                    "full_name_ind",
                    models.CharField(
                        blank=True, default="", max_length=240, null=True, verbose_name="full name"
                    ),
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
                "verbose_name": "industry",
                "verbose_name_plural": "industries",
                "ordering": ("name", "id"),
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="f592d5895f9b795e6b6fd54161fed46bd3bf6451",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_16484",
                            table="base_industry",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.name_en := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name, ''), NEW.name_ind);\n    ELSIF NEW.name IS DISTINCT FROM OLD.name AND (NEW.name_en, NEW.name_ind)\n        IS NOT DISTINCT FROM (OLD.name_en, OLD.name_ind) THEN\n        NEW.name_en := NEW.name;\n    END IF;\n    NEW.name := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name_ind, ''), '');\n    IF TG_OP = 'INSERT' THEN\n        NEW.full_name_en := coalesce(nullif(NEW.full_name_en, ''), nullif(NEW.full_name, ''), NEW.full_name_ind);\n    ELSIF NEW.full_name IS DISTINCT FROM OLD.full_name AND (NEW.full_name_en, NEW.full_name_ind)\n        IS NOT DISTINCT FROM (OLD.full_name_en, OLD.full_name_ind) THEN\n        NEW.full_name_en := NEW.full_name;\n    END IF;\n    NEW.full_name := coalesce(nullif(NEW.full_name_en, ''), nullif(NEW.full_name_ind, ''), '');\n    RETURN NEW;",
                            hash="77edf51a6c65677ac35c6060e090adec911676a1",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_fc352",
                            table="base_industry",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Language",
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
                ("code", models.CharField(max_length=16, unique=True, verbose_name="code")),
                ("django_code", models.CharField(max_length=16, verbose_name="short code")),
                (
                    "iso_code",
                    models.CharField(
                        blank=True, default="", max_length=16, verbose_name="ISO code"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("is_active", models.BooleanField(default=False, verbose_name="active")),
                (
                    "direction",
                    models.CharField(
                        choices=[("ltr", "Left to right"), ("rtl", "Right to left")],
                        default="ltr",
                        max_length=3,
                        verbose_name="direction",
                    ),
                ),
                (
                    "date_format",
                    models.CharField(default="%m/%d/%Y", max_length=32, verbose_name="date format"),
                ),
                (
                    "time_format",
                    models.CharField(
                        choices=[("%H:%M:%S", "13:00:00"), ("%I:%M:%S %p", "1:00:00 PM")],
                        default="%H:%M:%S",
                        max_length=16,
                        verbose_name="time format",
                    ),
                ),
                (
                    "week_start",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="first day of the week"
                    ),
                ),
                (
                    "grouping",
                    models.CharField(
                        default="[3,0]", max_length=16, verbose_name="grouping of digits"
                    ),
                ),
                (
                    "decimal_point",
                    models.CharField(default=".", max_length=2, verbose_name="decimal sign"),
                ),
                (
                    "thousands_separator",
                    models.CharField(
                        blank=True, default=",", max_length=2, verbose_name="thousands separator"
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
            ],
            options={
                "verbose_name": "language",
                "verbose_name_plural": "languages",
                "ordering": ("-is_active", "name", "id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("week_start__gte", 1), ("week_start__lte", 7)),
                        name="base_language_week_starts_on_a_day",
                        violation_error_message="The week starts on a day from 1 (Monday) to 7 (Sunday).",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="794121e765f235b0939b174d31cad3a19b69c468",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_a739c",
                            table="base_language",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageSubtype",
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
                    "description",
                    models.CharField(
                        blank=True, default="", max_length=240, verbose_name="description"
                    ),
                ),
                (
                    "description_en",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=240,
                        null=True,
                        verbose_name="description",
                    ),
                ),
                (
                    "description_ind",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=240,
                        null=True,
                        verbose_name="description",
                    ),
                ),
                (
                    "is_internal",
                    models.BooleanField(default=False, verbose_name="for employees only"),
                ),
                (
                    "is_default",
                    models.BooleanField(default=True, verbose_name="followers get it by default"),
                ),
                ("is_hidden", models.BooleanField(default=False, verbose_name="hidden")),
                (
                    "model",
                    models.CharField(
                        blank=True, default="", max_length=120, verbose_name="only for"
                    ),
                ),
                ("sequence", models.IntegerField(default=1, verbose_name="sequence")),
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
                "verbose_name": "message subtype",
                "verbose_name_plural": "message subtypes",
                "ordering": ("sequence", "id"),
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="fd0d023bd246435d40e2819405776748cb570f01",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_64900",
                            table="base_messagesubtype",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.name_en := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name, ''), NEW.name_ind);\n    ELSIF NEW.name IS DISTINCT FROM OLD.name AND (NEW.name_en, NEW.name_ind)\n        IS NOT DISTINCT FROM (OLD.name_en, OLD.name_ind) THEN\n        NEW.name_en := NEW.name;\n    END IF;\n    NEW.name := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name_ind, ''), '');\n    IF TG_OP = 'INSERT' THEN\n        NEW.description_en := coalesce(nullif(NEW.description_en, ''), nullif(NEW.description, ''), NEW.description_ind);\n    ELSIF NEW.description IS DISTINCT FROM OLD.description AND (NEW.description_en, NEW.description_ind)\n        IS NOT DISTINCT FROM (OLD.description_en, OLD.description_ind) THEN\n        NEW.description_en := NEW.description;\n    END IF;\n    NEW.description := coalesce(nullif(NEW.description_en, ''), nullif(NEW.description_ind, ''), '');\n    RETURN NEW;",
                            hash="672da71bf30ad85d6ec4b6b77976bb88389fa52c",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_c5a0d",
                            table="base_messagesubtype",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
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
                ("row_id", models.BigIntegerField(blank=True, null=True, verbose_name="record")),
                (
                    "subject",
                    models.CharField(
                        blank=True, default="", max_length=400, verbose_name="subject"
                    ),
                ),
                ("body", base.html.HtmlField(blank=True, default="", verbose_name="text")),
                (
                    "date",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="date"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("comment", "Comment"),
                            ("notification", "System notification"),
                            ("email", "Incoming e-mail"),
                            ("email_outgoing", "Outgoing e-mail"),
                            ("auto_comment", "Automatic comment"),
                            ("out_of_office", "Out of office"),
                            ("user_notification", "Notice to a user"),
                        ],
                        default="notification",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "record_name",
                    models.CharField(
                        blank=True, default="", max_length=400, verbose_name="name of the record"
                    ),
                ),
                (
                    "email_from",
                    models.CharField(blank=True, default="", max_length=320, verbose_name="from"),
                ),
                (
                    "reply_to",
                    models.CharField(
                        blank=True, default="", max_length=320, verbose_name="reply to"
                    ),
                ),
                (
                    "message_id",
                    models.CharField(
                        blank=True, default="", max_length=250, verbose_name="Message-ID"
                    ),
                ),
                (
                    "is_internal",
                    models.BooleanField(default=False, verbose_name="for employees only"),
                ),
                (
                    "attachments",
                    models.ManyToManyField(
                        blank=True,
                        related_name="messages",
                        to="base.attachment",
                        verbose_name="attachments",
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
                    "content_type",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                        verbose_name="kind of record",
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
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answers",
                        to="base.message",
                        verbose_name="answer to",
                    ),
                ),
                (
                    "subtype",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="base.messagesubtype",
                        verbose_name="subtype",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ("-id",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Parameter",
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
                ("key", models.CharField(max_length=240, unique=True, verbose_name="key")),
                ("value", models.TextField(blank=True, verbose_name="value")),
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
                "verbose_name": "parameter",
                "verbose_name_plural": "parameters",
                "ordering": ("key",),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        name="base_parameter_has_a_key",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="8140c76ae6c93446aeb92489bd8dd1fd9249ad9a",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_18818",
                            table="base_parameter",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="91ee2cbbcda4c363cd410579cd154f9f08668cbb",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_e187d",
                            table="base_parameter",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Partner",
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
                ("name", models.CharField(blank=True, max_length=240, verbose_name="name")),
                (
                    "complete_name",
                    models.CharField(
                        default="", editable=False, max_length=500, verbose_name="full name"
                    ),
                ),
                (
                    "sort_name",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            base.search.Unaccented(models.F("complete_name"))
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "search_text",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            base.search.Unaccented(
                                django.db.models.functions.text.Concat(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("complete_name"),
                                        models.Value(""),
                                        output_field=models.TextField(),
                                    ),
                                    models.Value("\n"),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("email"),
                                        models.Value(""),
                                        output_field=models.TextField(),
                                    ),
                                    models.Value("\n"),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("reference"),
                                        models.Value(""),
                                        output_field=models.TextField(),
                                    ),
                                    models.Value("\n"),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("tax_id"),
                                        models.Value(""),
                                        output_field=models.TextField(),
                                    ),
                                    models.Value("\n"),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("barcode"),
                                        models.Value(""),
                                        output_field=models.TextField(),
                                    ),
                                    output_field=models.TextField(),
                                )
                            )
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                ("is_company", models.BooleanField(default=False, verbose_name="is a company")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contact", "Contact"),
                            ("invoice", "Invoice address"),
                            ("delivery", "Delivery address"),
                            ("other", "Other address"),
                        ],
                        default="contact",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, default="", max_length=64, verbose_name="our reference"
                    ),
                ),
                (
                    "company_name",
                    models.CharField(
                        blank=True, default="", max_length=240, verbose_name="company name"
                    ),
                ),
                (
                    "job_title",
                    models.CharField(
                        blank=True, default="", max_length=120, verbose_name="job title"
                    ),
                ),
                (
                    "tax_id",
                    models.CharField(
                        blank=True, default="", max_length=64, verbose_name="tax number (NPWP, VAT)"
                    ),
                ),
                (
                    "tax_id_compact",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Upper(
                            models.Func(
                                models.F("tax_id"),
                                models.Value("[^A-Za-z0-9]"),
                                models.Value(""),
                                models.Value("g"),
                                function="regexp_replace",
                                output_field=models.CharField(max_length=64),
                            )
                        ),
                        output_field=models.CharField(max_length=64),
                    ),
                ),
                (
                    "nik",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=24,
                        verbose_name="national identity number (NIK)",
                    ),
                ),
                (
                    "company_registry",
                    models.CharField(
                        blank=True, default="", max_length=64, verbose_name="company registry"
                    ),
                ),
                (
                    "email",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=254,
                        validators=[base.mailboxes.check],
                        verbose_name="e-mail",
                    ),
                ),
                (
                    "phone",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="phone"),
                ),
                (
                    "website",
                    models.CharField(
                        blank=True, default="", max_length=254, verbose_name="website"
                    ),
                ),
                (
                    "street",
                    models.CharField(blank=True, default="", max_length=240, verbose_name="street"),
                ),
                (
                    "street2",
                    models.CharField(
                        blank=True, default="", max_length=240, verbose_name="street, second line"
                    ),
                ),
                (
                    "city",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="city"),
                ),
                (
                    "zip",
                    models.CharField(
                        blank=True, default="", max_length=24, verbose_name="postcode"
                    ),
                ),
                ("comment", base.html.HtmlField(blank=True, default="", verbose_name="notes")),
                (
                    "language",
                    models.CharField(blank=True, default="", max_length=8, verbose_name="language"),
                ),
                (
                    "timezone",
                    models.CharField(
                        blank=True, default="", max_length=64, verbose_name="time zone"
                    ),
                ),
                (
                    "barcode",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="barcode"),
                ),
                ("color", models.IntegerField(default=0, verbose_name="color")),
                ("is_employee", models.BooleanField(default=False, verbose_name="is an employee")),
                (
                    "customer_rank",
                    models.PositiveIntegerField(default=0, verbose_name="customer rank"),
                ),
                (
                    "supplier_rank",
                    models.PositiveIntegerField(default=0, verbose_name="vendor rank"),
                ),
                (
                    "credit_limit",
                    base.money.MoneyField(
                        decimal_places=4,
                        default=Decimal(0),
                        max_digits=20,
                        verbose_name="credit limit",
                    ),
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
                    "commercial_partner",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="base.partner",
                        verbose_name="who owes and is owed",
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
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.country",
                        verbose_name="country",
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
                    "image",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="base.attachment",
                        verbose_name="picture",
                    ),
                ),
                (
                    "industry",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.industry",
                        verbose_name="industry",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="children",
                        to="base.partner",
                        verbose_name="belongs to",
                    ),
                ),
                (
                    "salesperson",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="salesperson",
                    ),
                ),
                (
                    "state",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.countrystate",
                        verbose_name="state or province",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner",
                "verbose_name_plural": "partners",
                "ordering": ("sort_name", "-id"),
                "abstract": False,
                "indexes": [
                    models.Index(
                        models.F("sort_name"),
                        models.OrderBy(models.F("id"), descending=True),
                        name="base_partner_by_name",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            models.F("search_text"), name="gin_trgm_ops"
                        ),
                        name="base_partner_search",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            base.search.Unaccented(models.F("name")), name="gin_trgm_ops"
                        ),
                        name="base_partner_name_like",
                    ),
                    models.Index(
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("email", ""), _negated=True),
                        name="base_partner_by_email",
                    ),
                    models.Index(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=["reference"],
                        name="base_partner_by_reference",
                    ),
                    models.Index(
                        condition=models.Q(("image__isnull", False)),
                        fields=["image"],
                        name="base_partner_by_image",
                    ),
                    models.Index(fields=["changed_at", "id"], name="base_partner_by_change"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "contact"), _negated=True),
                            models.Q(("name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="base_partner_contact_is_named",
                        violation_error_message="A contact needs a name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ("contact", "invoice", "delivery", "other"))
                        ),
                        name="base_partner_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="base_partner_not_its_own_parent",
                        violation_error_message="A partner cannot belong to itself.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("barcode", ""), _negated=True),
                        fields=("barcode",),
                        name="base_partner_barcode_once",
                        violation_error_message="Another partner already has this barcode.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_read", models.BooleanField(default=False, verbose_name="read")),
                ("is_starred", models.BooleanField(default=False, verbose_name="starred")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to="base.message",
                        verbose_name="message",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to="base.partner",
                        verbose_name="partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "notification",
                "verbose_name_plural": "notifications",
                "ordering": ("-id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_read", False)),
                        fields=["partner"],
                        name="base_notification_unread",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("message", "partner"), name="base_notification_once_per_partner"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="message",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="base.partner",
                verbose_name="author",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="recipients",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="base.partner", verbose_name="sent to"
            ),
        ),
        migrations.CreateModel(
            name="Follower",
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
                ("row_id", models.BigIntegerField(blank=True, null=True, verbose_name="record")),
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
                    "content_type",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                        verbose_name="kind of record",
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
                    "subtypes",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="base.messagesubtype",
                        verbose_name="hears of",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followings",
                        to="base.partner",
                        verbose_name="partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "follower",
                "verbose_name_plural": "followers",
                "ordering": ("id",),
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="2ef7dbed8f9b48f36335b6863f801b724bb4f0a9",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_261bc",
                            table="base_follower",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="company",
            name="partner",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="own_company",
                to="base.partner",
                verbose_name="partner",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="partner",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="user",
                to="base.partner",
                verbose_name="partner",
            ),
        ),
        migrations.CreateModel(
            name="PartnerBankAccount",
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
                ("number", models.CharField(max_length=64, verbose_name="account number")),
                (
                    "sanitized_number",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Upper(
                            models.Func(
                                models.F("number"),
                                models.Value("[^A-Za-z0-9]"),
                                models.Value(""),
                                models.Value("g"),
                                function="regexp_replace",
                                output_field=models.CharField(max_length=64),
                            )
                        ),
                        output_field=models.CharField(max_length=64),
                    ),
                ),
                (
                    "holder_name",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="holder's name"
                    ),
                ),
                (
                    "is_trusted",
                    models.BooleanField(default=False, verbose_name="money may be sent here"),
                ),
                ("sequence", models.IntegerField(default=10, verbose_name="sequence")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "bank",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.bank",
                        verbose_name="bank",
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
                    "currency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.currency",
                        verbose_name="currency",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bank_accounts",
                        to="base.partner",
                        verbose_name="holder",
                    ),
                ),
            ],
            options={
                "verbose_name": "bank account",
                "verbose_name_plural": "bank accounts",
                "ordering": ("sequence", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partner", "sanitized_number"),
                        name="base_partnerbankaccount_once_per_partner",
                        violation_error_message="The partner already has this account.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        name="base_partnerbankaccount_is_numbered",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="6288761f66e957b319cb4bc17385e6d17f14ed55",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_21031",
                            table="base_partnerbankaccount",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="8dc74cb291b6a225d7b9ff7e6fc89adf2ba81475",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_e63c0",
                            table="base_partnerbankaccount",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerTag",
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
                (
                    "complete_name",
                    models.CharField(
                        default="", editable=False, max_length=400, verbose_name="full name"
                    ),
                ),
                (
                    "complete_name_en",
                    models.CharField(
                        default="",
                        editable=False,
                        max_length=400,
                        null=True,
                        verbose_name="full name",
                    ),
                ),
                (
                    "complete_name_ind",
                    models.CharField(
                        default="",
                        editable=False,
                        max_length=400,
                        null=True,
                        verbose_name="full name",
                    ),
                ),
                ("color", models.IntegerField(default=0, verbose_name="color")),
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
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="base.partnertag",
                        verbose_name="below",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner tag",
                "verbose_name_plural": "partner tags",
                "ordering": ("name", "id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="base_partnertag_not_its_own_parent",
                        violation_error_message="A tag cannot hang below itself.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="ece6527ff4dd706502ada735fac263c98d2df267",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_58498",
                            table="base_partnertag",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.name_en := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name, ''), NEW.name_ind);\n    ELSIF NEW.name IS DISTINCT FROM OLD.name AND (NEW.name_en, NEW.name_ind)\n        IS NOT DISTINCT FROM (OLD.name_en, OLD.name_ind) THEN\n        NEW.name_en := NEW.name;\n    END IF;\n    NEW.name := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name_ind, ''), '');\n    RETURN NEW;",
                            hash="bcfeba3039bcd0a7f71371d4158829eb21929493",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_b7758",
                            table="base_partnertag",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="base_partnertag_no_circle",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."parent_id" IS NOT NULL)',
                            declare="DECLARE ancestor bigint;",
                            func="\n            ancestor := NEW.parent_id;\n            IF TG_OP = 'UPDATE' THEN PERFORM pg_advisory_xact_lock(hashtext('base_partnertag_no_circle')); END IF;\n            WHILE ancestor IS NOT NULL LOOP\n                IF ancestor = NEW.id THEN RAISE EXCEPTION 'base_partnertag_no_circle' USING ERRCODE = 'check_violation', CONSTRAINT = 'base_partnertag_no_circle', TABLE = TG_TABLE_NAME; END IF;\n                SELECT parent_id INTO ancestor FROM base_partnertag WHERE id = ancestor;\n            END LOOP;\n            RETURN NEW;\n        ",
                            hash="2905750f7a06abd6ecbdf828096f57c81958afcb",
                            operation='INSERT OR UPDATE OF "parent_id"',
                            pgid="pgtrigger_base_partnertag_no_circle_1c1d3",
                            table="base_partnertag",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="full_name",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            NEW.complete_name := concat_ws(' / ', (\n                SELECT p.complete_name FROM base_partnertag p WHERE p.id = NEW.parent_id\n            ), NEW.name);\n\n            NEW.complete_name_en := concat_ws(' / ', (\n                SELECT coalesce(nullif(p.complete_name_en, ''), p.complete_name) FROM base_partnertag p WHERE p.id = NEW.parent_id\n            ), coalesce(nullif(NEW.name_en, ''), NEW.name));\n\n            NEW.complete_name_ind := concat_ws(' / ', (\n                SELECT coalesce(nullif(p.complete_name_ind, ''), p.complete_name) FROM base_partnertag p WHERE p.id = NEW.parent_id\n            ), coalesce(nullif(NEW.name_ind, ''), NEW.name));\n RETURN NEW;",
                            hash="45ebdde1e335549d1e57419693c3131d97ef33f9",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_full_name_ff047",
                            table="base_partnertag",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="full_name_below",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF (OLD.complete_name, OLD.complete_name_en, OLD.complete_name_ind) IS DISTINCT FROM (NEW.complete_name, NEW.complete_name_en, NEW.complete_name_ind) THEN\n                UPDATE base_partnertag SET parent_id = parent_id WHERE parent_id = NEW.id;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="10eb515e360004ff2fc2f2650aaf11c9b38c0955",
                            operation="UPDATE",
                            pgid="pgtrigger_full_name_below_ead34",
                            table="base_partnertag",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="partner",
            name="tags",
            field=models.ManyToManyField(
                blank=True, related_name="partners", to="base.partnertag", verbose_name="tags"
            ),
        ),
        migrations.CreateModel(
            name="ProductAttribute",
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
                (
                    "display",
                    models.CharField(
                        choices=[
                            ("radio", "Radio buttons"),
                            ("pills", "Pills"),
                            ("select", "List"),
                            ("color", "Color"),
                            ("multi", "Several at once"),
                            ("image", "Picture"),
                        ],
                        default="radio",
                        max_length=8,
                        verbose_name="shown as",
                    ),
                ),
                (
                    "variants",
                    models.CharField(
                        choices=[
                            ("always", "made at once"),
                            ("dynamic", "made when first wanted"),
                            ("no_variant", "never made"),
                        ],
                        default="always",
                        max_length=12,
                        verbose_name="variants are",
                    ),
                ),
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
                "verbose_name": "product attribute",
                "verbose_name_plural": "product attributes",
                "ordering": ("sequence", "id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("display", "multi"), _negated=True),
                            ("variants", "no_variant"),
                            _connector="OR",
                        ),
                        name="base_productattribute_several_at_once_makes_no_variants",
                        violation_error_message="An attribute of which several values are chosen at once makes no variants.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="43f3807a979a2ecf98958cb70c50c82298e57b48",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_45efe",
                            table="base_productattribute",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.name_en := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name, ''), NEW.name_ind);\n    ELSIF NEW.name IS DISTINCT FROM OLD.name AND (NEW.name_en, NEW.name_ind)\n        IS NOT DISTINCT FROM (OLD.name_en, OLD.name_ind) THEN\n        NEW.name_en := NEW.name;\n    END IF;\n    NEW.name := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name_ind, ''), '');\n    RETURN NEW;",
                            hash="0f84b54548eb45e2891258f46c9ad5daf082b68f",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_9ffba",
                            table="base_productattribute",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductAttributeValue",
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
                (
                    "html_color",
                    models.CharField(blank=True, default="", max_length=16, verbose_name="color"),
                ),
                (
                    "default_price_extra",
                    base.money.PriceField(
                        decimal_places=8,
                        default=Decimal(0),
                        max_digits=24,
                        verbose_name="costs more by default",
                    ),
                ),
                (
                    "is_custom",
                    models.BooleanField(default=False, verbose_name="customer writes it"),
                ),
                ("sequence", models.IntegerField(default=10, verbose_name="sequence")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "attribute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="values",
                        to="base.productattribute",
                        verbose_name="attribute",
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
            ],
            options={
                "verbose_name": "attribute value",
                "verbose_name_plural": "attribute values",
                "ordering": ("attribute_id", "sequence", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("attribute", "name"),
                        name="base_productattributevalue_once_per_attribute",
                        violation_error_message="The attribute already has this value.",
                    ),
                    models.UniqueConstraint(
                        fields=("attribute", "name_en"),
                        name="base_productattributevalue_once_per_attribute-en",
                        violation_error_message="The attribute already has this value.",
                    ),
                    models.UniqueConstraint(
                        fields=("attribute", "name_ind"),
                        name="base_productattributevalue_once_per_attribute-id",
                        violation_error_message="The attribute already has this value.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="f6e33983567d63d73e7e1cfbb956d814ab5b8f25",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_3c796",
                            table="base_productattributevalue",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.name_en := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name, ''), NEW.name_ind);\n    ELSIF NEW.name IS DISTINCT FROM OLD.name AND (NEW.name_en, NEW.name_ind)\n        IS NOT DISTINCT FROM (OLD.name_en, OLD.name_ind) THEN\n        NEW.name_en := NEW.name;\n    END IF;\n    NEW.name := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name_ind, ''), '');\n    RETURN NEW;",
                            hash="2dec5e2b38356e6b2f63ce3a7ccd0cdbdb8b55f5",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_40a97",
                            table="base_productattributevalue",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="tells_variants",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        UPDATE base_product SET template_id = template_id WHERE id IN (\n            SELECT pv.product_id FROM base_product_values pv\n              JOIN base_producttemplateattributevalue v ON v.id = pv.producttemplateattributevalue_id\n             WHERE v.value_id = NEW.id\n        );\n        RETURN NULL;\n    ",
                            hash="a7df217552f65dd1545c586f87a9213513b48e6a",
                            operation='UPDATE OF "name", "name_en", "name_ind"',
                            pgid="pgtrigger_tells_variants_a796f",
                            table="base_productattributevalue",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductCategory",
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
                    "complete_name",
                    models.CharField(
                        default="", editable=False, max_length=500, verbose_name="full name"
                    ),
                ),
                (
                    "complete_name_en",
                    models.CharField(
                        default="",
                        editable=False,
                        max_length=500,
                        null=True,
                        verbose_name="full name",
                    ),
                ),
                (
                    "complete_name_ind",
                    models.CharField(
                        default="",
                        editable=False,
                        max_length=500,
                        null=True,
                        verbose_name="full name",
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
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="base.productcategory",
                        verbose_name="below",
                    ),
                ),
            ],
            options={
                "verbose_name": "product category",
                "verbose_name_plural": "product categories",
                "ordering": ("complete_name", "id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="base_productcategory_not_its_own_parent",
                        violation_error_message="A category cannot hang below itself.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="feeb53b9459a47928b6ff7d6b970575eb0c2f43f",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_2b925",
                            table="base_productcategory",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.name_en := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name, ''), NEW.name_ind);\n    ELSIF NEW.name IS DISTINCT FROM OLD.name AND (NEW.name_en, NEW.name_ind)\n        IS NOT DISTINCT FROM (OLD.name_en, OLD.name_ind) THEN\n        NEW.name_en := NEW.name;\n    END IF;\n    NEW.name := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name_ind, ''), '');\n    RETURN NEW;",
                            hash="b17905861de55071ff739b36ea68a0a1996a4879",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_a94a9",
                            table="base_productcategory",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'complete_name', 'complete_name_en', 'complete_name_ind']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'complete_name', 'complete_name_en', 'complete_name_ind']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'complete_name', 'complete_name_en', 'complete_name_ind']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'complete_name', 'complete_name_en', 'complete_name_ind']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="4806c4994c72a193752509e3fdbd4c10a85a0a12",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_808f6",
                            table="base_productcategory",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="base_productcategory_no_circle",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."parent_id" IS NOT NULL)',
                            declare="DECLARE ancestor bigint;",
                            func="\n            ancestor := NEW.parent_id;\n            IF TG_OP = 'UPDATE' THEN PERFORM pg_advisory_xact_lock(hashtext('base_productcategory_no_circle')); END IF;\n            WHILE ancestor IS NOT NULL LOOP\n                IF ancestor = NEW.id THEN RAISE EXCEPTION 'base_productcategory_no_circle' USING ERRCODE = 'check_violation', CONSTRAINT = 'base_productcategory_no_circle', TABLE = TG_TABLE_NAME; END IF;\n                SELECT parent_id INTO ancestor FROM base_productcategory WHERE id = ancestor;\n            END LOOP;\n            RETURN NEW;\n        ",
                            hash="c03bcab8baf1003c8fb41303e167a300d9d8fe01",
                            operation='INSERT OR UPDATE OF "parent_id"',
                            pgid="pgtrigger_base_productcategory_no_circle_a2625",
                            table="base_productcategory",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="full_name",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            NEW.complete_name := concat_ws(' / ', (\n                SELECT p.complete_name FROM base_productcategory p WHERE p.id = NEW.parent_id\n            ), NEW.name);\n\n            NEW.complete_name_en := concat_ws(' / ', (\n                SELECT coalesce(nullif(p.complete_name_en, ''), p.complete_name) FROM base_productcategory p WHERE p.id = NEW.parent_id\n            ), coalesce(nullif(NEW.name_en, ''), NEW.name));\n\n            NEW.complete_name_ind := concat_ws(' / ', (\n                SELECT coalesce(nullif(p.complete_name_ind, ''), p.complete_name) FROM base_productcategory p WHERE p.id = NEW.parent_id\n            ), coalesce(nullif(NEW.name_ind, ''), NEW.name));\n RETURN NEW;",
                            hash="939c5b5b911924d064d783da8b75dcbb534c9bde",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_full_name_3aca4",
                            table="base_productcategory",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="full_name_below",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF (OLD.complete_name, OLD.complete_name_en, OLD.complete_name_ind) IS DISTINCT FROM (NEW.complete_name, NEW.complete_name_en, NEW.complete_name_ind) THEN\n                UPDATE base_productcategory SET parent_id = parent_id WHERE parent_id = NEW.id;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="0194ce8738c3a4e3cb52e7591dc7a8bd11849874",
                            operation="UPDATE",
                            pgid="pgtrigger_full_name_below_b8192",
                            table="base_productcategory",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductTag",
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
                (
                    "color",
                    models.CharField(
                        blank=True, default="#3C3C3C", max_length=16, verbose_name="color"
                    ),
                ),
                ("sequence", models.IntegerField(default=10, verbose_name="sequence")),
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
                "verbose_name": "product tag",
                "verbose_name_plural": "product tags",
                "ordering": ("sequence", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name",),
                        name="base_producttag_name_once",
                        violation_error_message="There is already a tag with this name.",
                    ),
                    models.UniqueConstraint(
                        fields=("name_en",),
                        name="base_producttag_name_once-en",
                        violation_error_message="There is already a tag with this name.",
                    ),
                    models.UniqueConstraint(
                        fields=("name_ind",),
                        name="base_producttag_name_once-id",
                        violation_error_message="There is already a tag with this name.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="fa03a68153b403853dd33a4d8f0d8514c77c6fe1",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_6132d",
                            table="base_producttag",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.name_en := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name, ''), NEW.name_ind);\n    ELSIF NEW.name IS DISTINCT FROM OLD.name AND (NEW.name_en, NEW.name_ind)\n        IS NOT DISTINCT FROM (OLD.name_en, OLD.name_ind) THEN\n        NEW.name_en := NEW.name;\n    END IF;\n    NEW.name := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name_ind, ''), '');\n    RETURN NEW;",
                            hash="85ac0a51531480f129f67dfaa7191064429cb3f0",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_73ee0",
                            table="base_producttag",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductTemplate",
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
                ("name", models.CharField(max_length=240, verbose_name="name")),
                ("name_en", models.CharField(max_length=240, null=True, verbose_name="name")),
                ("name_ind", models.CharField(max_length=240, null=True, verbose_name="name")),
                (
                    "search_text",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            base.search.Unaccented(
                                django.db.models.functions.text.Concat(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("name_en"),
                                        models.Value(""),
                                        output_field=models.TextField(),
                                    ),
                                    models.Value("\n"),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("name_ind"),
                                        models.Value(""),
                                        output_field=models.TextField(),
                                    ),
                                    output_field=models.TextField(),
                                )
                            )
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("consu", "Goods"), ("service", "Service"), ("combo", "Combo")],
                        default="consu",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("is_storable", models.BooleanField(default=False, verbose_name="kept in stock")),
                ("can_be_sold", models.BooleanField(default=True, verbose_name="can be sold")),
                (
                    "can_be_purchased",
                    models.BooleanField(default=True, verbose_name="can be purchased"),
                ),
                (
                    "list_price",
                    base.money.PriceField(
                        decimal_places=8,
                        default=Decimal(0),
                        max_digits=24,
                        verbose_name="sales price",
                    ),
                ),
                (
                    "description",
                    base.html.HtmlField(blank=True, default="", verbose_name="internal notes"),
                ),
                (
                    "sale_description",
                    models.TextField(blank=True, default="", verbose_name="text for quotations"),
                ),
                (
                    "sale_description_en",
                    models.TextField(
                        blank=True, default="", null=True, verbose_name="text for quotations"
                    ),
                ),
                (
                    "sale_description_ind",
                    models.TextField(
                        blank=True, default="", null=True, verbose_name="text for quotations"
                    ),
                ),
                (
                    "purchase_description",
                    models.TextField(blank=True, default="", verbose_name="text for vendors"),
                ),
                (
                    "purchase_description_en",
                    models.TextField(
                        blank=True, default="", null=True, verbose_name="text for vendors"
                    ),
                ),
                (
                    "purchase_description_ind",
                    models.TextField(
                        blank=True, default="", null=True, verbose_name="text for vendors"
                    ),
                ),
                (
                    "hs_code",
                    models.CharField(blank=True, default="", max_length=24, verbose_name="HS code"),
                ),
                ("sequence", models.IntegerField(default=1, verbose_name="sequence")),
                ("color", models.IntegerField(default=0, verbose_name="color")),
                ("is_favorite", models.BooleanField(default=False, verbose_name="favorite")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="templates",
                        to="base.productcategory",
                        verbose_name="category",
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
                    "country_of_origin",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.country",
                        verbose_name="country of origin",
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
                    "image",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="base.attachment",
                        verbose_name="picture",
                    ),
                ),
                (
                    "tags",
                    models.ManyToManyField(
                        blank=True,
                        related_name="templates",
                        to="base.producttag",
                        verbose_name="tags",
                    ),
                ),
            ],
            options={
                "verbose_name": "product",
                "verbose_name_plural": "products",
                "ordering": ("-is_favorite", "name", "id"),
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["-is_favorite", "name", "id"], name="base_template_by_name"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            models.F("search_text"), name="gin_trgm_ops"
                        ),
                        name="base_template_search",
                    ),
                    models.Index(
                        condition=models.Q(("image__isnull", False)),
                        fields=["image"],
                        name="base_template_by_image",
                    ),
                    models.Index(
                        fields=["-is_favorite", "name_en", "id"], name="base_template_by_name-en"
                    ),
                    models.Index(
                        fields=["-is_favorite", "name_ind", "id"], name="base_template_by_name-id"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="base_producttemplate_is_named",
                        violation_error_message="A product needs a name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("consu", "service", "combo"))),
                        name="base_producttemplate_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_storable", False), ("kind", "consu"), _connector="OR"
                        ),
                        name="base_producttemplate_only_goods_are_kept_in_stock",
                        violation_error_message="Only goods can be kept in stock.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductTemplateAttributeLine",
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
                ("sequence", models.IntegerField(default=10, verbose_name="sequence")),
                (
                    "attribute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="base.productattribute",
                        verbose_name="attribute",
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
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attribute_lines",
                        to="base.producttemplate",
                        verbose_name="template",
                    ),
                ),
                (
                    "values",
                    models.ManyToManyField(
                        blank=True,
                        related_name="lines",
                        to="base.productattributevalue",
                        verbose_name="values",
                    ),
                ),
            ],
            options={
                "verbose_name": "attribute of a product",
                "verbose_name_plural": "attributes of a product",
                "ordering": ("sequence", "attribute_id", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("template", "attribute"),
                        name="base_producttemplateattributeline_attribute_once",
                        violation_error_message="The product already varies by this attribute.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="83c04f14a47f07b107daafd80defba2ddbeef37a",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_fd398",
                            table="base_producttemplateattributeline",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductTemplateAttributeValue",
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
                (
                    "price_extra",
                    base.money.PriceField(
                        decimal_places=8,
                        default=Decimal(0),
                        max_digits=24,
                        verbose_name="costs more",
                    ),
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
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="template_values",
                        to="base.producttemplateattributeline",
                        verbose_name="attribute of the product",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="base.producttemplate",
                        verbose_name="template",
                    ),
                ),
                (
                    "value",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="template_values",
                        to="base.productattributevalue",
                        verbose_name="value",
                    ),
                ),
            ],
            options={
                "verbose_name": "value of a product's attribute",
                "verbose_name_plural": "values of a product's attributes",
                "ordering": ("line_id", "value_id", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "value"),
                        name="base_producttemplateattributevalue_once_per_line",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="585aecc9f3b836942e032efe56c12b512788531e",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_c43f5",
                            table="base_producttemplateattributevalue",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="part_of_template",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        SELECT template_id INTO NEW.template_id\n          FROM base_producttemplateattributeline WHERE id = NEW.line_id;\n        RETURN NEW;\n    ",
                            hash="1ea1e3474b2cbad87cf603f949b306f7811dfb42",
                            operation='INSERT OR UPDATE OF "line_id", "template_id"',
                            pgid="pgtrigger_part_of_template_72410",
                            table="base_producttemplateattributevalue",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="tells_variants",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        UPDATE base_product SET template_id = template_id WHERE template_id = NEW.template_id;\n        RETURN NULL;\n    ",
                            hash="e91d1c23aa9716ffb0902aa1d067f09a3e27f765",
                            operation='UPDATE OF "price_extra"',
                            pgid="pgtrigger_tells_variants_e540e",
                            table="base_producttemplateattributevalue",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Product",
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
                (
                    "full_name",
                    models.CharField(
                        default="", editable=False, max_length=600, verbose_name="full name"
                    ),
                ),
                (
                    "full_name_en",
                    models.CharField(
                        default="",
                        editable=False,
                        max_length=600,
                        null=True,
                        verbose_name="full name",
                    ),
                ),
                (
                    "full_name_ind",
                    models.CharField(
                        default="",
                        editable=False,
                        max_length=600,
                        null=True,
                        verbose_name="full name",
                    ),
                ),
                (
                    "search_text",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            base.search.Unaccented(
                                django.db.models.functions.text.Concat(
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("full_name_en"),
                                        models.Value(""),
                                        output_field=models.TextField(),
                                    ),
                                    models.Value("\n"),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("full_name_ind"),
                                        models.Value(""),
                                        output_field=models.TextField(),
                                    ),
                                    models.Value("\n"),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("barcode"),
                                        models.Value(""),
                                        output_field=models.TextField(),
                                    ),
                                    output_field=models.TextField(),
                                )
                            )
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, default="", max_length=64, verbose_name="internal reference"
                    ),
                ),
                (
                    "barcode",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="barcode"),
                ),
                (
                    "cost",
                    base.money.PriceField(
                        decimal_places=8, default=Decimal(0), max_digits=24, verbose_name="cost"
                    ),
                ),
                (
                    "weight",
                    base.money.QuantityField(
                        decimal_places=6,
                        default=Decimal(0),
                        max_digits=20,
                        verbose_name="weight in kg",
                    ),
                ),
                (
                    "volume",
                    base.money.QuantityField(
                        decimal_places=6,
                        default=Decimal(0),
                        max_digits=20,
                        verbose_name="volume in m³",
                    ),
                ),
                (
                    "combination",
                    models.CharField(
                        default="", editable=False, max_length=400, verbose_name="combination"
                    ),
                ),
                (
                    "price_extra",
                    base.money.PriceField(
                        decimal_places=8,
                        default=Decimal(0),
                        editable=False,
                        max_digits=24,
                        verbose_name="costs more than the template",
                    ),
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
                    "image",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="base.attachment",
                        verbose_name="picture",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="products",
                        to="base.producttemplate",
                        verbose_name="template",
                    ),
                ),
                (
                    "values",
                    models.ManyToManyField(
                        blank=True,
                        related_name="products",
                        to="base.producttemplateattributevalue",
                        verbose_name="attribute values",
                    ),
                ),
            ],
            options={
                "verbose_name": "product variant",
                "verbose_name_plural": "product variants",
                "ordering": ("reference", "full_name", "id"),
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["reference", "full_name", "id"], name="base_product_by_reference"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            models.F("search_text"), name="gin_trgm_ops"
                        ),
                        name="base_product_search",
                    ),
                    models.Index(
                        condition=models.Q(("image__isnull", False)),
                        fields=["image"],
                        name="base_product_by_image",
                    ),
                    models.Index(
                        fields=["reference", "full_name_en", "id"],
                        name="base_product_by_reference-en",
                    ),
                    models.Index(
                        fields=["reference", "full_name_ind", "id"],
                        name="base_product_by_reference-id",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_active", True)),
                        fields=("template", "combination"),
                        name="base_product_combination_once_per_template",
                        violation_error_message="The product already has this combination of attributes.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("barcode", ""), _negated=True),
                        fields=("barcode",),
                        name="base_product_barcode_once",
                        violation_error_message="Another product already has this barcode.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("volume__gte", 0), ("weight__gte", 0)),
                        name="base_product_weighs_at_least_nothing",
                        violation_error_message="Weight and volume are never negative.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="1ca8c1542d710bd68ca067e77aa5dac030a66a9e",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_29d86",
                            table="base_product",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'full_name', 'full_name_en', 'full_name_ind', 'search_text']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'full_name', 'full_name_en', 'full_name_ind', 'search_text']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'full_name', 'full_name_en', 'full_name_ind', 'search_text']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'full_name', 'full_name_en', 'full_name_ind', 'search_text']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="0b93734078e3b91f8bcec28b26d2749c333ddcfb",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_541bd",
                            table="base_product",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="derived",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        NEW.full_name := CASE NEW.reference WHEN '' THEN '' ELSE '[' || NEW.reference || '] ' END\n            || (SELECT t.name FROM base_producttemplate t WHERE t.id = NEW.template_id)\n            || CASE NEW.combination WHEN '' THEN '' ELSE coalesce(' (' || (\n                SELECT string_agg(a.name, ', ' ORDER BY l.sequence, l.id)\n                  FROM base_producttemplateattributevalue v\n                  JOIN base_producttemplateattributeline l ON l.id = v.line_id\n                  JOIN base_productattributevalue a ON a.id = v.value_id\n                 WHERE v.id = ANY (string_to_array(NEW.combination, ',')::bigint[])\n            ) || ')', '') END;\n        NEW.full_name_en := CASE NEW.reference WHEN '' THEN '' ELSE '[' || NEW.reference || '] ' END\n            || (SELECT coalesce(nullif(t.name_en, ''), t.name) FROM base_producttemplate t WHERE t.id = NEW.template_id)\n            || CASE NEW.combination WHEN '' THEN '' ELSE coalesce(' (' || (\n                SELECT string_agg(coalesce(nullif(a.name_en, ''), a.name), ', ' ORDER BY l.sequence, l.id)\n                  FROM base_producttemplateattributevalue v\n                  JOIN base_producttemplateattributeline l ON l.id = v.line_id\n                  JOIN base_productattributevalue a ON a.id = v.value_id\n                 WHERE v.id = ANY (string_to_array(NEW.combination, ',')::bigint[])\n            ) || ')', '') END;\n        NEW.full_name_ind := CASE NEW.reference WHEN '' THEN '' ELSE '[' || NEW.reference || '] ' END\n            || (SELECT coalesce(nullif(t.name_ind, ''), t.name) FROM base_producttemplate t WHERE t.id = NEW.template_id)\n            || CASE NEW.combination WHEN '' THEN '' ELSE coalesce(' (' || (\n                SELECT string_agg(coalesce(nullif(a.name_ind, ''), a.name), ', ' ORDER BY l.sequence, l.id)\n                  FROM base_producttemplateattributevalue v\n                  JOIN base_producttemplateattributeline l ON l.id = v.line_id\n                  JOIN base_productattributevalue a ON a.id = v.value_id\n                 WHERE v.id = ANY (string_to_array(NEW.combination, ',')::bigint[])\n            ) || ')', '') END;\n        NEW.price_extra := CASE NEW.combination WHEN '' THEN 0 ELSE coalesce((\n            SELECT sum(v.price_extra) FROM base_producttemplateattributevalue v\n             WHERE v.id = ANY (string_to_array(NEW.combination, ',')::bigint[])), 0) END;\n        RETURN NEW;\n",
                            hash="a134ac31ec7d4fddfbd9b9e9f21080742eb5fb71",
                            operation='INSERT OR UPDATE OF "reference", "template_id", "combination"',
                            pgid="pgtrigger_derived_e2253",
                            table="base_product",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Role",
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
                (
                    "module",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="module"),
                ),
                (
                    "summary",
                    models.CharField(
                        blank=True, default="", max_length=240, verbose_name="what it allows"
                    ),
                ),
                (
                    "summary_en",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=240,
                        null=True,
                        verbose_name="what it allows",
                    ),
                ),
                (
                    "summary_ind",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=240,
                        null=True,
                        verbose_name="what it allows",
                    ),
                ),
                ("sequence", models.IntegerField(default=100, verbose_name="sequence")),
                ("is_portal", models.BooleanField(default=False, verbose_name="for outsiders")),
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
                    "permissions",
                    models.ManyToManyField(
                        blank=True,
                        related_name="roles",
                        to="auth.permission",
                        verbose_name="permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "role",
                "verbose_name_plural": "roles",
                "ordering": ("module", "sequence", "name", "id"),
                "permissions": (("export_records", "Can export records"),),
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="user",
            name="roles",
            field=models.ManyToManyField(
                blank=True, related_name="users", to="base.role", verbose_name="roles"
            ),
        ),
        migrations.CreateModel(
            name="RoleImplication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "implied",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="base.role",
                        verbose_name="implied role",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="base.role",
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "implied role",
                "verbose_name_plural": "implied roles",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("role", "implied"), name="base_roleimplication_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role", models.F("implied")), _negated=True),
                        name="base_roleimplication_not_itself",
                        violation_error_message="A role cannot imply itself.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="role",
            name="implied_roles",
            field=models.ManyToManyField(
                blank=True,
                related_name="implied_by",
                through="base.RoleImplication",
                through_fields=("role", "implied"),
                to="base.role",
                verbose_name="implied roles",
            ),
        ),
        migrations.CreateModel(
            name="ScheduledJob",
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
                ("key", models.CharField(max_length=120, unique=True, verbose_name="key")),
                ("name", models.CharField(max_length=240, verbose_name="name")),
                ("task", models.CharField(max_length=200, verbose_name="task")),
                ("arguments", models.JSONField(blank=True, default=dict, verbose_name="arguments")),
                ("cron", models.CharField(max_length=80, verbose_name="runs at")),
                (
                    "interval_number",
                    models.PositiveIntegerField(default=1, verbose_name="runs every"),
                ),
                (
                    "interval_unit",
                    models.CharField(
                        choices=[
                            ("minutes", "minutes"),
                            ("hours", "hours"),
                            ("days", "days"),
                            ("weeks", "weeks"),
                            ("months", "months"),
                        ],
                        default="days",
                        max_length=8,
                        verbose_name="interval",
                    ),
                ),
                ("priority", models.IntegerField(default=5, verbose_name="priority")),
                (
                    "last_run_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="last run"
                    ),
                ),
                (
                    "next_run_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="next run"),
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
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="runs as",
                    ),
                ),
            ],
            options={
                "verbose_name": "scheduled job",
                "verbose_name_plural": "scheduled jobs",
                "ordering": ("name", "id"),
                "permissions": (("run_scheduledjob", "Can run scheduled jobs at once"),),
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="24e4e09eef81b4e4a57319b19c37df569baa3956",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_7dd92",
                            table="base_scheduledjob",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'last_run_at', 'next_run_at']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'last_run_at', 'next_run_at']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'last_run_at', 'next_run_at']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'last_run_at', 'next_run_at']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="a633c4d6037c290d43c8a8152a550346790c9c69",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_0b375",
                            table="base_scheduledjob",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JobRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("task", models.CharField(max_length=200, verbose_name="task")),
                ("arguments", models.JSONField(blank=True, default=dict, verbose_name="arguments")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "queued_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="queued at",
                    ),
                ),
                (
                    "started_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="started at"),
                ),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="finished at"),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("result", models.JSONField(blank=True, null=True, verbose_name="result")),
                ("error", models.TextField(blank=True, default="", verbose_name="error")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="runs",
                        to="base.scheduledjob",
                        verbose_name="job",
                    ),
                ),
            ],
            options={
                "verbose_name": "run of a job",
                "verbose_name_plural": "runs of jobs",
                "ordering": ("-id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("queued", "running", "done", "failed"))),
                        name="base_jobrun_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at__isnull", True),
                            ("finished_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="base_jobrun_finishes_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sequence",
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
                    "code",
                    models.CharField(
                        blank=True, db_index=True, default="", max_length=120, verbose_name="code"
                    ),
                ),
                (
                    "implementation",
                    models.CharField(
                        choices=[
                            ("standard", "Standard (gaps possible)"),
                            ("no_gap", "Without gaps"),
                        ],
                        default="standard",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "prefix",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="prefix"),
                ),
                (
                    "suffix",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="suffix"),
                ),
                ("padding", models.PositiveSmallIntegerField(default=0, verbose_name="digits")),
                ("next_number", models.BigIntegerField(default=1, verbose_name="next number")),
                ("increment", models.IntegerField(default=1, verbose_name="step")),
                (
                    "uses_ranges",
                    models.BooleanField(
                        default=False, verbose_name="begins anew in each date range"
                    ),
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
            ],
            options={
                "verbose_name": "sequence",
                "verbose_name_plural": "sequences",
                "ordering": ("name", "id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("increment__gt", 0)),
                        name="base_sequence_moves_forward",
                        violation_error_message="The step of a sequence must be at least 1.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="8c0da37d0b4167ea3eab75a57704f2721df62eae",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_61dd9",
                            table="base_sequence",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'next_number']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'next_number']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'next_number']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'next_number']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="128f5a912959d078fb6a7b0a32e0c6113c0980a3",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_78bc4",
                            table="base_sequence",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="forget_fast_numbers",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE stretch bigint;",
                            func="\n        EXECUTE format('DROP SEQUENCE IF EXISTS base_sequence_%s_numbers', OLD.id);\n        FOR stretch IN SELECT id FROM base_sequencerange WHERE sequence_id = OLD.id LOOP\n            EXECUTE format('DROP SEQUENCE IF EXISTS base_sequencerange_%s_numbers', stretch);\n        END LOOP;\n        RETURN NULL;\n    ",
                            hash="52a616bd09aa9ba8b8c283d4c59bf042cc559d53",
                            operation='UPDATE OF "next_number", "increment" OR DELETE',
                            pgid="pgtrigger_forget_fast_numbers_75bcd",
                            table="base_sequence",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SequenceRange",
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
                ("start_date", models.DateField(verbose_name="from")),
                ("end_date", models.DateField(verbose_name="to")),
                ("next_number", models.BigIntegerField(default=1, verbose_name="next number")),
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
                    "sequence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ranges",
                        to="base.sequence",
                        verbose_name="sequence",
                    ),
                ),
            ],
            options={
                "verbose_name": "date range of a sequence",
                "verbose_name_plural": "date ranges of sequences",
                "ordering": ("sequence_id", "start_date"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end_date__gte", models.F("start_date"))),
                        name="base_sequencerange_ends_after_it_starts",
                        violation_error_message="A date range ends after it starts.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("sequence", "="),
                            (
                                models.Func(
                                    models.F("start_date"),
                                    models.F("end_date"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="base_sequencerange_do_not_overlap",
                        violation_error_message="The date ranges of a sequence must not overlap.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="78a1ab83dfdc7b6b8d9d88f94bc1d2a853566c5e",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_6a436",
                            table="base_sequencerange",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="forget_fast_numbers",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        EXECUTE format('DROP SEQUENCE IF EXISTS base_sequencerange_%s_numbers', OLD.id);\n        RETURN NULL;\n    ",
                            hash="adc56468ebce1ecb58c1a6a3f22bf2c3d7b37b92",
                            operation='UPDATE OF "next_number" OR DELETE',
                            pgid="pgtrigger_forget_fast_numbers_2f500",
                            table="base_sequencerange",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitOfMeasure",
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
                (
                    "relative_factor",
                    base.money.RateField(
                        decimal_places=15,
                        default=Decimal(1),
                        max_digits=30,
                        verbose_name="contains",
                    ),
                ),
                (
                    "factor",
                    base.money.RateField(
                        decimal_places=15,
                        default=Decimal(1),
                        editable=False,
                        max_digits=30,
                        verbose_name="contains, in the family's first unit",
                    ),
                ),
                (
                    "rounding",
                    base.money.RateField(
                        decimal_places=15,
                        default=Decimal("0.01"),
                        max_digits=30,
                        verbose_name="smallest quantity",
                    ),
                ),
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
                    "family",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="base.unitofmeasure",
                        verbose_name="family",
                    ),
                ),
                (
                    "relative_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="related_units",
                        to="base.unitofmeasure",
                        verbose_name="of the unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "unit of measure",
                "verbose_name_plural": "units of measure",
                "ordering": ("sequence", "relative_unit_id", "id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("relative_factor__gt", 0)),
                        name="base_unitofmeasure_factor_positive",
                        violation_error_message="A unit contains more than nothing of the other unit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rounding__gt", 0)),
                        name="base_unitofmeasure_rounding_positive",
                        violation_error_message="The smallest quantity must be greater than zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("relative_unit__isnull", True),
                            models.Q(("relative_unit", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="base_unitofmeasure_not_relative_to_itself",
                        violation_error_message="A unit cannot be so many of itself.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="6dc6a4e761f2574e108364b1fcb5357d963368be",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_836b7",
                            table="base_unitofmeasure",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.name_en := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name, ''), NEW.name_ind);\n    ELSIF NEW.name IS DISTINCT FROM OLD.name AND (NEW.name_en, NEW.name_ind)\n        IS NOT DISTINCT FROM (OLD.name_en, OLD.name_ind) THEN\n        NEW.name_en := NEW.name;\n    END IF;\n    NEW.name := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name_ind, ''), '');\n    RETURN NEW;",
                            hash="6b251f304c24b069e12ebba00b1e87ad5f8fc570",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_76a1e",
                            table="base_unitofmeasure",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'factor', 'family_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'factor', 'family_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'factor', 'family_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'factor', 'family_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="51873709a4abed93bedecd1463b219b50fc60a1c",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_193cb",
                            table="base_unitofmeasure",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="base_unitofmeasure_no_circle",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."relative_unit_id" IS NOT NULL)',
                            declare="DECLARE ancestor bigint;",
                            func="\n            ancestor := NEW.relative_unit_id;\n            IF TG_OP = 'UPDATE' THEN PERFORM pg_advisory_xact_lock(hashtext('base_unitofmeasure_no_circle')); END IF;\n            WHILE ancestor IS NOT NULL LOOP\n                IF ancestor = NEW.id THEN RAISE EXCEPTION 'base_unitofmeasure_no_circle' USING ERRCODE = 'check_violation', CONSTRAINT = 'base_unitofmeasure_no_circle', TABLE = TG_TABLE_NAME; END IF;\n                SELECT relative_unit_id INTO ancestor FROM base_unitofmeasure WHERE id = ancestor;\n            END LOOP;\n            RETURN NEW;\n        ",
                            hash="80e58566047be09d97b4498155bbf470eafff474",
                            operation='INSERT OR UPDATE OF "relative_unit_id"',
                            pgid="pgtrigger_base_unitofmeasure_no_circle_9078d",
                            table="base_unitofmeasure",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="absolute",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF NEW.relative_unit_id IS NULL THEN\n            NEW.relative_factor := 1;\n            NEW.factor := 1;\n            NEW.family_id := NEW.id;\n        ELSE\n            SELECT NEW.relative_factor * factor, family_id INTO NEW.factor, NEW.family_id\n              FROM base_unitofmeasure WHERE id = NEW.relative_unit_id;\n        END IF;\n        RETURN NEW;\n    ",
                            hash="faabcdac878c9c62c9a7cfb1ce7f7eb1e5fae9e1",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_absolute_5673b",
                            table="base_unitofmeasure",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="absolute_below",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF (OLD.factor, OLD.family_id) IS DISTINCT FROM (NEW.factor, NEW.family_id) THEN\n            UPDATE base_unitofmeasure SET relative_unit_id = relative_unit_id\n             WHERE relative_unit_id = NEW.id;\n        END IF;\n        RETURN NULL;\n    ",
                            hash="ae3f6b3e7b330a3fe3661d457b0b58ae06bdde2d",
                            operation="UPDATE",
                            pgid="pgtrigger_absolute_below_33c65",
                            table="base_unitofmeasure",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="base_unitofmeasure_fixed_once_used",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."relative_factor" IS DISTINCT FROM (NEW."relative_factor") OR OLD."relative_unit_id" IS DISTINCT FROM (NEW."relative_unit_id"))',
                            func="\n        IF EXISTS (\n            WITH RECURSIVE counted(id) AS (\n                SELECT OLD.id\n                UNION\n                SELECT u.id FROM base_unitofmeasure u JOIN counted ON u.relative_unit_id = counted.id\n            )\n            SELECT FROM counted\n             WHERE EXISTS (SELECT FROM base_producttemplate t WHERE t.unit_id = counted.id)\n                OR EXISTS (SELECT FROM base_producttemplate_more_units m\n                            WHERE m.unitofmeasure_id = counted.id)\n        ) THEN RAISE EXCEPTION 'base_unitofmeasure_fixed_once_used' USING ERRCODE = 'check_violation', CONSTRAINT = 'base_unitofmeasure_fixed_once_used', TABLE = TG_TABLE_NAME; END IF;\n        RETURN NEW;\n    ",
                            hash="f5491328585d0d7d3155b8b983ddbe7a0d2d7e3f",
                            operation="UPDATE",
                            pgid="pgtrigger_base_unitofmeasure_fixed_once_used_973cd",
                            table="base_unitofmeasure",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="producttemplate",
            name="more_units",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="base.unitofmeasure", verbose_name="packagings"
            ),
        ),
        migrations.AddField(
            model_name="producttemplate",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="base.unitofmeasure",
                verbose_name="unit",
            ),
        ),
        migrations.CreateModel(
            name="VerbRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("verb", models.CharField(max_length=120, verbose_name="verb")),
                ("door", models.CharField(max_length=12, verbose_name="door")),
                (
                    "started_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="when"
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "run of a verb",
                "verbose_name_plural": "audit trail",
                "ordering": ("-id",),
                "indexes": [models.Index(fields=["user", "-id"], name="base_verbrun_by_user")],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=80, verbose_name="table")),
                ("row_id", models.BigIntegerField(verbose_name="row")),
                (
                    "operation",
                    models.CharField(
                        choices=[("I", "created"), ("U", "changed"), ("D", "deleted")],
                        max_length=1,
                        verbose_name="operation",
                    ),
                ),
                ("old", models.JSONField(null=True, verbose_name="old values")),
                ("new", models.JSONField(null=True, verbose_name="new values")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="when"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="base.verbrun",
                        verbose_name="run",
                    ),
                ),
            ],
            options={
                "verbose_name": "change",
                "verbose_name_plural": "changes",
                "ordering": ("-id",),
            },
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                fields=["content_type", "row_id", "due_date"], name="base_activity_about"
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                fields=["content_type", "row_id", "-id"], name="base_attachment_about"
            ),
        ),
        migrations.AddIndex(
            model_name="externalid",
            index=models.Index(fields=["content_type", "row_id"], name="base_externalid_of_row"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["content_type", "row_id", "-id"], name="base_message_about"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("message_id", ""), _negated=True),
                fields=("message_id",),
                name="base_message_received_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="follower",
            constraint=models.UniqueConstraint(
                fields=("content_type", "row_id", "partner"),
                name="base_follower_once_per_record",
                violation_error_message="This partner already follows the record.",
            ),
        ),
        migrations.AddConstraint(
            model_name="follower",
            constraint=models.CheckConstraint(
                condition=models.Q(("content_type__isnull", False), ("row_id__isnull", False)),
                name="base_follower_follows_a_record",
            ),
        ),
        migrations.AddIndex(
            model_name="partner",
            index=models.Index(
                condition=models.Q(("tax_id", ""), _negated=True),
                fields=["tax_id_compact"],
                name="base_partner_by_tax_id",
            ),
        ),
        migrations.AddIndex(
            model_name="jobrun",
            index=models.Index(
                condition=models.Q(("state__in", ("queued", "running"))),
                fields=["state", "queued_at"],
                name="base_jobrun_unfinished",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["model", "row_id", "-id"], name="base_change_of_row"),
        ),
        base.folding.AddTriggers(
            triggers=[
                (
                    "attachment",
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="e0c325b65ed7f5447d84d4dbbfe0c2bfe007e55d",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_61c62",
                            table="base_attachment",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "country",
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="02e8611c90f8790977c843bccbeb16a90620c9b5",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_61e39",
                            table="base_country",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "country",
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.name_en := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name, ''), NEW.name_ind);\n    ELSIF NEW.name IS DISTINCT FROM OLD.name AND (NEW.name_en, NEW.name_ind)\n        IS NOT DISTINCT FROM (OLD.name_en, OLD.name_ind) THEN\n        NEW.name_en := NEW.name;\n    END IF;\n    NEW.name := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name_ind, ''), '');\n    RETURN NEW;",
                            hash="df67a92e474c109b3f2570cd6878bd3e688de3a2",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_b98d0",
                            table="base_country",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "message",
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="ef724f6860d3aaba93b67ed264b3936538718c91",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_0c9c4",
                            table="base_message",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "company",
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="1dbec4f5c4abb6345186db5c30157bb3d49c0ebd",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_a49c5",
                            table="base_company",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "company",
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="9ad58d598e4b2134c85b67fe5ff9845797603b60",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_431f0",
                            table="base_company",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "company",
                    pgtrigger.compiler.Trigger(
                        name="base_company_no_circle",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."parent_id" IS NOT NULL)',
                            declare="DECLARE ancestor bigint;",
                            func="\n            ancestor := NEW.parent_id;\n            IF TG_OP = 'UPDATE' THEN PERFORM pg_advisory_xact_lock(hashtext('base_company_no_circle')); END IF;\n            WHILE ancestor IS NOT NULL LOOP\n                IF ancestor = NEW.id THEN RAISE EXCEPTION 'base_company_no_circle' USING ERRCODE = 'check_violation', CONSTRAINT = 'base_company_no_circle', TABLE = TG_TABLE_NAME; END IF;\n                SELECT parent_id INTO ancestor FROM base_company WHERE id = ancestor;\n            END LOOP;\n            RETURN NEW;\n        ",
                            hash="e73d3b3bc5d1dc6617ff9b79aef3e40d787a4343",
                            operation='INSERT OR UPDATE OF "parent_id"',
                            pgid="pgtrigger_base_company_no_circle_2afee",
                            table="base_company",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "company",
                    pgtrigger.compiler.Trigger(
                        name="name_to_partner",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        UPDATE base_partner SET name = NEW.name WHERE id = NEW.partner_id AND name <> NEW.name;\n        RETURN NULL;\n    ",
                            hash="bdad04aa5fab8fd48c5967e1783bbebb067a22dc",
                            operation='INSERT OR UPDATE OF "name", "partner_id"',
                            pgid="pgtrigger_name_to_partner_d196b",
                            table="base_company",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "partner",
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="9132694b06a952e2e0f4dcd62c5ab849a674fb8c",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_3c0a5",
                            table="base_partner",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "partner",
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'complete_name', 'sort_name', 'search_text', 'tax_id_compact']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'complete_name', 'sort_name', 'search_text', 'tax_id_compact']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'complete_name', 'sort_name', 'search_text', 'tax_id_compact']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'complete_name', 'sort_name', 'search_text', 'tax_id_compact']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="ce2dadfbb8a22c61775c3700fa5d15f3dea2e30e",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_f376a",
                            table="base_partner",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "partner",
                    pgtrigger.compiler.Trigger(
                        name="base_partner_no_circle",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."parent_id" IS NOT NULL)',
                            declare="DECLARE ancestor bigint;",
                            func="\n            ancestor := NEW.parent_id;\n            IF TG_OP = 'UPDATE' THEN PERFORM pg_advisory_xact_lock(hashtext('base_partner_no_circle')); END IF;\n            WHILE ancestor IS NOT NULL LOOP\n                IF ancestor = NEW.id THEN RAISE EXCEPTION 'base_partner_no_circle' USING ERRCODE = 'check_violation', CONSTRAINT = 'base_partner_no_circle', TABLE = TG_TABLE_NAME; END IF;\n                SELECT parent_id INTO ancestor FROM base_partner WHERE id = ancestor;\n            END LOOP;\n            RETURN NEW;\n        ",
                            hash="3da53e8da12827fef6259ee0f77fd9231a17ce1f",
                            operation='INSERT OR UPDATE OF "parent_id"',
                            pgid="pgtrigger_base_partner_no_circle_29094",
                            table="base_partner",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "partner",
                    pgtrigger.compiler.Trigger(
                        name="family",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE above base_partner;",
                            func="\n        NEW.commercial_partner_id := NEW.id;\n        NEW.complete_name := NEW.name;\n        IF NEW.parent_id IS NOT NULL THEN\n            SELECT * INTO above FROM base_partner WHERE id = NEW.parent_id;\n            IF NOT NEW.is_company THEN\n                NEW.commercial_partner_id := above.commercial_partner_id;\n                NEW.complete_name := above.name || ', ' || coalesce(\n                    nullif(NEW.name, ''),\n                    CASE NEW.kind WHEN 'invoice' THEN 'Invoice Address'\n                                  WHEN 'delivery' THEN 'Delivery Address' ELSE 'Other Address' END\n                );\n            END IF;\n        END IF;\n        RETURN NEW;\n    ",
                            hash="1aeac5b092e05ab253da7e4a922a18243dc16945",
                            operation='INSERT OR UPDATE OF "name", "parent_id", "is_company", "kind", "commercial_partner_id"',
                            pgid="pgtrigger_family_12c50",
                            table="base_partner",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "partner",
                    pgtrigger.compiler.Trigger(
                        name="family_below",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF (OLD.name, OLD.commercial_partner_id) IS DISTINCT FROM (NEW.name, NEW.commercial_partner_id)\n        THEN\n            UPDATE base_partner SET parent_id = parent_id WHERE parent_id = NEW.id;\n        END IF;\n        RETURN NULL;\n    ",
                            hash="0a63190bcfc12556dc44bdf77795a8f4f0c6287d",
                            operation='UPDATE OF "name", "parent_id", "is_company", "commercial_partner_id"',
                            pgid="pgtrigger_family_below_bad51",
                            table="base_partner",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "partner",
                    pgtrigger.compiler.Trigger(
                        name="name_to_company",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        UPDATE base_company SET name = NEW.name WHERE partner_id = NEW.id AND name <> NEW.name;\n        RETURN NULL;\n    ",
                            hash="cb33d31882b11f7b0ed748bd5db119fc598d8227",
                            operation='UPDATE OF "name"',
                            pgid="pgtrigger_name_to_company_7ed14",
                            table="base_partner",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "user",
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="e443b8552faae0a6661c741e14e4930950bbe4d3",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_c0a9d",
                            table="base_user",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "user",
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'password', 'last_login', 'access_version']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'password', 'last_login', 'access_version']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'password', 'last_login', 'access_version']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'password', 'last_login', 'access_version']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="ab251d9e85d552fe63ad002fb7e0041de15165af",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_1b9b9",
                            table="base_user",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "user",
                    pgtrigger.compiler.Trigger(
                        name="access_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="NEW.access_version := OLD.access_version + 1; RETURN NEW;",
                            hash="c0ae40db5cde77d8b9cf9dc6b14455f291e8e088",
                            operation='UPDATE OF "password", "is_active", "is_staff", "is_superuser", "company_id", "language", "timezone", "username"',
                            pgid="pgtrigger_access_changed_34c43",
                            table="base_user",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "role",
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="6c9d0a4f8de2221bd40b5152ecb0b82d63c5d0ef",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_0efc5",
                            table="base_role",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "role",
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.name_en := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name, ''), NEW.name_ind);\n    ELSIF NEW.name IS DISTINCT FROM OLD.name AND (NEW.name_en, NEW.name_ind)\n        IS NOT DISTINCT FROM (OLD.name_en, OLD.name_ind) THEN\n        NEW.name_en := NEW.name;\n    END IF;\n    NEW.name := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name_ind, ''), '');\n    IF TG_OP = 'INSERT' THEN\n        NEW.summary_en := coalesce(nullif(NEW.summary_en, ''), nullif(NEW.summary, ''), NEW.summary_ind);\n    ELSIF NEW.summary IS DISTINCT FROM OLD.summary AND (NEW.summary_en, NEW.summary_ind)\n        IS NOT DISTINCT FROM (OLD.summary_en, OLD.summary_ind) THEN\n        NEW.summary_en := NEW.summary;\n    END IF;\n    NEW.summary := coalesce(nullif(NEW.summary_en, ''), nullif(NEW.summary_ind, ''), '');\n    RETURN NEW;",
                            hash="cdb5f8e558a92535b292a32e50bf809de4f83be4",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_95845",
                            table="base_role",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "role",
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="bf6e6eda47af8f2d82429175158ef6b6405c9673",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_a36b0",
                            table="base_role",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "producttemplate",
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="73c14b65a95916ef3679d2845883af0586de9183",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_27296",
                            table="base_producttemplate",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "producttemplate",
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.name_en := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name, ''), NEW.name_ind);\n    ELSIF NEW.name IS DISTINCT FROM OLD.name AND (NEW.name_en, NEW.name_ind)\n        IS NOT DISTINCT FROM (OLD.name_en, OLD.name_ind) THEN\n        NEW.name_en := NEW.name;\n    END IF;\n    NEW.name := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name_ind, ''), '');\n    IF TG_OP = 'INSERT' THEN\n        NEW.sale_description_en := coalesce(nullif(NEW.sale_description_en, ''), nullif(NEW.sale_description, ''), NEW.sale_description_ind);\n    ELSIF NEW.sale_description IS DISTINCT FROM OLD.sale_description AND (NEW.sale_description_en, NEW.sale_description_ind)\n        IS NOT DISTINCT FROM (OLD.sale_description_en, OLD.sale_description_ind) THEN\n        NEW.sale_description_en := NEW.sale_description;\n    END IF;\n    NEW.sale_description := coalesce(nullif(NEW.sale_description_en, ''), nullif(NEW.sale_description_ind, ''), '');\n    IF TG_OP = 'INSERT' THEN\n        NEW.purchase_description_en := coalesce(nullif(NEW.purchase_description_en, ''), nullif(NEW.purchase_description, ''), NEW.purchase_description_ind);\n    ELSIF NEW.purchase_description IS DISTINCT FROM OLD.purchase_description AND (NEW.purchase_description_en, NEW.purchase_description_ind)\n        IS NOT DISTINCT FROM (OLD.purchase_description_en, OLD.purchase_description_ind) THEN\n        NEW.purchase_description_en := NEW.purchase_description;\n    END IF;\n    NEW.purchase_description := coalesce(nullif(NEW.purchase_description_en, ''), nullif(NEW.purchase_description_ind, ''), '');\n    RETURN NEW;",
                            hash="d7aa0c8c4a1126eec776b0b5f552f01415b5c4b2",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_ad866",
                            table="base_producttemplate",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "producttemplate",
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'search_text']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'search_text']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'search_text']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'search_text']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="4446824d4ed21a384cf9cd60e44f7b3ee56cc1f3",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_6e79a",
                            table="base_producttemplate",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "producttemplate",
                    pgtrigger.compiler.Trigger(
                        name="first_variant",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n        IF NOT EXISTS (SELECT FROM base_product WHERE template_id = NEW.id)\n            AND NOT EXISTS (SELECT FROM base_producttemplateattributeline WHERE template_id = NEW.id)\n            AND EXISTS (SELECT FROM base_producttemplate WHERE id = NEW.id)\n        THEN\n            INSERT INTO base_product (\n                template_id, reference, barcode, cost, weight, volume, price_extra, combination,\n                full_name, is_active\n            ) VALUES (NEW.id, '', '', 0, 0, 0, 0, '', '', NEW.is_active);\n        END IF;\n        RETURN NULL;\n    ",
                            hash="ed46219a0a709af4868cd9cd786491f4d559d558",
                            operation="INSERT",
                            pgid="pgtrigger_first_variant_205da",
                            table="base_producttemplate",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "producttemplate",
                    pgtrigger.compiler.Trigger(
                        name="tells_variants",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        IF OLD.is_active <> NEW.is_active THEN\n            UPDATE base_product p SET is_active = NEW.is_active AND NOT EXISTS (\n                SELECT FROM base_producttemplateattributevalue v\n                 WHERE NOT v.is_active\n                   AND v.id = ANY (string_to_array(nullif(p.combination, ''), ',')::bigint[])\n            ) WHERE p.template_id = NEW.id;\n        ELSIF (OLD.name, OLD.name_en, OLD.name_ind) IS DISTINCT FROM (NEW.name, NEW.name_en, NEW.name_ind)\n        THEN\n            UPDATE base_product SET template_id = template_id WHERE template_id = NEW.id;\n        END IF;\n        RETURN NULL;\n    ",
                            hash="79caab32e681ce4a53ffa60a02733ca5a2feb167",
                            operation='UPDATE OF "name", "name_en", "name_ind", "is_active"',
                            pgid="pgtrigger_tells_variants_bc48d",
                            table="base_producttemplate",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
