from django.urls import path

from lumbung.banking import views

app_name = "banking"
urlpatterns = [
    path("", views.list_files, name="files"),
    path("unduh/", views.files_sheet, name="files_sheet"),
    path("baru/", views.new_file, name="new_file"),
    path("baru/<str:payer>/", views.choose, name="choose"),
    path("<int:pk>/", views.show_file, name="file"),
    path("<int:pk>/unduh/", views.download, name="download"),
    path("<int:pk>/tarik/", views.withdraw, name="withdraw"),
    path("mutasi/", views.list_statements, name="statements"),
    path("mutasi/unduh/", views.statements_sheet, name="statements_sheet"),
    path("mutasi/<int:pk>/", views.show_statement, name="statement"),
    path("mutasi/<int:pk>/<int:line>/cocok/", views.match, name="match"),
]
