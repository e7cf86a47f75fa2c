"""What the tests of the back office share: reading a form off a page, and filling it in."""

from django.contrib.admin.helpers import AdminForm
from django.urls import reverse


def address(model, page, *args):
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


def filled(page, **changes):
    """The fields of a page's form and of its parts as a browser would send them, with some changed."""
    admin_form: AdminForm = page.context["adminform"]
    data = of_form(admin_form.form)
    if page.context.get("office_read_at"):
        data["office_read_at"] = page.context["office_read_at"]
    for inline in page.context["inline_admin_formsets"]:
        data |= of_form(inline.formset.management_form)
        for form in inline.formset.initial_forms:
            data |= of_form(form)
    return {name: value for name, value in (data | changes).items() if value is not None}


def of_form(form):
    data = {}
    for bound in form:
        value = bound.value()
        if hasattr(value, "all"):
            value = [row.pk for row in value.all()]
        elif isinstance(value, list | tuple):
            value = [getattr(item, "pk", item) for item in value]
        elif isinstance(value, bool):
            value = "on" if value else None
        elif value is not None:
            prepared = bound.field.prepare_value(value)
            value = bound.field.widget.format_value(prepared)
            value = value[0] if isinstance(value, list) and len(value) == 1 else value
        data[bound.html_name] = value
    return data


def errors_of(page):
    """Everything that a page's form says is wrong."""
    form = page.context["adminform"].form
    sentences = [str(text) for texts in form.errors.values() for text in texts]
    for inline in page.context["inline_admin_formsets"]:
        sentences += [str(text) for text in inline.formset.non_form_errors()]
        sentences += [
            str(text) for row in inline.formset.errors for texts in row.values() for text in texts
        ]
    return sentences


def said(response):
    """The messages that a response shows."""
    return [str(message) for message in response.context["messages"]]
