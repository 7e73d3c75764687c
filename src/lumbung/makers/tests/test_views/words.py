from django.http import HttpResponse

KUTA = ("52.02.01.2001", "Kuta")


def words(response: HttpResponse) -> str:
    """What a page says."""
    return response.content.decode()
