"""The company switch: in which company one works, and of which ones one sees the records."""

from django.http import HttpResponse, HttpResponseRedirect

from base.services import users
from web.middleware import COMPANIES
from web.pages import PageRequest, page
from web.views.language import back


@page(methods=("POST",))
def work_in(request: PageRequest) -> HttpResponse:
    """Make a company the current one (`current`), or switch on several (`company`, again and again).

    The current company is kept on the user, those switched on in the session. Refuses with `ForeignCompany`.
    """
    actor = request.actor
    seen = list(actor.company_ids)
    if current := _ids(request.POST.getlist("current")):
        wanted = [current[0], *(seen if current[0] in seen else ())]
    else:
        ticked = _ids(request.POST.getlist("company")) or [actor.company_id or 0]
        first = actor.company_id if actor.company_id in ticked else ticked[0]
        wanted = [first or 0, *ticked]
    chosen = actor.for_companies(wanted)
    if chosen.company_id != actor.company_id:
        users.choose(company_id=chosen.company_id, by=actor)
    request.session[COMPANIES] = list(chosen.company_ids)
    return HttpResponseRedirect(back(request))


def _ids(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isdecimal() and len(text) < 18]
