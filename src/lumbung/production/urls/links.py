"""What makers, captains and members open by their links."""

from django.urls import URLPattern, path

from lumbung.production.views import languages, parts, results, sheets

SHARES = {"share": "b/<str:secret>/", "bundle": "k/<str:secret>/<int:share>/"}

urlpatterns: list[URLPattern] = [
    path("k/<str:secret>/hasil/", results.day_of_all, name="day_of_all"),
    path("a/<str:secret>/", results.member, name="member"),
    path("a/<str:secret>/bahasa/", languages.language, name="member_language"),
    path("a/<str:secret>/standar/", sheets.member_sheet, name="member_sheet"),
    path("a/<str:secret>/standar/foto/<int:photo>/", sheets.member_photo, name="member_photo"),
    path("a/<str:secret>/hasil/<int:entry>/", results.member_correct, name="member_entry"),
]
for _name, _start in SHARES.items():
    urlpatterns += [
        path(f"{_start}standar/", sheets.sheet, name=f"{_name}_sheet"),
        path(f"{_start}standar/foto/<int:photo>/", sheets.photo, name=f"{_name}_photo"),
        path(f"{_start}bagian/", parts.list_parts, name=f"{_name}_parts"),
        path(f"{_start}bagian/<int:part>/", parts.show_part, name=f"{_name}_part"),
        path(f"{_start}bagian/<int:part>/kirim/", parts.send_part, name=f"{_name}_send_part"),
        path(f"{_start}hasil/", results.results, name=f"{_name}_results"),
        path(f"{_start}hasil/<int:entry>/", results.correct, name=f"{_name}_entry"),
    ]
