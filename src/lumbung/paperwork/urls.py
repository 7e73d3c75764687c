from django.urls import URLPattern, path

from lumbung.paperwork.views import files, habits, office, public

app_name = "paperwork"
ORDER = "pesanan/<slug:code>/surat/"

urlpatterns: list[URLPattern] = [
    path("surat/terbit-sendiri/", habits.of_office, name="habits"),
    path(ORDER, office.overview, name="overview"),
    path(f"{ORDER}terbitkan/", office.issue, name="issue"),
    path(f"{ORDER}unduh/", files.export, name="overview_export"),
    path(f"{ORDER}terbit-sendiri/", habits.of_order, name="order_habits"),
    path(f"{ORDER}<slug:kind>/", office.show_kind, name="kind"),
    path(f"{ORDER}<slug:kind>/ganti/", office.renew, name="renew"),
    path(f"{ORDER}<slug:kind>/unduh/", files.export_kind, name="kind_export"),
    path(f"{ORDER}<slug:kind>/pdf/", files.download, name="download"),
    path("b/<str:secret>/surat/<int:letter>/", public.letter, name="share_letter"),
    path("k/<str:secret>/<int:share>/surat/<int:letter>/", public.letter, name="bundle_letter"),
]
