"""The books as they first were."""

from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import base.folding
import base.money


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("base", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
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
                ("code", models.CharField(max_length=32, verbose_name="code")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("name_en", models.CharField(max_length=160, null=True, verbose_name="name")),
                ("name_ind", models.CharField(max_length=160, null=True, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asset_receivable", "Receivable"),
                            ("asset_cash", "Bank and cash"),
                            ("asset_current", "Current assets"),
                            ("asset_non_current", "Non-current assets"),
                            ("asset_prepayments", "Prepayments"),
                            ("asset_fixed", "Fixed assets"),
                            ("liability_payable", "Payable"),
                            ("liability_credit_card", "Credit card"),
                            ("liability_current", "Current liabilities"),
                            ("liability_non_current", "Non-current liabilities"),
                            ("equity", "Equity"),
                            ("equity_unaffected", "Current year earnings"),
                            ("income", "Income"),
                            ("income_other", "Other income"),
                            ("expense", "Expenses"),
                            ("expense_other", "Other expenses"),
                            ("expense_depreciation", "Depreciation"),
                            ("expense_direct_cost", "Cost of revenue"),
                            ("off_balance", "Off-balance sheet"),
                        ],
                        max_length=24,
                        verbose_name="type",
                    ),
                ),
                (
                    "is_reconcilable",
                    models.BooleanField(
                        default=False,
                        help_text="Debits of this account are matched with credits until nothing is open.",
                        verbose_name="allow reconciliation",
                    ),
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
                        db_index=False,
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
                    "currency",
                    models.ForeignKey(
                        blank=True,
                        help_text="Set it to allow only this currency on the account.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.currency",
                        verbose_name="currency",
                    ),
                ),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "chart of accounts",
                "ordering": ("code", "id"),
                "abstract": False,
                "indexes": [
                    models.Index(
                        models.F("company"),
                        django.db.models.functions.text.Lower("name"),
                        name="accounting_account_by_name",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "code"),
                        name="accounting_account_code_once_per_company",
                        violation_error_message="Another account of this company has this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ["asset_receivable", "liability_payable"]),
                                _negated=True,
                            ),
                            ("is_reconcilable", True),
                            _connector="OR",
                        ),
                        name="accounting_account_trade_is_reconcilable",
                        violation_error_message="Receivables and payables are always reconciled.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountBalanceDelta",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.IntegerField(verbose_name="month")),
                (
                    "debit",
                    base.money.MoneyField(decimal_places=4, max_digits=24, verbose_name="debit"),
                ),
                (
                    "credit",
                    base.money.MoneyField(decimal_places=4, max_digits=24, verbose_name="credit"),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="account",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="base.company",
                        verbose_name="company",
                    ),
                ),
            ],
            options={
                "verbose_name": "balance delta",
                "verbose_name_plural": "balance deltas",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="AccountTag",
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
                    "use",
                    models.CharField(
                        choices=[("accounts", "Accounts"), ("taxes", "Taxes")],
                        default="accounts",
                        max_length=12,
                        verbose_name="used on",
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
                "verbose_name": "account tag",
                "verbose_name_plural": "account tags",
                "ordering": ("name", "id"),
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="4f3552574946217645bd57ac01e149772c23b40b",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_90e83",
                            table="accounting_accounttag",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.name_en := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name, ''), NEW.name_ind);\n    ELSIF NEW.name IS DISTINCT FROM OLD.name AND (NEW.name_en, NEW.name_ind)\n        IS NOT DISTINCT FROM (OLD.name_en, OLD.name_ind) THEN\n        NEW.name_en := NEW.name;\n    END IF;\n    NEW.name := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name_ind, ''), '');\n    RETURN NEW;",
                            hash="85b187fdf1894d104873969b72c2c9cf11a48541",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_78505",
                            table="accounting_accounttag",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="account",
            name="tags",
            field=models.ManyToManyField(
                blank=True, related_name="accounts", to="accounting.accounttag", verbose_name="tags"
            ),
        ),
        migrations.CreateModel(
            name="BooksAudit",
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
                ("is_sound", models.BooleanField(default=True, verbose_name="sound")),
                (
                    "entry_count",
                    models.PositiveIntegerField(default=0, verbose_name="posted entries"),
                ),
                ("item_count", models.PositiveIntegerField(default=0, verbose_name="items")),
                (
                    "seconds",
                    models.DecimalField(
                        decimal_places=3, default=0, max_digits=10, verbose_name="seconds"
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
            ],
            options={
                "verbose_name": "audit of the books",
                "verbose_name_plural": "audits of the books",
                "ordering": ("-id",),
                "permissions": (("audit_books", "Can have the books audited"),),
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="e14d1bbce32c1639e83aff985b1adbb72e835d2b",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_4b51c",
                            table="accounting_booksaudit",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BooksFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("balanced", "Every posted entry is balanced"),
                            ("balances", "Account balances equal the sum of their items"),
                            (
                                "residuals",
                                "What is open equals what was booked less what was matched",
                            ),
                            ("numbers", "Numbers have no gaps"),
                            ("subledger", "Documents owe what their accounts show"),
                        ],
                        max_length=12,
                        verbose_name="rule",
                    ),
                ),
                ("subject", models.CharField(max_length=120, verbose_name="where")),
                ("expected", models.CharField(max_length=80, verbose_name="expected")),
                ("found", models.CharField(max_length=80, verbose_name="found")),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="accounting.booksaudit",
                        verbose_name="audit",
                    ),
                ),
            ],
            options={
                "verbose_name": "finding",
                "verbose_name_plural": "findings",
                "ordering": ("audit", "rule", "id"),
            },
        ),
        migrations.CreateModel(
            name="FiscalPeriod",
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
                ("days", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="days")),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="closed at"
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
                "verbose_name": "fiscal period",
                "verbose_name_plural": "fiscal periods",
                "ordering": ("company", "days"),
                "permissions": (("close_period", "Can close and reopen periods"),),
                "abstract": False,
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("company", "="), ("days", "&&")],
                        name="accounting_fiscalperiod_no_overlap",
                        violation_error_message="Another period already covers some of these days.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="78c8d3b56a1bd99ed3dafbc3c7976571bab63032",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_03521",
                            table="accounting_fiscalperiod",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="cb35dd91eefefd32e52f5b5777fdcd1dca16dd87",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_c5f1f",
                            table="accounting_fiscalperiod",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="period_closing_waits",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.closed_at IS NOT NULL)",
                            func="LOCK TABLE accounting_journalentry IN SHARE ROW EXCLUSIVE MODE; RETURN NEW;",
                            hash="eab154bb38fc5852bc4dcda059824e764d54ba0a",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_period_closing_waits_dfb78",
                            table="accounting_fiscalperiod",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FullReconciliation",
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
            ],
            options={
                "verbose_name": "full reconciliation",
                "verbose_name_plural": "full reconciliations",
                "ordering": ("-id",),
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="4c212f0195af02438dfdfcaaad60490dd6013534",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_bdad7",
                            table="accounting_fullreconciliation",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemTag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.accounttag",
                        verbose_name="tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "tag of an item",
                "verbose_name_plural": "tags of items",
            },
        ),
        migrations.CreateModel(
            name="Journal",
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
                ("code", models.CharField(max_length=10, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_en", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("name_ind", models.CharField(max_length=80, null=True, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sale", "Sales"),
                            ("purchase", "Purchase"),
                            ("cash", "Cash"),
                            ("bank", "Bank"),
                            ("credit", "Credit card"),
                            ("general", "Miscellaneous"),
                        ],
                        max_length=8,
                        verbose_name="type",
                    ),
                ),
                ("sequence", models.IntegerField(default=10, verbose_name="sequence")),
                (
                    "has_refund_sequence",
                    models.BooleanField(
                        default=False,
                        help_text="Credit notes and refunds are numbered apart, with an R before the code.",
                        verbose_name="own numbers for credit notes",
                    ),
                ),
                ("color", models.PositiveSmallIntegerField(default=0, verbose_name="colour")),
                (
                    "is_on_dashboard",
                    models.BooleanField(default=True, verbose_name="on the dashboard"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "bank_account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.partnerbankaccount",
                        verbose_name="bank account",
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
                        db_index=False,
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
                    "default_account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="default account",
                    ),
                ),
                (
                    "loss_account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="loss account",
                    ),
                ),
                (
                    "outstanding_payments_account",
                    models.ForeignKey(
                        blank=True,
                        help_text="Payments wait here until the bank statement confirms them. Empty: they leave the bank account at once.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="outstanding payments account",
                    ),
                ),
                (
                    "outstanding_receipts_account",
                    models.ForeignKey(
                        blank=True,
                        help_text="Receipts wait here until the bank statement confirms them. Empty: they are on the bank account at once.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="outstanding receipts account",
                    ),
                ),
                (
                    "profit_account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="profit account",
                    ),
                ),
                (
                    "suspense_account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="suspense account",
                    ),
                ),
            ],
            options={
                "verbose_name": "journal",
                "verbose_name_plural": "journals",
                "ordering": ("sequence", "kind", "code"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "code"),
                        name="accounting_journal_code_once_per_company",
                        violation_error_message="Another journal of this company has this code.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="c99b156a2cb2de1f07ead25d818e9b2f59ead9fa",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_44efc",
                            table="accounting_journal",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.name_en := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name, ''), NEW.name_ind);\n    ELSIF NEW.name IS DISTINCT FROM OLD.name AND (NEW.name_en, NEW.name_ind)\n        IS NOT DISTINCT FROM (OLD.name_en, OLD.name_ind) THEN\n        NEW.name_en := NEW.name;\n    END IF;\n    NEW.name := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name_ind, ''), '');\n    RETURN NEW;",
                            hash="37cd52e187a0b00770a658cfe5dd20d27adbf8aa",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_f5e19",
                            table="accounting_journal",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="7ba586f0394e6f4fb1fd8e8fe2dd8cd927cdd0bf",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_89f78",
                            table="accounting_journal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="journal_is_settled_once_used",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN ((NEW.company_id, NEW.code, NEW.kind, NEW.has_refund_sequence) IS DISTINCT FROM (OLD.company_id, OLD.code, OLD.kind, OLD.has_refund_sequence))",
                            func="IF NEW.company_id <> OLD.company_id\n                       OR EXISTS (SELECT FROM accounting_journalentry WHERE journal_id = OLD.id AND number <> '') THEN RAISE EXCEPTION 'journal_is_settled_once_used' USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_is_settled_once_used', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="5c3d5749e077b00b27780cc9d5c79ef125253baa",
                            operation="UPDATE",
                            pgid="pgtrigger_journal_is_settled_once_used_11189",
                            table="accounting_journal",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("entry", "Journal entry"),
                            ("out_invoice", "Customer invoice"),
                            ("out_refund", "Customer credit note"),
                            ("in_invoice", "Vendor bill"),
                            ("in_refund", "Vendor credit note"),
                        ],
                        default="entry",
                        max_length=12,
                        verbose_name="type",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("posted", "Posted"), ("cancel", "Cancelled")],
                        default="draft",
                        editable=False,
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=40, verbose_name="number"
                    ),
                ),
                ("date", models.DateField(verbose_name="accounting date")),
                (
                    "invoice_date",
                    models.DateField(blank=True, null=True, verbose_name="invoice date"),
                ),
                ("due_date", models.DateField(blank=True, null=True, verbose_name="due date")),
                (
                    "rate",
                    base.money.RateField(
                        decimal_places=15, default=Decimal(1), max_digits=30, verbose_name="rate"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, default="", max_length=240, verbose_name="reference"
                    ),
                ),
                (
                    "payment_reference",
                    models.CharField(
                        blank=True, default="", max_length=240, verbose_name="payment reference"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        blank=True, default="", max_length=240, verbose_name="source document"
                    ),
                ),
                (
                    "narration",
                    models.TextField(blank=True, default="", verbose_name="terms and conditions"),
                ),
                (
                    "untaxed",
                    base.money.MoneyField(
                        decimal_places=4,
                        default=Decimal(0),
                        editable=False,
                        max_digits=20,
                        verbose_name="untaxed amount",
                    ),
                ),
                (
                    "tax",
                    base.money.MoneyField(
                        decimal_places=4,
                        default=Decimal(0),
                        editable=False,
                        max_digits=20,
                        verbose_name="tax",
                    ),
                ),
                (
                    "total",
                    base.money.MoneyField(
                        decimal_places=4,
                        default=Decimal(0),
                        editable=False,
                        max_digits=20,
                        verbose_name="total",
                    ),
                ),
                (
                    "residual",
                    base.money.MoneyField(
                        decimal_places=4,
                        default=Decimal(0),
                        editable=False,
                        max_digits=20,
                        verbose_name="amount due",
                    ),
                ),
                (
                    "payment_state",
                    models.CharField(
                        choices=[
                            ("not_paid", "Not paid"),
                            ("in_payment", "In payment"),
                            ("paid", "Paid"),
                            ("partial", "Partly paid"),
                            ("reversed", "Reversed"),
                        ],
                        default="not_paid",
                        editable=False,
                        max_length=12,
                        verbose_name="payment status",
                    ),
                ),
                (
                    "was_posted",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="posted before"
                    ),
                ),
                ("is_sent", models.BooleanField(default=False, verbose_name="sent")),
                ("is_checked", models.BooleanField(default=False, verbose_name="reviewed")),
                (
                    "bank_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.partnerbankaccount",
                        verbose_name="recipient bank account",
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
                        db_index=False,
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
                    "currency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.currency",
                        verbose_name="currency",
                    ),
                ),
                (
                    "delivery_partner",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.partner",
                        verbose_name="delivery address",
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="accounting.journal",
                        verbose_name="journal",
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
                        verbose_name="partner",
                    ),
                ),
                (
                    "reversed_entry",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversals",
                        to="accounting.journalentry",
                        verbose_name="reversal of",
                    ),
                ),
                (
                    "salesperson",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="salesperson",
                    ),
                ),
            ],
            options={
                "verbose_name": "journal entry",
                "verbose_name_plural": "journal entries",
                "ordering": ("-date", "-number", "-invoice_date", "-id"),
                "permissions": (
                    ("post_entry", "Can post entries"),
                    ("reverse_entry", "Can reverse entries"),
                    ("reset_entry", "Can reset posted entries to draft"),
                    ("cancel_entry", "Can cancel entries"),
                ),
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["company", "-date", "-id"], name="accounting_entry_by_date"
                    ),
                    models.Index(
                        condition=models.Q(("kind", "entry"), _negated=True),
                        fields=["company", "kind", "-invoice_date", "-id"],
                        name="accounting_entry_by_kind",
                    ),
                    models.Index(
                        condition=models.Q(("residual__gt", 0)),
                        fields=["company", "due_date"],
                        name="accounting_entry_by_due_date",
                    ),
                    models.Index(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=["number"],
                        name="accounting_entry_by_number",
                    ),
                    models.Index(fields=["changed_at", "id"], name="accounting_entry_by_change"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("draft", "posted", "cancel"))),
                        name="accounting_journalentry_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ("entry", "out_invoice", "out_refund", "in_invoice", "in_refund"),
                            )
                        ),
                        name="accounting_journalentry_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "posted"), _negated=True),
                            models.Q(("number", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="accounting_journalentry_posted_is_numbered",
                        violation_error_message="A posted entry has a number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "posted"), _negated=True),
                            ("kind", "entry"),
                            models.Q(
                                ("due_date__isnull", False),
                                ("invoice_date__isnull", False),
                                ("partner__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="accounting_journalentry_document_is_addressed",
                        violation_error_message="A posted document has a partner and dates.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "posted"), _negated=True),
                            ("kind", "entry"),
                            ("total__gte", 0),
                            _connector="OR",
                        ),
                        name="accounting_journalentry_document_not_negative",
                        violation_error_message="A document never comes to less than nothing: make a credit note.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "posted"), _negated=True),
                            ("kind", "entry"),
                            models.Q(("residual__gte", 0), ("residual__lte", models.F("total"))),
                            _connector="OR",
                        ),
                        name="accounting_journalentry_residual_within_total",
                        violation_error_message="More would be paid than is due.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rate__gt", 0)),
                        name="accounting_journalentry_rate_positive",
                        violation_error_message="A rate is more than nothing.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("journal", "number"),
                        name="accounting_journalentry_number_once_per_journal",
                        violation_error_message="This number is taken in the journal.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalItem",
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
                ("date", models.DateField(editable=False, verbose_name="date")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("posted", "Posted"), ("cancel", "Cancelled")],
                        default="draft",
                        editable=False,
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                (
                    "display_type",
                    models.CharField(
                        choices=[
                            ("product", "Product"),
                            ("tax", "Tax"),
                            ("payment_term", "Payment term"),
                            ("discount", "Discount"),
                            ("rounding", "Rounding"),
                            ("line_section", "Section"),
                            ("line_note", "Note"),
                        ],
                        default="product",
                        max_length=16,
                        verbose_name="display type",
                    ),
                ),
                ("sequence", models.IntegerField(default=100, verbose_name="sequence")),
                (
                    "label",
                    models.CharField(blank=True, default="", max_length=1000, verbose_name="label"),
                ),
                (
                    "quantity",
                    base.money.QuantityField(
                        decimal_places=6,
                        default=Decimal(0),
                        max_digits=20,
                        verbose_name="quantity",
                    ),
                ),
                (
                    "unit_price",
                    base.money.PriceField(
                        decimal_places=8,
                        default=Decimal(0),
                        max_digits=24,
                        verbose_name="unit price",
                    ),
                ),
                (
                    "discount",
                    base.money.PercentField(
                        decimal_places=6,
                        default=Decimal(0),
                        max_digits=12,
                        verbose_name="discount",
                    ),
                ),
                (
                    "tax_base",
                    base.money.MoneyField(
                        decimal_places=4,
                        default=Decimal(0),
                        editable=False,
                        max_digits=20,
                        verbose_name="base of the tax",
                    ),
                ),
                (
                    "debit",
                    base.money.MoneyField(
                        decimal_places=4, default=Decimal(0), max_digits=20, verbose_name="debit"
                    ),
                ),
                (
                    "credit",
                    base.money.MoneyField(
                        decimal_places=4, default=Decimal(0), max_digits=20, verbose_name="credit"
                    ),
                ),
                (
                    "balance",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            models.F("debit"), "-", models.F("credit")
                        ),
                        output_field=base.money.MoneyField(
                            decimal_places=4, max_digits=20, verbose_name="balance"
                        ),
                        verbose_name="balance",
                    ),
                ),
                (
                    "amount_currency",
                    base.money.MoneyField(
                        decimal_places=4,
                        default=Decimal(0),
                        max_digits=20,
                        verbose_name="amount in currency",
                    ),
                ),
                (
                    "subtotal",
                    base.money.MoneyField(
                        decimal_places=4,
                        default=Decimal(0),
                        editable=False,
                        max_digits=20,
                        verbose_name="subtotal",
                    ),
                ),
                (
                    "total",
                    base.money.MoneyField(
                        decimal_places=4,
                        default=Decimal(0),
                        editable=False,
                        max_digits=20,
                        verbose_name="total",
                    ),
                ),
                (
                    "residual",
                    base.money.MoneyField(
                        decimal_places=4,
                        default=Decimal(0),
                        editable=False,
                        max_digits=20,
                        verbose_name="residual",
                    ),
                ),
                (
                    "residual_currency",
                    base.money.MoneyField(
                        decimal_places=4,
                        default=Decimal(0),
                        editable=False,
                        max_digits=20,
                        verbose_name="residual in currency",
                    ),
                ),
                (
                    "is_reconciled",
                    models.BooleanField(default=False, editable=False, verbose_name="reconciled"),
                ),
                (
                    "matching",
                    models.CharField(
                        blank=True,
                        default="",
                        editable=False,
                        max_length=24,
                        verbose_name="matching",
                    ),
                ),
                ("due_date", models.DateField(blank=True, null=True, verbose_name="due date")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="accounting.account",
                        verbose_name="account",
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
                        db_index=False,
                        editable=False,
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
                    "currency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.currency",
                        verbose_name="currency",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="accounting.journalentry",
                        verbose_name="journal entry",
                    ),
                ),
                (
                    "full_reconciliation",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="accounting.fullreconciliation",
                        verbose_name="full reconciliation",
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.journal",
                        verbose_name="journal",
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
                        verbose_name="partner",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "tags",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        through="accounting.ItemTag",
                        to="accounting.accounttag",
                        verbose_name="tax tags",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.unitofmeasure",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "journal item",
                "verbose_name_plural": "journal items",
                "ordering": ("-date", "-entry__number", "id"),
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["company", "-date", "-id"], name="accounting_item_by_date"
                    ),
                    models.Index(
                        fields=["account", "date", "id"], name="accounting_item_by_account"
                    ),
                    models.Index(
                        condition=models.Q(("residual", 0), _negated=True),
                        fields=["account", "partner"],
                        name="accounting_item_open",
                    ),
                    models.Index(
                        condition=models.Q(("product__isnull", False)),
                        fields=["product"],
                        name="accounting_item_by_product",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("credit__gte", 0), ("debit__gte", 0)),
                        name="accounting_journalitem_not_negative",
                        violation_error_message="An amount is never negative: use the other side.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("debit", 0), ("credit", 0), _connector="OR"),
                        name="accounting_journalitem_one_sided",
                        violation_error_message="An item is either a debit or a credit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount_currency__gte", 0), ("credit", 0)),
                            models.Q(("amount_currency__lte", 0), ("debit", 0)),
                            _connector="OR",
                        ),
                        name="accounting_journalitem_currency_on_same_side",
                        violation_error_message="The amount in currency is on the same side as the item.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("residual__gte", 0),
                                (
                                    "residual__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("debit"), "-", models.F("credit")
                                    ),
                                ),
                            ),
                            models.Q(
                                (
                                    "residual__gte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("debit"), "-", models.F("credit")
                                    ),
                                ),
                                ("residual__lte", 0),
                            ),
                            _connector="OR",
                        ),
                        name="accounting_journalitem_residual_within_balance",
                        violation_error_message="More would be settled than is open.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("residual_currency__gte", 0),
                                ("residual_currency__lte", models.F("amount_currency")),
                            ),
                            models.Q(
                                ("residual_currency__gte", models.F("amount_currency")),
                                ("residual_currency__lte", 0),
                            ),
                            _connector="OR",
                        ),
                        name="accounting_journalitem_residual_within_amount",
                        violation_error_message="More would be settled than is open.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemTax",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounting.journalitem",
                        verbose_name="item",
                    ),
                ),
            ],
            options={
                "verbose_name": "tax of an item",
                "verbose_name_plural": "taxes of items",
            },
        ),
        migrations.AddField(
            model_name="itemtag",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounting.journalitem",
                verbose_name="item",
            ),
        ),
        migrations.CreateModel(
            name="PartialReconciliation",
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
                    "amount",
                    base.money.MoneyField(decimal_places=4, max_digits=20, verbose_name="amount"),
                ),
                (
                    "debit_amount_currency",
                    base.money.MoneyField(
                        decimal_places=4,
                        max_digits=20,
                        verbose_name="amount in the debit's currency",
                    ),
                ),
                (
                    "credit_amount_currency",
                    base.money.MoneyField(
                        decimal_places=4,
                        max_digits=20,
                        verbose_name="amount in the credit's currency",
                    ),
                ),
                ("date", models.DateField(verbose_name="date of the later entry")),
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
                        db_index=False,
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
                    "credit_item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matched_debits",
                        to="accounting.journalitem",
                        verbose_name="credit",
                    ),
                ),
                (
                    "debit_item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matched_credits",
                        to="accounting.journalitem",
                        verbose_name="debit",
                    ),
                ),
                (
                    "full_reconciliation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="partials",
                        to="accounting.fullreconciliation",
                        verbose_name="full reconciliation",
                    ),
                ),
            ],
            options={
                "verbose_name": "reconciliation",
                "verbose_name_plural": "reconciliations",
                "ordering": ("-id",),
                "permissions": (("reconcile_items", "Can reconcile items"),),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gte", 0),
                            ("credit_amount_currency__gte", 0),
                            ("debit_amount_currency__gte", 0),
                            models.Q(
                                ("amount__gt", 0), ("debit_amount_currency__gt", 0), _connector="OR"
                            ),
                        ),
                        name="accounting_partialreconciliation_positive",
                        violation_error_message="A reconciliation settles more than nothing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("debit_item", models.F("credit_item")), _negated=True),
                        name="accounting_partialreconciliation_two_items",
                        violation_error_message="An item does not settle itself.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="be77945d9c05935d63e92578074aacbae0b5f052",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_e9cb8",
                            table="accounting_partialreconciliation",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="790a7a9bdf11bfe6d72ed3acc2112815b95111a5",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_80f18",
                            table="accounting_partialreconciliation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="partial_joins_like_with_like",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF NOT EXISTS (\n        SELECT FROM accounting_journalitem d JOIN accounting_journalitem c ON c.id = NEW.credit_item_id\n          JOIN accounting_account a ON a.id = d.account_id\n         WHERE d.id = NEW.debit_item_id AND d.account_id = c.account_id AND a.is_reconcilable\n           AND d.company_id = c.company_id AND d.company_id = NEW.company_id\n           AND d.state = 'posted' AND c.state = 'posted' AND d.debit > 0 AND c.credit > 0\n    ) THEN RAISE EXCEPTION 'partial_joins_like_with_like' USING ERRCODE = 'check_violation', CONSTRAINT = 'partial_joins_like_with_like', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="9340e92c331f639986c436c99a69d812fdbb44f8",
                            operation="INSERT",
                            pgid="pgtrigger_partial_joins_like_with_like_51b66",
                            table="accounting_partialreconciliation",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="partial_is_not_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN ((NEW.company_id, NEW.debit_item_id, NEW.credit_item_id, NEW.amount, NEW.debit_amount_currency, NEW.credit_amount_currency, NEW.date) IS DISTINCT FROM (OLD.company_id, OLD.debit_item_id, OLD.credit_item_id, OLD.amount, OLD.debit_amount_currency, OLD.credit_amount_currency, OLD.date))",
                            func="IF TRUE THEN RAISE EXCEPTION 'partial_is_not_changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'partial_is_not_changed', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="6c8d3f6dcd504102a4dfa353488712998e1e5e78",
                            operation="UPDATE",
                            pgid="pgtrigger_partial_is_not_changed_73dbc",
                            table="accounting_partialreconciliation",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="partial_settles",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE touched bigint[]; documents bigint[];",
                            func="\n            touched := ARRAY(SELECT debit_item_id FROM new_rows UNION SELECT credit_item_id FROM new_rows);\n            IF cardinality(touched) = 0 THEN RETURN NULL; END IF;\n            WITH moved AS (\n                SELECT id, sum(amount) AS amount, sum(in_currency) AS in_currency FROM (\n                    SELECT debit_item_id AS id, -amount AS amount, -debit_amount_currency AS in_currency\n                      FROM new_rows\n                    UNION ALL\n                    SELECT credit_item_id, +amount, +credit_amount_currency FROM new_rows\n                ) x GROUP BY id\n            )\n            UPDATE accounting_journalitem i\n               SET residual = i.residual + m.amount, residual_currency = i.residual_currency + m.in_currency,\n                   is_reconciled = i.residual + m.amount = 0 AND i.residual_currency + m.in_currency = 0\n              FROM moved m WHERE i.id = ANY (touched) AND m.id = i.id;\n            documents := ARRAY(SELECT DISTINCT entry_id FROM accounting_journalitem WHERE id = ANY (touched));\n            \n        UPDATE accounting_journalentry e\n           SET residual = open.amount,\n               payment_state = CASE\n                   WHEN e.total <> 0 AND open.amount = e.total THEN 'not_paid'\n                   WHEN open.amount <> 0 THEN 'partial'\n                   WHEN e.kind IN ('out_invoice', 'in_invoice')\n                        AND EXISTS (SELECT FROM \n        accounting_journalitem i JOIN accounting_partialreconciliation m ON i.id IN (m.debit_item_id, m.credit_item_id)\n        JOIN accounting_journalitem o ON o.id = CASE i.id WHEN m.debit_item_id THEN m.credit_item_id ELSE m.debit_item_id END\n        JOIN accounting_journalentry c ON c.id = o.entry_id WHERE i.entry_id = e.id AND i.display_type = 'payment_term' AND c.kind IN ('out_refund', 'in_refund'))\n                        AND NOT EXISTS (SELECT FROM \n        accounting_journalitem i JOIN accounting_partialreconciliation m ON i.id IN (m.debit_item_id, m.credit_item_id)\n        JOIN accounting_journalitem o ON o.id = CASE i.id WHEN m.debit_item_id THEN m.credit_item_id ELSE m.debit_item_id END\n        JOIN accounting_journalentry c ON c.id = o.entry_id WHERE i.entry_id = e.id AND i.display_type = 'payment_term' AND c.kind NOT IN ('out_refund', 'in_refund'))\n                        THEN 'reversed'\n                   WHEN EXISTS (\n                       SELECT FROM \n        accounting_journalitem i JOIN accounting_partialreconciliation m ON i.id IN (m.debit_item_id, m.credit_item_id)\n        JOIN accounting_journalitem o ON o.id = CASE i.id WHEN m.debit_item_id THEN m.credit_item_id ELSE m.debit_item_id END\n        JOIN accounting_journalentry c ON c.id = o.entry_id WHERE i.entry_id = e.id AND i.display_type = 'payment_term' AND EXISTS (\n                           SELECT FROM accounting_payment p WHERE p.entry_id = c.id AND p.state = 'in_process'\n                       )\n                   ) THEN 'in_payment'\n                   ELSE 'paid'\n               END\n          FROM (\n              SELECT entry_id, abs(sum(residual_currency)) AS amount FROM accounting_journalitem\n               WHERE entry_id = ANY (documents) AND display_type = 'payment_term' GROUP BY entry_id\n          ) open\n         WHERE e.id = ANY (documents) AND open.entry_id = e.id AND e.kind <> 'entry' AND e.state = 'posted';\n            RETURN NULL;\n        ",
                            hash="75e80da52579890d10717376c11990fa5dd3501c",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_partial_settles_80ec0",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="accounting_partialreconciliation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="partial_reopens",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE touched bigint[]; documents bigint[];",
                            func="\n            touched := ARRAY(SELECT debit_item_id FROM old_rows UNION SELECT credit_item_id FROM old_rows);\n            IF cardinality(touched) = 0 THEN RETURN NULL; END IF;\n            WITH moved AS (\n                SELECT id, sum(amount) AS amount, sum(in_currency) AS in_currency FROM (\n                    SELECT debit_item_id AS id, +amount AS amount, +debit_amount_currency AS in_currency\n                      FROM old_rows\n                    UNION ALL\n                    SELECT credit_item_id, -amount, -credit_amount_currency FROM old_rows\n                ) x GROUP BY id\n            )\n            UPDATE accounting_journalitem i\n               SET residual = i.residual + m.amount, residual_currency = i.residual_currency + m.in_currency,\n                   is_reconciled = i.residual + m.amount = 0 AND i.residual_currency + m.in_currency = 0\n              FROM moved m WHERE i.id = ANY (touched) AND m.id = i.id;\n            documents := ARRAY(SELECT DISTINCT entry_id FROM accounting_journalitem WHERE id = ANY (touched));\n            \n        UPDATE accounting_journalentry e\n           SET residual = open.amount,\n               payment_state = CASE\n                   WHEN e.total <> 0 AND open.amount = e.total THEN 'not_paid'\n                   WHEN open.amount <> 0 THEN 'partial'\n                   WHEN e.kind IN ('out_invoice', 'in_invoice')\n                        AND EXISTS (SELECT FROM \n        accounting_journalitem i JOIN accounting_partialreconciliation m ON i.id IN (m.debit_item_id, m.credit_item_id)\n        JOIN accounting_journalitem o ON o.id = CASE i.id WHEN m.debit_item_id THEN m.credit_item_id ELSE m.debit_item_id END\n        JOIN accounting_journalentry c ON c.id = o.entry_id WHERE i.entry_id = e.id AND i.display_type = 'payment_term' AND c.kind IN ('out_refund', 'in_refund'))\n                        AND NOT EXISTS (SELECT FROM \n        accounting_journalitem i JOIN accounting_partialreconciliation m ON i.id IN (m.debit_item_id, m.credit_item_id)\n        JOIN accounting_journalitem o ON o.id = CASE i.id WHEN m.debit_item_id THEN m.credit_item_id ELSE m.debit_item_id END\n        JOIN accounting_journalentry c ON c.id = o.entry_id WHERE i.entry_id = e.id AND i.display_type = 'payment_term' AND c.kind NOT IN ('out_refund', 'in_refund'))\n                        THEN 'reversed'\n                   WHEN EXISTS (\n                       SELECT FROM \n        accounting_journalitem i JOIN accounting_partialreconciliation m ON i.id IN (m.debit_item_id, m.credit_item_id)\n        JOIN accounting_journalitem o ON o.id = CASE i.id WHEN m.debit_item_id THEN m.credit_item_id ELSE m.debit_item_id END\n        JOIN accounting_journalentry c ON c.id = o.entry_id WHERE i.entry_id = e.id AND i.display_type = 'payment_term' AND EXISTS (\n                           SELECT FROM accounting_payment p WHERE p.entry_id = c.id AND p.state = 'in_process'\n                       )\n                   ) THEN 'in_payment'\n                   ELSE 'paid'\n               END\n          FROM (\n              SELECT entry_id, abs(sum(residual_currency)) AS amount FROM accounting_journalitem\n               WHERE entry_id = ANY (documents) AND display_type = 'payment_term' GROUP BY entry_id\n          ) open\n         WHERE e.id = ANY (documents) AND open.entry_id = e.id AND e.kind <> 'entry' AND e.state = 'posted';\n            RETURN NULL;\n        ",
                            hash="5e1b9fb615fd9c7e0c17c7877390939f446c89a8",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_partial_reopens_c4e16",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="accounting_partialreconciliation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
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
                    "number",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=40, verbose_name="number"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_process", "In process"),
                            ("paid", "Paid"),
                            ("canceled", "Cancelled"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("inbound", "Receive"), ("outbound", "Send")],
                        default="inbound",
                        max_length=8,
                        verbose_name="type",
                    ),
                ),
                (
                    "partner_kind",
                    models.CharField(
                        choices=[("customer", "Customer"), ("supplier", "Vendor")],
                        default="customer",
                        max_length=8,
                        verbose_name="partner is",
                    ),
                ),
                (
                    "amount",
                    base.money.MoneyField(decimal_places=4, max_digits=20, verbose_name="amount"),
                ),
                ("date", models.DateField(verbose_name="date")),
                (
                    "memo",
                    models.CharField(blank=True, default="", max_length=240, verbose_name="memo"),
                ),
                (
                    "payment_reference",
                    models.CharField(
                        blank=True, default="", max_length=240, verbose_name="payment reference"
                    ),
                ),
                ("is_sent", models.BooleanField(default=False, verbose_name="sent")),
                (
                    "bank_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.partnerbankaccount",
                        verbose_name="recipient bank account",
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
                        db_index=False,
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
                    "currency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.currency",
                        verbose_name="currency",
                    ),
                ),
                (
                    "destination_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="destination account",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payment",
                        to="accounting.journalentry",
                        verbose_name="journal entry",
                    ),
                ),
                (
                    "invoices",
                    models.ManyToManyField(
                        blank=True,
                        related_name="payments",
                        to="accounting.journalentry",
                        verbose_name="documents",
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.journal",
                        verbose_name="journal",
                    ),
                ),
                (
                    "outstanding_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="outstanding account",
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
                        verbose_name="partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment",
                "verbose_name_plural": "payments",
                "ordering": ("-date", "-number", "-id"),
                "permissions": (
                    ("register_payment", "Can register payments"),
                    ("post_payment", "Can post payments"),
                    ("cancel_payment", "Can cancel payments"),
                ),
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["company", "-date", "-id"], name="accounting_payment_by_date"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("draft", "in_process", "paid", "canceled"))
                        ),
                        name="accounting_payment_state_known",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="96fc964bf309542a5f3411e7c4bb1afca312daed",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_7f0ec",
                            table="accounting_payment",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="58b1bbbeb2cda64f013b1625dbed141f05ed1e07",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_remember_43a0f",
                            table="accounting_payment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="payment_made_is_final",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state IN ('in_process', 'paid') AND (NEW.company_id, NEW.journal_id, NEW.entry_id, NEW.kind, NEW.partner_kind, NEW.partner_id, NEW.amount, NEW.currency_id, NEW.date, NEW.number) IS DISTINCT FROM (OLD.company_id, OLD.journal_id, OLD.entry_id, OLD.kind, OLD.partner_kind, OLD.partner_id, OLD.amount, OLD.currency_id, OLD.date, OLD.number))",
                            func="IF TRUE THEN RAISE EXCEPTION 'payment_made_is_final' USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_made_is_final', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="d38c04f86cb409b51659cd4b46b44c80211735ad",
                            operation="UPDATE",
                            pgid="pgtrigger_payment_made_is_final_e95b1",
                            table="accounting_payment",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="payment_made_is_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.number <> '' OR OLD.state IN ('in_process', 'paid'))",
                            func="IF TRUE THEN RAISE EXCEPTION 'payment_made_is_kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_made_is_kept', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="c126006f2c2b3a8afd7ce82cec7d4e11710e5a5f",
                            operation="DELETE",
                            pgid="pgtrigger_payment_made_is_kept_4f230",
                            table="accounting_payment",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="payment_journal_of_company",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (SELECT company_id FROM accounting_journal WHERE id = NEW.journal_id) <> NEW.company_id THEN RAISE EXCEPTION 'payment_journal_of_company' USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_journal_of_company', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="b96c5325dd5e09cd11ad15d6372862c19fa72934",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_payment_journal_of_company_91818",
                            table="accounting_payment",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="payment_tells_documents",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.state <> OLD.state)",
                            declare="DECLARE documents bigint[];",
                            func="\n                    documents := ARRAY(\n                        SELECT DISTINCT o.entry_id FROM accounting_journalitem i\n                          JOIN accounting_partialreconciliation m ON i.id IN (m.debit_item_id, m.credit_item_id)\n                          JOIN accounting_journalitem o\n                            ON o.id = CASE i.id WHEN m.debit_item_id THEN m.credit_item_id ELSE m.debit_item_id END\n                         WHERE i.entry_id = NEW.entry_id\n                    );\n                    IF cardinality(documents) > 0 THEN \n        UPDATE accounting_journalentry e\n           SET residual = open.amount,\n               payment_state = CASE\n                   WHEN e.total <> 0 AND open.amount = e.total THEN 'not_paid'\n                   WHEN open.amount <> 0 THEN 'partial'\n                   WHEN e.kind IN ('out_invoice', 'in_invoice')\n                        AND EXISTS (SELECT FROM \n        accounting_journalitem i JOIN accounting_partialreconciliation m ON i.id IN (m.debit_item_id, m.credit_item_id)\n        JOIN accounting_journalitem o ON o.id = CASE i.id WHEN m.debit_item_id THEN m.credit_item_id ELSE m.debit_item_id END\n        JOIN accounting_journalentry c ON c.id = o.entry_id WHERE i.entry_id = e.id AND i.display_type = 'payment_term' AND c.kind IN ('out_refund', 'in_refund'))\n                        AND NOT EXISTS (SELECT FROM \n        accounting_journalitem i JOIN accounting_partialreconciliation m ON i.id IN (m.debit_item_id, m.credit_item_id)\n        JOIN accounting_journalitem o ON o.id = CASE i.id WHEN m.debit_item_id THEN m.credit_item_id ELSE m.debit_item_id END\n        JOIN accounting_journalentry c ON c.id = o.entry_id WHERE i.entry_id = e.id AND i.display_type = 'payment_term' AND c.kind NOT IN ('out_refund', 'in_refund'))\n                        THEN 'reversed'\n                   WHEN EXISTS (\n                       SELECT FROM \n        accounting_journalitem i JOIN accounting_partialreconciliation m ON i.id IN (m.debit_item_id, m.credit_item_id)\n        JOIN accounting_journalitem o ON o.id = CASE i.id WHEN m.debit_item_id THEN m.credit_item_id ELSE m.debit_item_id END\n        JOIN accounting_journalentry c ON c.id = o.entry_id WHERE i.entry_id = e.id AND i.display_type = 'payment_term' AND EXISTS (\n                           SELECT FROM accounting_payment p WHERE p.entry_id = c.id AND p.state = 'in_process'\n                       )\n                   ) THEN 'in_payment'\n                   ELSE 'paid'\n               END\n          FROM (\n              SELECT entry_id, abs(sum(residual_currency)) AS amount FROM accounting_journalitem\n               WHERE entry_id = ANY (documents) AND display_type = 'payment_term' GROUP BY entry_id\n          ) open\n         WHERE e.id = ANY (documents) AND open.entry_id = e.id AND e.kind <> 'entry' AND e.state = 'posted'; END IF;\n                    RETURN NULL;\n                ",
                            hash="de8284fd98228d800a3c86907dc6230c5de08377",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_payment_tells_documents_ccfdf",
                            table="accounting_payment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentTerm",
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
                    "note",
                    models.TextField(blank=True, default="", verbose_name="text on documents"),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True, default="", null=True, verbose_name="text on documents"
                    ),
                ),
                (
                    "note_ind",
                    models.TextField(
                        blank=True, default="", null=True, verbose_name="text on documents"
                    ),
                ),
                ("sequence", models.IntegerField(default=10, verbose_name="sequence")),
                ("is_shown", models.BooleanField(default=True, verbose_name="shown on documents")),
                (
                    "has_early_discount",
                    models.BooleanField(default=False, verbose_name="early payment discount"),
                ),
                (
                    "discount_percent",
                    base.money.PercentField(
                        decimal_places=6,
                        default=Decimal(2),
                        max_digits=12,
                        verbose_name="discount",
                    ),
                ),
                (
                    "discount_days",
                    models.PositiveSmallIntegerField(default=10, verbose_name="discount days"),
                ),
                (
                    "discount_tax",
                    models.CharField(
                        choices=[
                            ("included", "Tax is reduced when paid early"),
                            ("excluded", "Tax is never reduced"),
                        ],
                        default="included",
                        max_length=8,
                        verbose_name="tax of a discount",
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
                "verbose_name": "payment term",
                "verbose_name_plural": "payment terms",
                "ordering": ("sequence", "id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("discount_percent__gte", 0), ("discount_percent__lte", 100)
                        ),
                        name="accounting_paymentterm_discount_is_a_part",
                        violation_error_message="A discount is between 0 and 100 percent.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="f60ca50af4b63280b696f23e7f2908a3f9632c29",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_58d18",
                            table="accounting_paymentterm",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.name_en := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name, ''), NEW.name_ind);\n    ELSIF NEW.name IS DISTINCT FROM OLD.name AND (NEW.name_en, NEW.name_ind)\n        IS NOT DISTINCT FROM (OLD.name_en, OLD.name_ind) THEN\n        NEW.name_en := NEW.name;\n    END IF;\n    NEW.name := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name_ind, ''), '');\n    IF TG_OP = 'INSERT' THEN\n        NEW.note_en := coalesce(nullif(NEW.note_en, ''), nullif(NEW.note, ''), NEW.note_ind);\n    ELSIF NEW.note IS DISTINCT FROM OLD.note AND (NEW.note_en, NEW.note_ind)\n        IS NOT DISTINCT FROM (OLD.note_en, OLD.note_ind) THEN\n        NEW.note_en := NEW.note;\n    END IF;\n    NEW.note := coalesce(nullif(NEW.note_en, ''), nullif(NEW.note_ind, ''), '');\n    RETURN NEW;",
                            hash="d7bd02fdd50e0a361892e4dd968efec411673679",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_57f52",
                            table="accounting_paymentterm",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="0fb5c767cdad81d9e310a3104f9639fd84865daf",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_28cd9",
                            table="accounting_paymentterm",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerAccounting",
            fields=[
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
                    "partner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="accounting",
                        serialize=False,
                        to="base.partner",
                        verbose_name="partner",
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
                    "payable_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="payable account",
                    ),
                ),
                (
                    "receivable_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="receivable account",
                    ),
                ),
                (
                    "payment_term",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.paymentterm",
                        verbose_name="customer payment term",
                    ),
                ),
                (
                    "supplier_payment_term",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.paymentterm",
                        verbose_name="vendor payment term",
                    ),
                ),
            ],
            options={
                "verbose_name": "accounting of a partner",
                "verbose_name_plural": "accounting of partners",
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="c1de90c0d590d54fe13a51e00f17a06224238523",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_ac8bc",
                            table="accounting_partneraccounting",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.partner_id ELSE NEW.partner_id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="f461915c3856664874b9b57697ac511a2947804e",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_39dc1",
                            table="accounting_partneraccounting",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="journalentry",
            name="payment_term",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounting.paymentterm",
                verbose_name="payment term",
            ),
        ),
        migrations.CreateModel(
            name="PaymentTermLine",
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
                    "kind",
                    models.CharField(
                        choices=[("percent", "Percent"), ("fixed", "Fixed")],
                        default="percent",
                        max_length=8,
                        verbose_name="type",
                    ),
                ),
                (
                    "value",
                    base.money.MoneyField(
                        decimal_places=4,
                        default=Decimal(100),
                        max_digits=20,
                        verbose_name="value",
                    ),
                ),
                (
                    "delay",
                    models.CharField(
                        choices=[
                            ("days_after", "Days after the document's date"),
                            ("days_after_end_of_month", "Days after end of month"),
                            ("days_after_end_of_next_month", "Days after end of next month"),
                            (
                                "days_end_of_month_on_the",
                                "On a day of the month after so many days",
                            ),
                        ],
                        default="days_after",
                        max_length=32,
                        verbose_name="counted",
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(default=0, verbose_name="days")),
                (
                    "day_of_month",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="0 is the last day.",
                        validators=[django.core.validators.MaxValueValidator(31)],
                        verbose_name="day of the month",
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
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="accounting.paymentterm",
                        verbose_name="payment term",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment term line",
                "verbose_name_plural": "payment term lines",
                "ordering": ("term", "sequence", "id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "percent"), _negated=True),
                            models.Q(("value__gte", 0), ("value__lte", 100)),
                            _connector="OR",
                        ),
                        name="accounting_paymenttermline_value_is_a_part",
                        violation_error_message="A part is between 0 and 100 percent.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="4ad85c01ba0a1b40fb0f437bf4bfb7fb26ac0d91",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_ce961",
                            table="accounting_paymenttermline",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="532507ed439f716ad314eff98898a8b68ac56d97",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_cce82",
                            table="accounting_paymenttermline",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="term_percentages_add_up",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="IF NOT ((SELECT coalesce(sum(value), 100) FROM accounting_paymenttermline\n                         WHERE term_id = coalesce(NEW.term_id, OLD.term_id) AND kind = 'percent') = 100) THEN RAISE EXCEPTION 'term_percentages_add_up' USING ERRCODE = 'check_violation', CONSTRAINT = 'term_percentages_add_up', TABLE = TG_TABLE_NAME; END IF; RETURN NULL;",
                            hash="8ac92c20a73a5847ea9fa11472de76586801f8ac",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_term_percentages_add_up_19c0d",
                            table="accounting_paymenttermline",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tax",
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
                    "invoice_label",
                    models.CharField(
                        blank=True, default="", max_length=80, verbose_name="label on documents"
                    ),
                ),
                (
                    "invoice_label_en",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=80,
                        null=True,
                        verbose_name="label on documents",
                    ),
                ),
                (
                    "invoice_label_ind",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=80,
                        null=True,
                        verbose_name="label on documents",
                    ),
                ),
                (
                    "description",
                    models.TextField(blank=True, default="", verbose_name="description"),
                ),
                (
                    "description_en",
                    models.TextField(blank=True, default="", null=True, verbose_name="description"),
                ),
                (
                    "description_ind",
                    models.TextField(blank=True, default="", null=True, verbose_name="description"),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[("sale", "Sales"), ("purchase", "Purchases"), ("none", "None")],
                        default="sale",
                        max_length=8,
                        verbose_name="used on",
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        blank=True,
                        choices=[("consu", "Goods"), ("service", "Services")],
                        default="",
                        max_length=8,
                        verbose_name="scope",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("group", "Group of taxes"),
                            ("fixed", "Fixed amount per unit"),
                            ("percent", "Percentage of the price"),
                            ("division", "Percentage of the price with tax"),
                        ],
                        default="percent",
                        max_length=8,
                        verbose_name="computed as",
                    ),
                ),
                (
                    "rate",
                    base.money.PercentField(
                        decimal_places=6,
                        default=Decimal(0),
                        help_text="In percent, or money per unit for a fixed tax.",
                        max_digits=12,
                        verbose_name="rate",
                    ),
                ),
                (
                    "base_numerator",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="taxed part of the price"
                    ),
                ),
                (
                    "base_denominator",
                    models.PositiveSmallIntegerField(default=1, verbose_name="divided by"),
                ),
                (
                    "amount",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("rate"), "*", models.F("base_numerator")
                            ),
                            "/",
                            models.F("base_denominator"),
                        ),
                        output_field=base.money.PercentField(
                            decimal_places=6, max_digits=12, verbose_name="effective rate"
                        ),
                        verbose_name="effective rate",
                    ),
                ),
                (
                    "inclusion",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("tax_included", "Included in the price"),
                            ("tax_excluded", "On top of the price"),
                        ],
                        default="",
                        help_text="Empty: as the company's settings say.",
                        max_length=12,
                        verbose_name="in the price",
                    ),
                ),
                (
                    "affects_base",
                    models.BooleanField(
                        default=False, verbose_name="raises the base of later taxes"
                    ),
                ),
                (
                    "is_base_affected",
                    models.BooleanField(
                        default=True, verbose_name="base is raised by earlier taxes"
                    ),
                ),
                ("sequence", models.IntegerField(default=1, verbose_name="sequence")),
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
                    "children",
                    models.ManyToManyField(
                        blank=True,
                        related_name="groups",
                        to="accounting.tax",
                        verbose_name="taxes of the group",
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
            ],
            options={
                "verbose_name": "tax",
                "verbose_name_plural": "taxes",
                "ordering": ("sequence", "id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("base_denominator__gt", 0), ("base_numerator__gt", 0)),
                        name="accounting_tax_base_is_a_part",
                        violation_error_message="The taxed part of the price is a fraction such as 11/12.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "division"), _negated=True),
                            ("rate__lt", 100),
                            _connector="OR",
                        ),
                        name="accounting_tax_division_below_whole",
                        violation_error_message="A tax that is part of the price with tax is below 100 percent.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductAccounting",
            fields=[
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
                    "template",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="accounting",
                        serialize=False,
                        to="base.producttemplate",
                        verbose_name="product",
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
                    "expense_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="expense account",
                    ),
                ),
                (
                    "income_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="income account",
                    ),
                ),
                (
                    "purchase_taxes",
                    models.ManyToManyField(
                        blank=True,
                        limit_choices_to={"use": "purchase"},
                        related_name="+",
                        to="accounting.tax",
                        verbose_name="purchase taxes",
                    ),
                ),
                (
                    "sale_taxes",
                    models.ManyToManyField(
                        blank=True,
                        limit_choices_to={"use": "sale"},
                        related_name="+",
                        to="accounting.tax",
                        verbose_name="sales taxes",
                    ),
                ),
            ],
            options={
                "verbose_name": "accounting of a product",
                "verbose_name_plural": "accounting of products",
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="de85f5304c4fa484224e0098ae2c4facb1cdd3e4",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_db8ed",
                            table="accounting_productaccounting",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.template_id ELSE NEW.template_id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="727a06a29633a63400946ed3530bfb0dea83b560",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_24054",
                            table="accounting_productaccounting",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="journalitem",
            name="tax",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounting.tax",
                verbose_name="tax of this line",
            ),
        ),
        migrations.AddField(
            model_name="journalitem",
            name="taxes",
            field=models.ManyToManyField(
                blank=True,
                related_name="+",
                through="accounting.ItemTax",
                to="accounting.tax",
                verbose_name="taxes",
            ),
        ),
        migrations.AddField(
            model_name="itemtax",
            name="tax",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounting.tax",
                verbose_name="tax",
            ),
        ),
        migrations.CreateModel(
            name="CompanyAccounting",
            fields=[
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
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="accounting",
                        serialize=False,
                        to="base.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "chart",
                    models.CharField(
                        blank=True,
                        default="",
                        editable=False,
                        max_length=40,
                        verbose_name="chart of accounts",
                    ),
                ),
                (
                    "tax_rounding",
                    models.CharField(
                        choices=[
                            ("per_line", "On each line"),
                            ("globally", "On the whole document"),
                        ],
                        default="globally",
                        max_length=12,
                        verbose_name="taxes are rounded",
                    ),
                ),
                (
                    "tax_places",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: those of the currency. 0 rounds each tax of a document to whole rupiah.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(4)],
                        verbose_name="decimals of a document's taxes",
                    ),
                ),
                (
                    "price_inclusion",
                    models.CharField(
                        choices=[
                            ("tax_included", "Prices include tax"),
                            ("tax_excluded", "Tax is on top of prices"),
                        ],
                        default="tax_excluded",
                        max_length=12,
                        verbose_name="taxes in prices",
                    ),
                ),
                (
                    "year_end_month",
                    models.PositiveSmallIntegerField(
                        default=12,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="last month of the fiscal year",
                    ),
                ),
                (
                    "year_end_day",
                    models.PositiveSmallIntegerField(
                        default=31,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(31),
                        ],
                        verbose_name="last day of the fiscal year",
                    ),
                ),
                (
                    "lock_date",
                    models.DateField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="everything is locked up to",
                    ),
                ),
                (
                    "tax_lock_date",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="taxes are locked up to"
                    ),
                ),
                (
                    "sale_lock_date",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="sales are locked up to"
                    ),
                ),
                (
                    "purchase_lock_date",
                    models.DateField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="purchases are locked up to",
                    ),
                ),
                (
                    "hard_lock_date",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="locked for ever up to"
                    ),
                ),
                (
                    "cash_difference_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="cash difference account",
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
                    "discount_gain_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="early payment discount received",
                    ),
                ),
                (
                    "discount_loss_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="early payment discount given",
                    ),
                ),
                (
                    "earnings_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="current year earnings account",
                    ),
                ),
                (
                    "exchange_gain_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="exchange gain account",
                    ),
                ),
                (
                    "exchange_loss_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="exchange loss account",
                    ),
                ),
                (
                    "expense_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="expense account",
                    ),
                ),
                (
                    "income_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="income account",
                    ),
                ),
                (
                    "payable_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="payable account",
                    ),
                ),
                (
                    "receivable_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="receivable account",
                    ),
                ),
                (
                    "suspense_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="bank suspense account",
                    ),
                ),
                (
                    "transfer_account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="internal transfer account",
                    ),
                ),
                (
                    "exchange_journal",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.journal",
                        verbose_name="exchange difference journal",
                    ),
                ),
                (
                    "purchase_tax",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.tax",
                        verbose_name="default purchase tax",
                    ),
                ),
                (
                    "sale_tax",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.tax",
                        verbose_name="default sales tax",
                    ),
                ),
            ],
            options={
                "verbose_name": "accounting settings",
                "verbose_name_plural": "accounting settings",
                "permissions": (
                    ("load_chart", "Can load a chart of accounts"),
                    ("lock_books", "Can set lock dates"),
                ),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("year_end_day__range", (1, 31)), ("year_end_month__range", (1, 12))
                        ),
                        name="accounting_companyaccounting_year_ends_on_a_day",
                        violation_error_message="The fiscal year ends on a day of a month.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="2676e4555e25c8c42307e769679073d2b9264757",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_f99d5",
                            table="accounting_companyaccounting",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.company_id ELSE NEW.company_id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="a3456574dd7e12aff34308baac5846adbec10f5c",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_b67b3",
                            table="accounting_companyaccounting",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="settings_closing_waits",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN ((NEW.lock_date, NEW.tax_lock_date, NEW.sale_lock_date, NEW.purchase_lock_date, NEW.hard_lock_date) IS DISTINCT FROM (OLD.lock_date, OLD.tax_lock_date, OLD.sale_lock_date, OLD.purchase_lock_date, OLD.hard_lock_date))",
                            func="LOCK TABLE accounting_journalentry IN SHARE ROW EXCLUSIVE MODE; RETURN NEW;",
                            hash="f14744754dbc1acdbaaa5a306a8ab478ac225bb8",
                            operation="UPDATE",
                            pgid="pgtrigger_settings_closing_waits_9304f",
                            table="accounting_companyaccounting",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="settings_hard_lock_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.hard_lock_date IS NOT NULL AND (NEW.hard_lock_date IS NULL OR NEW.hard_lock_date < OLD.hard_lock_date))",
                            func="IF TRUE THEN RAISE EXCEPTION 'settings_hard_lock_stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'settings_hard_lock_stays', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="a65b8143aeda26a7b6027dc44964718dd65b0b01",
                            operation="UPDATE",
                            pgid="pgtrigger_settings_hard_lock_stays_8f79e",
                            table="accounting_companyaccounting",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="account",
            name="taxes",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="accounting.tax", verbose_name="default taxes"
            ),
        ),
        migrations.CreateModel(
            name="TaxGroup",
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
                (
                    "preceding_subtotal",
                    models.CharField(
                        blank=True, default="", max_length=80, verbose_name="subtotal before it"
                    ),
                ),
                (
                    "preceding_subtotal_en",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=80,
                        null=True,
                        verbose_name="subtotal before it",
                    ),
                ),
                (
                    "preceding_subtotal_ind",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=80,
                        null=True,
                        verbose_name="subtotal before it",
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
                    "payable_account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="tax payable account",
                    ),
                ),
                (
                    "receivable_account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="tax receivable account",
                    ),
                ),
            ],
            options={
                "verbose_name": "tax group",
                "verbose_name_plural": "tax groups",
                "ordering": ("sequence", "id"),
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="1b53c36d2bfd9466976e87f9383d8fcff7c59c25",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_23645",
                            table="accounting_taxgroup",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.name_en := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name, ''), NEW.name_ind);\n    ELSIF NEW.name IS DISTINCT FROM OLD.name AND (NEW.name_en, NEW.name_ind)\n        IS NOT DISTINCT FROM (OLD.name_en, OLD.name_ind) THEN\n        NEW.name_en := NEW.name;\n    END IF;\n    NEW.name := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name_ind, ''), '');\n    IF TG_OP = 'INSERT' THEN\n        NEW.preceding_subtotal_en := coalesce(nullif(NEW.preceding_subtotal_en, ''), nullif(NEW.preceding_subtotal, ''), NEW.preceding_subtotal_ind);\n    ELSIF NEW.preceding_subtotal IS DISTINCT FROM OLD.preceding_subtotal AND (NEW.preceding_subtotal_en, NEW.preceding_subtotal_ind)\n        IS NOT DISTINCT FROM (OLD.preceding_subtotal_en, OLD.preceding_subtotal_ind) THEN\n        NEW.preceding_subtotal_en := NEW.preceding_subtotal;\n    END IF;\n    NEW.preceding_subtotal := coalesce(nullif(NEW.preceding_subtotal_en, ''), nullif(NEW.preceding_subtotal_ind, ''), '');\n    RETURN NEW;",
                            hash="c823190455dff9ec45df38274f54ac6844c9355f",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_6839f",
                            table="accounting_taxgroup",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="tax",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="taxes",
                to="accounting.taxgroup",
                verbose_name="tax group",
            ),
        ),
        migrations.CreateModel(
            name="TaxRepartition",
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
                    "document",
                    models.CharField(
                        choices=[("invoice", "Invoice"), ("refund", "Refund")],
                        max_length=8,
                        verbose_name="on",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("base", "Base"), ("tax", "Tax")],
                        default="tax",
                        max_length=4,
                        verbose_name="of",
                    ),
                ),
                (
                    "factor_percent",
                    base.money.PercentField(
                        decimal_places=6,
                        default=Decimal(100),
                        max_digits=12,
                        verbose_name="percent",
                    ),
                ),
                (
                    "is_in_closing",
                    models.BooleanField(default=True, verbose_name="in the tax closing"),
                ),
                ("sequence", models.IntegerField(default=1, verbose_name="sequence")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the account of the line itself.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="account",
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
                    "tags",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="accounting.accounttag",
                        verbose_name="tags",
                    ),
                ),
                (
                    "tax",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="repartition",
                        to="accounting.tax",
                        verbose_name="tax",
                    ),
                ),
            ],
            options={
                "verbose_name": "tax repartition",
                "verbose_name_plural": "tax repartition",
                "ordering": ("tax", "document", "kind", "sequence", "id"),
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="5ef5bb41f4a3c8557abd9776c384678e7e6185fa",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_244b4",
                            table="accounting_taxrepartition",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="1818c07b6da5fc109004ec05e8b642d8cc1c0583",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_a864a",
                            table="accounting_taxrepartition",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="repartition_account_of_company",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.account_id IS NOT NULL)",
                            func="IF (SELECT company_id FROM accounting_account WHERE id = NEW.account_id)\n                       <> (SELECT company_id FROM accounting_tax WHERE id = NEW.tax_id) THEN RAISE EXCEPTION 'repartition_account_of_company' USING ERRCODE = 'check_violation', CONSTRAINT = 'repartition_account_of_company', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="6c564053743b260a858695f58dade4ac3fd02bc1",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_repartition_account_of_company_2c822",
                            table="accounting_taxrepartition",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="journalitem",
            name="repartition",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounting.taxrepartition",
                verbose_name="tax repartition",
            ),
        ),
        migrations.CreateModel(
            name="AccountBalance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.IntegerField(verbose_name="month")),
                (
                    "debit",
                    base.money.MoneyField(
                        decimal_places=4, default=Decimal(0), max_digits=24, verbose_name="debit"
                    ),
                ),
                (
                    "credit",
                    base.money.MoneyField(
                        decimal_places=4, default=Decimal(0), max_digits=24, verbose_name="credit"
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounting.account",
                        verbose_name="account",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.company",
                        verbose_name="company",
                    ),
                ),
            ],
            options={
                "verbose_name": "account balance",
                "verbose_name_plural": "account balances",
                "ordering": ("company", "account", "period"),
                "permissions": (("fold_balances", "Can fold and rebuild balances"),),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "period", "account"),
                        name="accounting_accountbalance_once_a_month",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="itemtag",
            constraint=models.UniqueConstraint(
                fields=("item", "tag"), name="accounting_itemtag_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount__gt", 0),
                    models.Q(("amount", 0), ("state__in", ("draft", "canceled"))),
                    _connector="OR",
                ),
                name="accounting_payment_positive",
                violation_error_message="A payment is more than nothing.",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "canceled")), ("entry__isnull", False), _connector="OR"
                ),
                name="accounting_payment_made_has_entry",
                violation_error_message="A payment that was made has a journal entry.",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemtax",
            constraint=models.UniqueConstraint(
                fields=("item", "tax"), name="accounting_itemtax_once"
            ),
        ),
        migrations.AddIndex(
            model_name="journalitem",
            index=models.Index(
                condition=models.Q(("tax__isnull", False)),
                fields=["tax"],
                name="accounting_item_by_tax",
            ),
        ),
        migrations.AddConstraint(
            model_name="journalitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("account__isnull", True),
                        ("amount_currency", 0),
                        ("credit", 0),
                        ("debit", 0),
                        ("display_type__in", ("line_section", "line_note")),
                    ),
                    models.Q(
                        models.Q(
                            ("display_type__in", ("line_section", "line_note")), _negated=True
                        ),
                        ("account__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="accounting_journalitem_text_has_no_amount",
                violation_error_message="An item is on an account; only sections and notes have none, and no amount.",
            ),
        ),
        base.folding.AddTriggers(
            triggers=[
                (
                    "itemtag",
                    pgtrigger.compiler.Trigger(
                        name="itemtag_posted_is_final",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (SELECT state FROM accounting_journalitem WHERE id = coalesce(NEW.item_id, OLD.item_id)) <> 'draft' THEN RAISE EXCEPTION 'itemtag_posted_is_final' USING ERRCODE = 'check_violation', CONSTRAINT = 'itemtag_posted_is_final', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="b1c1b549277752391e3168289e177255ca0d74a5",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_itemtag_posted_is_final_e604e",
                            table="accounting_itemtag",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "journalentry",
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="04317f26841f5a201c736d50d025b5595fca6508",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_5c26b",
                            table="accounting_journalentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "journalentry",
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'residual', 'payment_state']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'residual', 'payment_state']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'residual', 'payment_state']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'residual', 'payment_state']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="99b60fdda7301fec986e8c6f2580d5283567721d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_remember_f89a4",
                            table="accounting_journalentry",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "journalentry",
                    pgtrigger.compiler.Trigger(
                        name="entry_starts_as_draft",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.state <> 'draft' OR NEW.number <> '')",
                            func="IF TRUE THEN RAISE EXCEPTION 'entry_starts_as_draft' USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_starts_as_draft', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="7d284d33c342fa08197d41094484d3a38c22a73d",
                            operation="INSERT",
                            pgid="pgtrigger_entry_starts_as_draft_14c7a",
                            table="accounting_journalentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "journalentry",
                    pgtrigger.compiler.Trigger(
                        name="entry_posted_is_final",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state <> 'draft')",
                            func="\n        IF to_jsonb(NEW) - ARRAY['state', 'residual', 'payment_state', 'reference', 'payment_reference', 'narration', 'salesperson_id', 'bank_account_id', 'is_sent', 'is_checked', 'changed_at', 'changed_by_id']::text[] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['state', 'residual', 'payment_state', 'reference', 'payment_reference', 'narration', 'salesperson_id', 'bank_account_id', 'is_sent', 'is_checked', 'changed_at', 'changed_by_id']::text[] THEN\n            RAISE EXCEPTION 'entry_posted_is_final' USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_posted_is_final', TABLE = TG_TABLE_NAME;\n        END IF;\n        IF (NEW.residual, NEW.payment_state) IS DISTINCT FROM (OLD.residual, OLD.payment_state)\n            AND NEW.state = OLD.state AND pg_trigger_depth() = 1\n        THEN\n            RAISE EXCEPTION 'entry_is_paid_by_matching' USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_is_paid_by_matching', TABLE = TG_TABLE_NAME;\n        END IF;\n        IF NEW.state <> OLD.state AND coalesce(current_setting('niaga.reset', true), '') <> 'on' THEN\n            RAISE EXCEPTION 'entry_posted_is_final' USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_posted_is_final', TABLE = TG_TABLE_NAME;\n        END IF;\n        IF OLD.state = 'posted' AND NEW.state <> 'posted' AND EXISTS (\n            SELECT FROM accounting_partialreconciliation m JOIN accounting_journalitem i ON i.id IN (m.debit_item_id, m.credit_item_id)\n             WHERE i.entry_id = OLD.id\n        ) THEN\n            RAISE EXCEPTION 'entry_reset_while_reconciled' USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_reset_while_reconciled', TABLE = TG_TABLE_NAME;\n        END IF;\n        RETURN NEW;\n    ",
                            hash="9b2d6ccbe6a10ebcb80b41977628d6eb99ce8200",
                            operation="UPDATE",
                            pgid="pgtrigger_entry_posted_is_final_4cc78",
                            table="accounting_journalentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "journalentry",
                    pgtrigger.compiler.Trigger(
                        name="entry_numbered_is_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.number <> '' OR OLD.state = 'posted')",
                            func="IF TRUE THEN RAISE EXCEPTION 'entry_numbered_is_kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_numbered_is_kept', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="562261769bd520216f8699dc72657ccd438b7356",
                            operation="DELETE",
                            pgid="pgtrigger_entry_numbered_is_kept_9615b",
                            table="accounting_journalentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "journalentry",
                    pgtrigger.compiler.Trigger(
                        name="entry_number_is_for_ever",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN ((OLD.number <> '' AND (NEW.number, NEW.journal_id, NEW.kind, date_part('year', NEW.date)) IS DISTINCT FROM (OLD.number, OLD.journal_id, OLD.kind, date_part('year', OLD.date))) OR (OLD.number = '' AND NEW.number <> '' AND NEW.state <> 'posted'))",
                            func="IF TRUE THEN RAISE EXCEPTION 'entry_number_is_for_ever' USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_number_is_for_ever', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="1f80f7f93132a3561c177d1adb52ada5f56e110c",
                            operation="UPDATE",
                            pgid="pgtrigger_entry_number_is_for_ever_afec9",
                            table="accounting_journalentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "journalentry",
                    pgtrigger.compiler.Trigger(
                        name="entry_outside_locked_books",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.state <> OLD.state AND 'posted' IN (NEW.state, OLD.state))",
                            func="IF \n    EXISTS (\n        SELECT FROM accounting_fiscalperiod p\n         WHERE p.company_id = NEW.company_id AND p.days @> NEW.date AND p.closed_at IS NOT NULL\n    ) OR EXISTS (\n        SELECT FROM accounting_companyaccounting s JOIN accounting_journal j ON j.id = NEW.journal_id\n         WHERE s.company_id = NEW.company_id AND NEW.date <= greatest(\n            s.lock_date, s.hard_lock_date,\n            CASE j.kind WHEN 'sale' THEN s.sale_lock_date WHEN 'purchase' THEN s.purchase_lock_date END,\n            CASE WHEN s.tax_lock_date >= NEW.date AND EXISTS (\n                SELECT FROM accounting_journalitem i WHERE i.entry_id = NEW.id AND i.tax_id IS NOT NULL\n            ) THEN s.tax_lock_date END\n        )\n    ) THEN RAISE EXCEPTION 'entry_outside_locked_books' USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_outside_locked_books', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="65c7973de7204e399fe18ea8343f73a2eadef46c",
                            operation="UPDATE",
                            pgid="pgtrigger_entry_outside_locked_books_70cdc",
                            table="accounting_journalentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "journalentry",
                    pgtrigger.compiler.Trigger(
                        name="entry_journal_of_company",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (SELECT company_id FROM accounting_journal WHERE id = NEW.journal_id) <> NEW.company_id THEN RAISE EXCEPTION 'entry_journal_of_company' USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_journal_of_company', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="6fcc9d521a12fc21e270bc35a75c71f514bada3a",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_entry_journal_of_company_57784",
                            table="accounting_journalentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "journalentry",
                    pgtrigger.compiler.Trigger(
                        name="entry_posted_is_balanced",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.state = 'posted' AND OLD.state <> 'posted')",
                            constraint="CONSTRAINT",
                            func="IF NOT ((SELECT state FROM accounting_journalentry WHERE id = NEW.id) IS DISTINCT FROM 'posted' OR\n            (SELECT count(account_id) > 0 AND sum(debit) = sum(credit) FROM accounting_journalitem WHERE entry_id = NEW.id)) THEN RAISE EXCEPTION 'entry_posted_is_balanced' USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_posted_is_balanced', TABLE = TG_TABLE_NAME; END IF; RETURN NULL;",
                            hash="3c3ed8d47f4863d53a95b0c375976ab4837aa6fc",
                            operation="UPDATE",
                            pgid="pgtrigger_entry_posted_is_balanced_eab26",
                            table="accounting_journalentry",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "journalentry",
                    pgtrigger.compiler.Trigger(
                        name="entry_items_follow",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE moved bigint[]; posted bigint[]; taken_back bigint[];",
                            func="\n        moved := ARRAY(\n            SELECT id FROM (\n                SELECT id, company_id, journal_id, date, state FROM after\n                EXCEPT SELECT id, company_id, journal_id, date, state FROM before\n            ) x\n        );\n        IF cardinality(moved) = 0 THEN RETURN NULL; END IF;\n        posted := ARRAY(\n            SELECT id FROM after WHERE state = 'posted' EXCEPT SELECT id FROM before WHERE state = 'posted'\n        );\n        taken_back := ARRAY(\n            SELECT id FROM before WHERE state = 'posted' EXCEPT SELECT id FROM after WHERE state = 'posted'\n        );\n        UPDATE accounting_journalitem i\n           SET company_id = e.company_id, journal_id = e.journal_id, date = e.date, state = e.state\n          FROM accounting_journalentry e WHERE i.entry_id = ANY (moved) AND e.id = i.entry_id;\n        INSERT INTO accounting_accountbalancedelta (company_id, account_id, period, debit, credit)\n        SELECT company_id, account_id, period, sum(debit), sum(credit) FROM (\n            SELECT company_id, account_id, date_part('year', date) * 100 + date_part('month', date) AS period,\n                   debit, credit\n              FROM accounting_journalitem WHERE entry_id = ANY (posted) AND account_id IS NOT NULL\n            UNION ALL\n            SELECT company_id, account_id, date_part('year', date) * 100 + date_part('month', date),\n                   -debit, -credit\n              FROM accounting_journalitem WHERE entry_id = ANY (taken_back) AND account_id IS NOT NULL\n        ) x GROUP BY company_id, account_id, period ORDER BY company_id, account_id, period;\n        RETURN NULL;\n    ",
                            hash="d31d70094f22565f5e0dff8a360178511f9816a1",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_entry_items_follow_6f23b",
                            referencing="REFERENCING OLD TABLE AS before  NEW TABLE AS after ",
                            table="accounting_journalentry",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "itemtax",
                    pgtrigger.compiler.Trigger(
                        name="itemtax_posted_is_final",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (SELECT state FROM accounting_journalitem WHERE id = coalesce(NEW.item_id, OLD.item_id)) <> 'draft' THEN RAISE EXCEPTION 'itemtax_posted_is_final' USING ERRCODE = 'check_violation', CONSTRAINT = 'itemtax_posted_is_final', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="c6a1636f932aa5dbc4b435fac29e8c90fac2c00f",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_itemtax_posted_is_final_e7c10",
                            table="accounting_itemtax",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "itemtax",
                    pgtrigger.compiler.Trigger(
                        name="itemtax_tax_of_company",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (SELECT company_id FROM accounting_tax WHERE id = NEW.tax_id)\n            <> (SELECT company_id FROM accounting_journalitem WHERE id = NEW.item_id) THEN RAISE EXCEPTION 'itemtax_tax_of_company' USING ERRCODE = 'check_violation', CONSTRAINT = 'itemtax_tax_of_company', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="363908543a84a9059e5bb2dce0a9621be62575d5",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_itemtax_tax_of_company_12876",
                            table="accounting_itemtax",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "account",
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="d77784e1f63652d6a7078880eebd2fa15d9ce094",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_55f43",
                            table="accounting_account",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "account",
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.name_en := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name, ''), NEW.name_ind);\n    ELSIF NEW.name IS DISTINCT FROM OLD.name AND (NEW.name_en, NEW.name_ind)\n        IS NOT DISTINCT FROM (OLD.name_en, OLD.name_ind) THEN\n        NEW.name_en := NEW.name;\n    END IF;\n    NEW.name := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name_ind, ''), '');\n    RETURN NEW;",
                            hash="7928622f7fabfbeebb4e0e9dbee2e8b8ca2999f9",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_8775a",
                            table="accounting_account",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "account",
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="a09554f826df95f0666a0e11002665a8253b71b6",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_57f32",
                            table="accounting_account",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "account",
                    pgtrigger.compiler.Trigger(
                        name="account_is_settled_once_used",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.company_id <> OLD.company_id OR NEW.is_reconcilable <> OLD.is_reconcilable)",
                            func="IF NEW.company_id <> OLD.company_id\n                       OR EXISTS (SELECT FROM accounting_journalitem WHERE account_id = OLD.id) THEN RAISE EXCEPTION 'account_is_settled_once_used' USING ERRCODE = 'check_violation', CONSTRAINT = 'account_is_settled_once_used', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="bf254e17d51a12d2a5cb1a3bf91f9abdbd0bc837",
                            operation="UPDATE",
                            pgid="pgtrigger_account_is_settled_once_used_36724",
                            table="accounting_account",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "tax",
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="afabeb22637349f26de9191befb232f79c521be5",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_a7667",
                            table="accounting_tax",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "tax",
                    pgtrigger.compiler.Trigger(
                        name="both_languages",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.name_en := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name, ''), NEW.name_ind);\n    ELSIF NEW.name IS DISTINCT FROM OLD.name AND (NEW.name_en, NEW.name_ind)\n        IS NOT DISTINCT FROM (OLD.name_en, OLD.name_ind) THEN\n        NEW.name_en := NEW.name;\n    END IF;\n    NEW.name := coalesce(nullif(NEW.name_en, ''), nullif(NEW.name_ind, ''), '');\n    IF TG_OP = 'INSERT' THEN\n        NEW.invoice_label_en := coalesce(nullif(NEW.invoice_label_en, ''), nullif(NEW.invoice_label, ''), NEW.invoice_label_ind);\n    ELSIF NEW.invoice_label IS DISTINCT FROM OLD.invoice_label AND (NEW.invoice_label_en, NEW.invoice_label_ind)\n        IS NOT DISTINCT FROM (OLD.invoice_label_en, OLD.invoice_label_ind) THEN\n        NEW.invoice_label_en := NEW.invoice_label;\n    END IF;\n    NEW.invoice_label := coalesce(nullif(NEW.invoice_label_en, ''), nullif(NEW.invoice_label_ind, ''), '');\n    IF TG_OP = 'INSERT' THEN\n        NEW.description_en := coalesce(nullif(NEW.description_en, ''), nullif(NEW.description, ''), NEW.description_ind);\n    ELSIF NEW.description IS DISTINCT FROM OLD.description AND (NEW.description_en, NEW.description_ind)\n        IS NOT DISTINCT FROM (OLD.description_en, OLD.description_ind) THEN\n        NEW.description_en := NEW.description;\n    END IF;\n    NEW.description := coalesce(nullif(NEW.description_en, ''), nullif(NEW.description_ind, ''), '');\n    RETURN NEW;",
                            hash="f5d4f366a8cb181a231ac906db7f293fc5e210f9",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_both_languages_65203",
                            table="accounting_tax",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "tax",
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="744b9718a8947465dada3be95f11e38a5b66a205",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_remember_5f2f7",
                            table="accounting_tax",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "tax",
                    pgtrigger.compiler.Trigger(
                        name="tax_keeps_its_company",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.company_id <> OLD.company_id)",
                            func="IF TRUE THEN RAISE EXCEPTION 'tax_keeps_its_company' USING ERRCODE = 'check_violation', CONSTRAINT = 'tax_keeps_its_company', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="c52455e40cc11f8b10156a8ef74693d5e508800e",
                            operation="UPDATE",
                            pgid="pgtrigger_tax_keeps_its_company_541ad",
                            table="accounting_tax",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "tax",
                    pgtrigger.compiler.Trigger(
                        name="tax_is_settled_once_used",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN ((NEW.kind, NEW.rate, NEW.base_numerator, NEW.base_denominator, NEW.use) IS DISTINCT FROM (OLD.kind, OLD.rate, OLD.base_numerator, OLD.base_denominator, OLD.use))",
                            func="IF EXISTS (SELECT FROM accounting_journalitem\n                                WHERE tax_id = OLD.id AND state = 'posted') THEN RAISE EXCEPTION 'tax_is_settled_once_used' USING ERRCODE = 'check_violation', CONSTRAINT = 'tax_is_settled_once_used', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="32ca447396fa06507e95714711a58be6fa15ce34",
                            operation="UPDATE",
                            pgid="pgtrigger_tax_is_settled_once_used_38f93",
                            table="accounting_tax",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "journalitem",
                    pgtrigger.compiler.Trigger(
                        name="authorship",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.created_at := COALESCE(NEW.created_at, statement_timestamp());\n        NEW.created_by_id := COALESCE(NEW.created_by_id, nullif(current_setting('niaga.user', true), '')::bigint);\n    END IF;\n    NEW.changed_at := statement_timestamp();\n    NEW.changed_by_id := COALESCE(nullif(current_setting('niaga.user', true), '')::bigint, NEW.changed_by_id);\n    RETURN NEW;\n",
                            hash="8b2cd8ae1418feccef8a15d7f7dc0d87a8014300",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_authorship_fe296",
                            table="accounting_journalitem",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "journalitem",
                    pgtrigger.compiler.Trigger(
                        name="remember",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was jsonb; now jsonb;",
                            func="\n            IF TG_OP = 'INSERT' THEN\n                now := jsonb_strip_nulls(to_jsonb(NEW)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'company_id', 'journal_id', 'date', 'state', 'residual', 'residual_currency', 'is_reconciled', 'full_reconciliation_id', 'matching', 'balance']::text[];\n            ELSIF TG_OP = 'DELETE' THEN\n                was := jsonb_strip_nulls(to_jsonb(OLD)) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'company_id', 'journal_id', 'date', 'state', 'residual', 'residual_currency', 'is_reconciled', 'full_reconciliation_id', 'matching', 'balance']::text[];\n            ELSE\n                was := to_jsonb(OLD) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'company_id', 'journal_id', 'date', 'state', 'residual', 'residual_currency', 'is_reconciled', 'full_reconciliation_id', 'matching', 'balance']::text[];\n                now := to_jsonb(NEW) - ARRAY['created_at', 'created_by_id', 'changed_at', 'changed_by_id', 'company_id', 'journal_id', 'date', 'state', 'residual', 'residual_currency', 'is_reconciled', 'full_reconciliation_id', 'matching', 'balance']::text[];\n                IF was = now THEN RETURN NULL; END IF;\n                SELECT jsonb_strip_nulls(jsonb_object_agg(o.key, o.value)),\n                       jsonb_strip_nulls(jsonb_object_agg(o.key, now -> o.key))\n                  INTO was, now FROM jsonb_each(was) o WHERE now -> o.key IS DISTINCT FROM o.value;\n            END IF;\n            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)\n            VALUES (\n                nullif(current_setting('niaga.run', true), '')::bigint, TG_TABLE_NAME,\n                CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END,\n                left(TG_OP, 1), was, now, clock_timestamp()\n            );\n            RETURN NULL;\n        ",
                            hash="36b1009245cb944e6fec68ae088e4bc29f4e35e9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_remember_982d8",
                            table="accounting_journalitem",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "journalitem",
                    pgtrigger.compiler.Trigger(
                        name="item_follows_its_entry",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE entry record; reconcilable boolean;",
                            func="\n        SELECT e.company_id, e.journal_id, e.date, e.state, a.company_id AS account_company, a.is_reconcilable\n          INTO entry FROM accounting_journalentry e LEFT JOIN accounting_account a ON a.id = NEW.account_id\n         WHERE e.id = NEW.entry_id;\n        IF entry.account_company <> entry.company_id THEN\n            RAISE EXCEPTION 'item_account_of_company' USING ERRCODE = 'check_violation', CONSTRAINT = 'item_account_of_company', TABLE = TG_TABLE_NAME;\n        END IF;\n        IF entry.state <> 'draft' THEN\n            IF TG_OP = 'INSERT' THEN\n                RAISE EXCEPTION 'item_posted_is_final' USING ERRCODE = 'check_violation', CONSTRAINT = 'item_posted_is_final', TABLE = TG_TABLE_NAME;\n            END IF;\n            IF to_jsonb(NEW) - ARRAY['residual', 'residual_currency', 'is_reconciled', 'full_reconciliation_id', 'matching', 'company_id', 'journal_id', 'date', 'state', 'balance', 'changed_at', 'changed_by_id']::text[] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['residual', 'residual_currency', 'is_reconciled', 'full_reconciliation_id', 'matching', 'company_id', 'journal_id', 'date', 'state', 'balance', 'changed_at', 'changed_by_id']::text[] OR (NEW.company_id, NEW.journal_id, NEW.date, NEW.state)\n                IS DISTINCT FROM (entry.company_id, entry.journal_id, entry.date, entry.state)\n            THEN\n                RAISE EXCEPTION 'item_posted_is_final' USING ERRCODE = 'check_violation', CONSTRAINT = 'item_posted_is_final', TABLE = TG_TABLE_NAME;\n            END IF;\n            IF pg_trigger_depth() = 1 AND (NEW.residual, NEW.residual_currency, NEW.is_reconciled)\n                IS DISTINCT FROM (OLD.residual, OLD.residual_currency, OLD.is_reconciled)\n            THEN\n                RAISE EXCEPTION 'item_is_settled_by_matching' USING ERRCODE = 'check_violation', CONSTRAINT = 'item_is_settled_by_matching', TABLE = TG_TABLE_NAME;\n            END IF;\n            RETURN NEW;\n        END IF;\n        IF TG_OP = 'UPDATE' AND OLD.entry_id <> NEW.entry_id THEN\n            RAISE EXCEPTION 'item_stays_in_its_entry' USING ERRCODE = 'check_violation', CONSTRAINT = 'item_stays_in_its_entry', TABLE = TG_TABLE_NAME;\n        END IF;\n        NEW.company_id := entry.company_id;\n        NEW.journal_id := entry.journal_id;\n        NEW.date := entry.date;\n        NEW.state := entry.state;\n        reconcilable := coalesce(entry.is_reconcilable, false);\n        NEW.residual := CASE WHEN reconcilable THEN NEW.debit - NEW.credit ELSE 0 END;\n        NEW.residual_currency := CASE WHEN reconcilable THEN NEW.amount_currency ELSE 0 END;\n        NEW.is_reconciled := false;\n        RETURN NEW;\n    ",
                            hash="acce5d26e3aa2dcb9976c818def2fb460d303bee",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_item_follows_its_entry_a6a2f",
                            table="accounting_journalitem",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "journalitem",
                    pgtrigger.compiler.Trigger(
                        name="item_posted_is_final",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (SELECT state FROM accounting_journalentry WHERE id = OLD.entry_id) <> 'draft' THEN RAISE EXCEPTION 'item_posted_is_final' USING ERRCODE = 'check_violation', CONSTRAINT = 'item_posted_is_final', TABLE = TG_TABLE_NAME; END IF; RETURN COALESCE(NEW, OLD);",
                            hash="137f833b433cd8c2a968bfb56c8370a623089419",
                            operation="DELETE",
                            pgid="pgtrigger_item_posted_is_final_35829",
                            table="accounting_journalitem",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
