"""The logo of a company, for pages and programs that nobody has signed in to yet."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from base.errors import ERPError
from base.icons import drawn
from base.models import Company
from base.services import attachments
from rpc.protocols.bodies import answer, only

SHOWN = frozenset(("image/png", "image/jpeg", "image/gif", "image/webp"))


def serve(request: HttpRequest) -> HttpResponseBase:
    """The picture of the company that is asked for, else of the first one; without one, the first letter of its name."""
    if request.method not in {"GET", "HEAD"}:
        return only(request, "GET", "HEAD")
    asked = request.GET.get("company", "")
    wanted = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 18 else 0
    companies = Company.objects.select_related("logo").order_by("pk")
    company = companies.filter(pk=wanted).first() or companies.first()
    content, kind = _picture(company)
    response = answer(content, kind)
    response.headers["Content-Disposition"] = "inline; filename=logo.png"
    response.headers["Cache-Control"] = "no-cache"
    return response


def _picture(company: Company | None) -> tuple[bytes, str]:
    logo = company.logo if company else None
    if logo is not None and logo.mimetype in SHOWN:
        try:
            return attachments.existing(logo).read_bytes(), logo.mimetype
        except ERPError:
            pass
    return drawn(company.name if company else ""), "image/png"
