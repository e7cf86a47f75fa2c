"""What is true of every module, whoever wrote it."""

import ast
from importlib.resources import files
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.module_loading import import_string

from base import jobs
from base.modules import installed, on_the_wire, wire_name
from base.policies import company_path
from base.roles import expanded, known_permissions

MODULES = list(installed())
MODELS = [model for module in MODULES for model in module.get_models()]
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
MOST_PUBLIC_METHODS = 15


def label(thing):
    return getattr(thing, "_meta", thing).label


def sources(module):
    """The module's own Python files, migrations and tests aside."""
    for path in sorted(Path(str(files(module.module))).rglob("*.py")):
        if not {"migrations", "tests"} & set(path.parts):
            yield path


@pytest.mark.parametrize("module", MODULES, ids=label)
def test_module_requires_only_installed_modules(module):
    assert set(module.manifest.requires) - {config.name for config in MODULES} == set()


@pytest.mark.parametrize("module", MODULES, ids=label)
def test_everything_a_manifest_names_exists(module):
    for path in (*module.manifest.seeds, *module.manifest.demo):
        assert callable(import_string(path))
    for entry in module.manifest.menu:
        assert reverse(entry.url, kwargs=entry.kwargs)
    if module.manifest.home:
        assert reverse(module.manifest.home)


@pytest.mark.parametrize("module", MODULES, ids=label)
def test_schedules_name_known_jobs(module):
    wanted = {schedule.task for schedule in module.manifest.schedules}
    assert wanted - jobs.known() == set()


def test_every_job_has_a_name_for_people():
    assert [name for name in jobs.known() if str(jobs.declared(name).label) in {"", name}] == []


@pytest.mark.django_db
@pytest.mark.parametrize("module", MODULES, ids=label)
def test_roles_name_real_permissions(module):
    known = known_permissions()
    assert [role.key for role in module.manifest.roles if not expanded(role, known)] == []


@pytest.mark.parametrize("module", MODULES, ids=label)
def test_menus_and_roles_speak_both_languages(module):
    texts = [module.verbose_name, module.manifest.summary]
    texts += [entry.label for entry in module.manifest.menu]
    texts += [text for role in module.manifest.roles for text in (role.name, role.summary)]
    assert [str(text) for text in texts if text and not _has_indonesian(text)] == []


def _has_indonesian(text):
    with translation.override("en"):
        english = str(text)
    catalogue = translation.trans_real.translation("id")._catalog
    return english in catalogue


@pytest.mark.parametrize("module", MODULES, ids=label)
def test_no_file_outgrows_one_sitting(module):
    sizes = {str(path): len(path.read_text().splitlines()) for path in sources(module)}
    assert {path: size for path, size in sizes.items() if size > LONGEST_FILE} == {}


@pytest.mark.parametrize("module", MODULES, ids=label)
def test_no_function_or_class_outgrows_its_budget(module):
    found = []
    for path in sources(module):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    found.append(f"{path}:{node.name} has {lines} lines")
            elif isinstance(node, ast.ClassDef):
                public = [
                    item.name
                    for item in node.body
                    if isinstance(item, ast.FunctionDef) and not item.name.startswith("_")
                ]
                if len(public) > MOST_PUBLIC_METHODS:
                    found.append(f"{path}:{node.name} has {len(public)} public methods")
    assert found == []


@pytest.mark.parametrize("module", MODULES, ids=label)
def test_each_file_begins_with_a_sentence(module):
    bare = [
        str(path)
        for path in sources(module)
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert bare == []


@pytest.mark.parametrize("module", MODULES, ids=label)
def test_texts_are_marked_under_names_that_the_catalogue_knows(module):
    """A text behind an alias of one's own would never be asked of a translator."""
    strange = []
    for path in sources(module):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                strange += [
                    f"{path}: {alias.asname}"
                    for alias in node.names
                    if "gettext" in alias.name and alias.asname not in {None, "_"}
                ]
    assert strange == []


@pytest.mark.parametrize("module", MODULES, ids=label)
def test_no_file_is_called_what_its_package_gives_away(module):
    """Once imported, `web/screens/lines.py` would hide the function `lines` that `web.screens` gives away."""
    hidden = []
    for path in sources(module):
        if path.name == "__init__.py":
            names = {item.stem for item in path.parent.iterdir()} - {"__init__"}
            hidden += [f"{path}: {name}" for name in names & set(_given_away(path))]
    assert hidden == []


def _given_away(path):
    """The names that a package's `__init__.py` takes out of its files; its files themselves aside."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            there = tuple(node.module.split("."))
            if there != path.parent.parts[-len(there) :]:
                yield from (alias.asname or alias.name for alias in node.names)


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_constraints_are_named_after_their_table(model):
    names = [constraint.name for constraint in model._meta.constraints]
    assert [name for name in names if not name.startswith(model._meta.db_table + "_")] == []


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_model_says_what_it_is(model):
    assert not (model.__doc__ or "").startswith(f"{model.__name__}(")
    assert str(model._meta.verbose_name) != ""


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_model_says_whose_company_its_rows_are(model):
    named = "company" in {field.name for field in model._meta.get_fields()}
    assert named or hasattr(model, "company_path"), (
        "give it a company, or a company_path (None = shared)"
    )
    path = company_path(model)
    if path is not None:
        step = model
        for name in path.split("__"):
            step = step._meta.get_field(name).related_model or step
        assert step._meta.label == "base.Company"


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=label)
def test_every_constraint_of_the_model_is_in_the_database(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass UNION "
            "SELECT indexname FROM pg_indexes WHERE tablename = %s",
            [model._meta.db_table, model._meta.db_table],
        )
        there = {name for (name,) in cursor.fetchall()}
    assert {constraint.name for constraint in model._meta.constraints} - there == set()


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_no_content_type_is_left_over():
    stale = [
        f"{kind.app_label}.{kind.model}"
        for kind in ContentType.objects.filter(app_label__in=[module.label for module in MODULES])
        if kind.model_class() is None
    ]
    assert stale == []


def test_every_url_name_a_manifest_uses_can_be_reversed():
    broken = []
    for module in MODULES:
        for entry in module.manifest.menu:
            try:
                reverse(entry.url, kwargs=entry.kwargs)
            except NoReverseMatch:
                broken.append(entry.url)
    assert broken == []


def test_no_two_modules_or_roles_go_by_one_name_with_programs():
    names = [wire_name(module.label) for module in MODULES]
    assert len(set(names)) == len(names)
    roles = [
        on_the_wire(name)
        for module in MODULES
        for role in module.manifest.roles
        for name in (f"{module.label}.{role.key}", *role.also)
    ]
    assert len(set(roles)) == len(roles)


def test_apps_are_in_dependency_order():
    order = [config.name for config in apps.get_app_configs()]
    late = [
        (module.name, needed)
        for module in MODULES
        for needed in module.manifest.requires
        if order.index(needed) > order.index(module.name)
    ]
    assert late == []
