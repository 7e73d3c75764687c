from lumbung.production.urls import links, office

app_name = "production"
urlpatterns = [*links.urlpatterns, *office.urlpatterns]
