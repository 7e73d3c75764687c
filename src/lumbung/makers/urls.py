from django.urls import path

from lumbung.makers import views

app_name = "makers"
urlpatterns = [
    path("", views.register, name="list"),
    path("unduh/", views.register_sheet, name="sheet"),
    path("unduh/lengkap/", views.whole_sheet, name="whole_sheet"),
    path("impor/", views.imports, name="imports"),
    path("impor/unduh/", views.imports_sheet, name="imports_sheet"),
    path("impor/contoh/", views.import_template, name="import_template"),
    path("impor/<int:pk>/", views.import_page, name="import"),
    path("impor/<int:pk>/periksa/", views.check_import, name="check_import"),
    path("impor/<int:pk>/masukkan/", views.take_import, name="take_import"),
    path("impor/<int:pk>/tarik/", views.undo_import, name="undo_import"),
    path("impor/<int:pk>/buang/", views.drop_import, name="drop_import"),
    path("impor/<int:pk>/berkas/", views.import_back, name="import_back"),
    path("impor/<int:pk>/keterangan/", views.import_remarks, name="import_remarks"),
    path("impor/<int:pk>/keterangan/unduh/", views.import_remarks_sheet, name="import_remarks_sheet"),
    path("impor/<int:pk>/pelaku/", views.import_makers, name="import_makers"),
    path("impor/<int:pk>/pelaku/unduh/", views.import_makers_sheet, name="import_makers_sheet"),
    path("baru/", views.new, name="new"),
    path("saya/", views.mine, name="mine"),
    path("kembar/", views.twins, name="twins"),
    path("jenis/", views.kinds, name="kinds"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/buka/", views.open_personal, name="open"),
    path("<int:pk>/ubah/", views.change, name="change"),
    path("<int:pk>/keadaan/", views.state, name="state"),
    path("<int:pk>/kembar/<int:other>/", views.review, name="review"),
    path("<int:pk>/barang/", views.new_good, name="new_good"),
    path("<int:pk>/barang/<slug:kind>/", views.good, name="good"),
    path("<int:pk>/barang/<slug:kind>/berhenti/", views.stop_good, name="stop_good"),
    path("<int:pk>/minggu/", views.weeks, name="weeks"),
    path("<int:pk>/minggu/kosong/", views.free_week, name="free_week"),
    path("<int:pk>/rumah/", views.houses, name="houses"),
    path("<int:pk>/rumah/<int:house>/keluar/", views.house_leaves, name="house_leaves"),
]
