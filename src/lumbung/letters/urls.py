from django.urls import path

from lumbung.letters.views import checking, office, writing

app_name = "letters"
urlpatterns = [
    path("", office.letter_list, name="list"),
    path("unduh/", office.letters_sheet, name="sheet"),
    path("kop/", office.head, name="head"),
    path("kop/ganti/", office.new_head, name="new_head"),
    path("kop/nomor/<slug:kind>/", office.pattern, name="pattern"),
    path("tulis/", writing.kinds, name="kinds"),
    path("tulis/<slug:kind>/", writing.write, name="write"),
    path("periksa/", checking.ask, name="ask"),
    path("periksa/<str:secret>/", checking.check, name="check"),
    path("<int:pk>/", office.letter, name="letter"),
    path("<int:pk>/pdf/", office.letter_pdf, name="pdf"),
    path("<int:pk>/batalkan/", office.void, name="void"),
]
