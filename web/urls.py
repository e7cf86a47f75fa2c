"""Where the pages of the frame and of the shared nouns are."""

from django.urls import path

from web import palette, preferences, undo
from web.screens import pages
from web.views import (
    activities,
    apps,
    companies,
    files,
    health,
    home,
    inbox,
    jobs,
    live,
    lookup,
    profile,
    schedules,
    talk,
)

app_name = "web"

urlpatterns = [
    path("", home.root, name="root"),
    path("home/", home.home, name="home"),
    path("web/health", health.health, name="health"),
    path("robots.txt", health.robots, name="robots"),
    path("me/", profile.profile, name="profile"),
    path("me/keys/", profile.keys, name="api_keys"),
    path("me/keys/new/", profile.new_key, name="api_key_new"),
    path("me/keys/<int:pk>/revoke/", profile.revoke_key, name="api_key_revoke"),
    path("me/activities/", inbox.activities, name="my_activities"),
    path("me/messages/", inbox.told, name="my_messages"),
    path("me/messages/read/", inbox.read_all, name="read_all"),
    path("me/companies/", companies.work_in, name="work_in"),
    path("me/looks/", preferences.choose, name="looks"),
    path("undo/", undo.take_back, name="undo"),
    path("palette/", palette.palette, name="palette"),
    path("lookup/<slug:name>/", lookup.lookup, name="lookup"),
    path("files/<int:pk>/", files.show, name="file"),
    path("files/<int:pk>/remove/", files.remove, name="file_remove"),
    path("files/<str:label>/<int:pk>/", files.add, name="file_add"),
    path("talk/<str:label>/<int:pk>/", talk.say, name="say"),
    path("talk/<str:label>/<int:pk>/history/", talk.earlier, name="history"),
    path("talk/<str:label>/<int:pk>/follow/", talk.follow, name="follow"),
    path("talk/<str:label>/<int:pk>/unfollow/", talk.unfollow, name="unfollow"),
    path("talk/<str:label>/<int:pk>/people/", talk.people, name="people"),
    path("talk/messages/<int:pk>/take-back/", talk.take_back, name="message_take_back"),
    path("plan/<str:label>/<int:pk>/", activities.plan, name="plan"),
    path(
        "plan/<str:label>/<int:pk>/<int:plan>/", activities.follow_plan, name="activity_follow_plan"
    ),
    path("activities/<int:pk>/edit/", activities.edit, name="activity_edit"),
    path("activities/<int:pk>/done/", activities.done, name="activity_done"),
    path("activities/<int:pk>/cancel/", activities.cancel, name="activity_cancel"),
    path("live/", live.news, name="live"),
    path("live/stream/", live.stream, name="live_stream"),
    path("live/<str:label>/<int:pk>/", live.news, name="live_record"),
    path("live/<str:label>/<int:pk>/stream/", live.stream, name="live_record_stream"),
    path("apps/", apps.listing, name="apps"),
    path("apps/upgrade/", apps.upgrade_all, name="apps_upgrade"),
    path("apps/operations/<int:pk>/", apps.operation, name="app_operation"),
    path("apps/<slug:name>/", apps.show, name="app"),
    path("apps/<slug:name>/install/", apps.install, name="app_install"),
    path("apps/<slug:name>/upgrade/", apps.upgrade, name="app_upgrade"),
    path("apps/<slug:name>/uninstall/", apps.uninstall, name="app_uninstall"),
    path("jobs/", jobs.listing, name="jobs"),
    path("jobs/<int:pk>/", jobs.show, name="job"),
    path("jobs/<int:pk>/cancel/", jobs.cancel, name="job_cancel"),
    path("jobs/<int:pk>/repeat/", jobs.repeat, name="job_repeat"),
    path("jobs/schedules/", schedules.listing, name="schedules"),
    path("jobs/schedules/<int:pk>/run/", schedules.run, name="schedule_run"),
    path("jobs/schedules/<int:pk>/pause/", schedules.pause, name="schedule_pause"),
]

urlpatterns += pages.urls()
