"""Addresses of orders: the office's, and those that are open by link or to everybody."""

from lumbung.orders.urls import office, public

app_name = "orders"
urlpatterns = [*public.urlpatterns, *office.urlpatterns]
