from django.urls import path

from lumbung.makers import views

app_name = "makers"
urlpatterns = [
    path("", views.register, name="list"),
    path("unduh/", views.register_sheet, name="sheet"),
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
