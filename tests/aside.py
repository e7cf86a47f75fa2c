"""A database aside from that of the test: a clone that other processes work on, as an operator's commands do."""

import os
import subprocess
import sys

import psycopg

from erpsite.launch.places import ROOT
from erpsite.testing.database import Clones, at

HIDDEN = ("PYTEST_", "DJANGO_", "NIAGA_MODULES", "_NIAGA_MODULES")

CATALOGUE = """
SELECT 'column', format('%%s.%%s %%s %%s %%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
       pg_get_expr(d.adbin, d.adrelid))
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'S') AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL SELECT 'constraint', format('%%s %%s %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', pg_get_triggerdef(t.oid) FROM pg_trigger t WHERE NOT tgisinternal
UNION ALL SELECT 'function', pg_get_functiondef(p.oid) FROM pg_proc p
 WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f'
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
UNION ALL SELECT 'permission', format('%%s.%%s', t.app_label, p.codename)
  FROM auth_permission p JOIN django_content_type t ON t.id = p.content_type_id
UNION ALL SELECT 'kind', format('%%s.%%s', app_label, model) FROM django_content_type
UNION ALL SELECT 'role', format('%%s %%s %%s', r.module, r.name_en, coalesce(
         (SELECT string_agg(p.codename, ' ' ORDER BY p.codename) FROM base_role_permissions x
            JOIN auth_permission p ON p.id = x.permission_id WHERE x.role_id = r.id), '')) FROM base_role r
UNION ALL SELECT 'schedule', key FROM base_scheduledjob
UNION ALL SELECT 'clock', name FROM django_celery_beat_periodictask
UNION ALL SELECT 'external id', format('%%s.%%s %%s', module, name, brought_by) FROM base_externalid
UNION ALL SELECT 'migration', format('%%s.%%s', app, name) FROM django_migrations
UNION ALL SELECT 'module', format('%%s %%s %%s', name, state, version) FROM base_module
UNION ALL SELECT 'parameter', key FROM base_parameter
"""


class Aside:
    """One clone, and the commands of an operator on it."""

    def __init__(self, data):
        self.data = data
        self._clones = Clones(os.environ["DATABASE_URL"])
        self.url = at(os.environ["DATABASE_URL"], self._clones.take())
        kept = {name: value for name, value in os.environ.items() if not name.startswith(HIDDEN)}
        self.environment = {
            **kept,
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "erpsite.settings",
            "NIAGA_DATA": str(data),
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "error::RuntimeWarning",
        }

    def close(self):
        """Drop it."""
        self._clones.close()

    def begin(self, *words, **environment):
        """Begin one of our commands."""
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "django", *words],
            cwd=ROOT,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def manage(self, *words, code=0, **environment):
        """Run one of our commands; answers what it printed, or its complaint where it is to end with another code."""
        process = self.begin(*words, **environment)
        out, err = process.communicate()
        assert process.returncode == code, f"{process.returncode}\n{out}\n{err}\n{self.log()}"
        return err if code else out

    def python(self, text):
        """Run a few lines in a fresh process of the house; answers what they printed."""
        return self.manage("shell", "--no-imports", "--command", text)

    def ask(self, question, *values):
        """The rows that answer a question in SQL."""
        with self.connected() as line:
            return line.execute(question, values or None).fetchall()

    def connected(self):
        """A connection of one's own."""
        return psycopg.connect(self.url, autocommit=True)

    def catalogue(self):
        """Everything that modules bring into the database, as a set of sentences."""
        return {f"{kind} {text}" for kind, text in self.ask(CATALOGUE.replace("%%", "%"))}

    def log(self):
        """What the processes of operations have said."""
        log = self.data / "log" / "modules.log"
        return log.read_text()[-6000:] if log.exists() else ""
