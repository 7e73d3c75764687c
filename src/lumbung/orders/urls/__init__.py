"""Addresses of orders: the office's, and those that are open by link or to everybody."""

from lumbung.orders.urls import objections, office, public, reasons

app_name = "orders"
urlpatterns = [*objections.urlpatterns, *public.urlpatterns, *reasons.urlpatterns, *office.urlpatterns]
