"""Products: the list, the page, and the form."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from base.models import Company, Product, ProductTemplate
from base.policies import visible
from base.services import products, records
from web.forms.product import ProductForm
from web.listing import Choice, Listing, Sort
from web.pages import PageRequest, Told, one, page, status_of, told, told_beside
from web.panels import panels_of
from web.views import talk

FORM = ("GET", "HEAD", "POST")
SORTS = (
    Sort(key="name", field="name", empty=""),
    Sort(key="price", field="list_price"),
    Sort(key="changed", field="changed_at"),
)
CHOICES = (
    Choice(key="all", label=_("All"), condition=Q(is_active=True)),
    Choice(key="sold", label=_("We sell"), condition=Q(is_active=True, can_be_sold=True)),
    Choice(key="bought", label=_("We buy"), condition=Q(is_active=True, can_be_purchased=True)),
    Choice(key="services", label=_("Services"), condition=Q(is_active=True, kind="service")),
    Choice(key="archived", label=_("Archived"), condition=Q(is_active=False)),
)


@page("base.view_producttemplate")
def listing(request: PageRequest) -> HttpResponse:
    """The list of products."""
    rows = ProductTemplate.objects.select_related("category", "unit").annotate(
        reference=ProductTemplate.of_only_variant("reference")
    )
    found = Listing(
        request, visible(rows, request.actor), sorts=SORTS, default="name", choices=CHOICES
    )
    return render(request, "web/products/list.html", {"listing": found})


@page("base.view_producttemplate")
def show(request: PageRequest, pk: int) -> HttpResponse:
    """The page of a product."""
    return _page(request, pk, Told())


def _page(request: PageRequest, pk: int, refusal: Told) -> HttpResponse:
    rows = ProductTemplate.objects.select_related("category", "unit", "company")
    product = one(rows, request.actor, pk)
    variants = list(product.products.order_by("full_name", "id")[:200])
    context = {
        "product": product,
        "variants": variants,
        "only": variants[0] if len(variants) == 1 else None,
        "currency": Company.objects.select_related("currency")
        .get(pk=request.actor.company_id or 0)
        .currency,
        "tags": product.tags.all(),
        "panels": panels_of(request, product),
        "refusal": refusal,
        **talk.context(request, product),
    }
    return render(request, "web/products/page.html", context, status=refusal.status)


@page("base.view_product")
def variant(request: PageRequest, pk: int) -> HttpResponse:
    """Lead from a variant to its product's page."""
    found = one(Product.objects.all(), request.actor, pk)
    return redirect("web:product", found.template_id)


@page("base.add_producttemplate", methods=FORM)
def new(request: PageRequest) -> HttpResponse:
    """The form of a new product."""
    form = ProductForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        with told_beside(form):
            (product,) = products.create([form.values()], by=request.actor)
            messages.success(request, gettext("%(name)s has been saved.") % {"name": product.name})
            return redirect("web:product", product.pk)
    return _form(request, form, None)


@page("base.change_producttemplate", methods=FORM)
def edit(request: PageRequest, pk: int) -> HttpResponse:
    """The form of a product."""
    product = one(ProductTemplate.objects.all(), request.actor, pk)
    name, variants = str(product), list(product.products.filter(is_active=True)[:2])
    form = ProductForm(
        request.POST or None,
        actor=request.actor,
        instance=product,
        variant=variants[0] if len(variants) == 1 else None,
    )
    if request.method == "POST" and form.is_valid():
        with told_beside(form):
            if values := form.values():
                products.change(records.named(ProductTemplate, [pk]), values, by=request.actor)
                messages.success(request, gettext("%(name)s has been saved.") % {"name": name})
            return redirect("web:product", pk)
    return _form(request, form, name)


@page("base.change_producttemplate", methods=("POST",))
def archive(request: PageRequest, pk: int) -> HttpResponse:
    """Put a product away, or bring it back."""
    product = one(ProductTemplate.objects.all(), request.actor, pk)
    rows = records.named(ProductTemplate, [pk])
    move = products.archive if product.is_active else products.unarchive
    with told() as refusal:
        move(rows, by=request.actor)
        return redirect("web:product", pk)
    return _page(request, pk, refusal)


def _form(request: PageRequest, form: Any, name: str | None) -> HttpResponse:
    context = {"form": form, "name": name, "pk": form.instance.pk}
    return render(request, "web/products/form.html", context, status=status_of(form))
