"""Files on the page of a record: put there, opened, taken away."""

from django.contrib import messages as flash
from django.db import transaction
from django.http import FileResponse, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from base.models import Attachment
from base.services import attachments
from web import places
from web.conversation import record
from web.pages import PageRequest, one, page, told

# What a browser shows by itself and never runs; everything else is saved.
SHOWN = frozenset(("application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"))


@page("base.add_attachment", methods=("POST",))
def add(request: PageRequest, label: str, pk: int) -> HttpResponse:
    """Put files on a record that the actor may change and that has a page: all of them, or none."""
    row = record(request, label, pk)
    sent = request.FILES.getlist("files")
    with told() as refusal, transaction.atomic():
        for file in sent:
            attachments.store(file.name or "", file, row=row, by=request.actor)  # type: ignore[arg-type]
        if sent:
            said = ngettext(
                "%(count)s file is attached.", "%(count)s files are attached.", len(sent)
            )
            flash.success(request, said % {"count": len(sent)})
        else:
            flash.warning(request, _("Choose a file first."))
    for sentence in refusal.sentences:
        flash.error(request, sentence)
    return HttpResponseRedirect(places.url_for(type(row), pk))


@page("base.view_attachment")
def show(request: PageRequest, pk: int) -> HttpResponseBase:
    """The content of a file: pictures and PDFs are shown, everything else is saved."""
    file: Attachment = one(Attachment.objects.files(), request.actor, pk)
    place = attachments.readable(file, by=request.actor)
    response = FileResponse(
        place.open("rb"),
        as_attachment=file.mimetype not in SHOWN,
        filename=file.name,
        content_type=file.mimetype if file.mimetype in SHOWN else "application/octet-stream",
    )
    response["X-Frame-Options"] = "SAMEORIGIN"  # our own pages show papers where they stand
    return response


@page("base.delete_attachment", methods=("POST",))
def remove(request: PageRequest, pk: int) -> HttpResponse:
    """Take a file away from its record, and go back there."""
    file = one(Attachment.objects.select_related("content_type"), request.actor, pk)
    place = places.url_of(file) or reverse("web:home")
    with told() as refusal:
        attachments.delete(Attachment.objects.filter(pk=pk), by=request.actor)
        flash.success(request, _("%(name)s has been removed.") % {"name": file.name})
    for sentence in refusal.sentences:
        flash.error(request, sentence)
    return HttpResponseRedirect(place)
