from django.urls import path

from lumbung.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.accounts, name="accounts"),
    path("unduh/", views.accounts_sheet, name="accounts_sheet"),
    path("baru/", views.new_account, name="new_account"),
    path("<int:pk>/", views.account, name="account"),
    path("<int:pk>/peran/", views.give_role, name="give_role"),
    path("<int:pk>/peran/<int:membership>/akhiri/", views.end_role, name="end_role"),
    path("<int:pk>/sandi/", views.set_password, name="set_password"),
    path("<int:pk>/tutup/", views.close_account, name="close_account"),
]
