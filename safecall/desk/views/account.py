"""Coming back after a sign-in has ended while a page was open."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from safecall.desk.requests import by_script, staff


@require_safe
@never_cache
def signed_in(request: HttpRequest) -> HttpResponse:
    """Tells the page that was left open who is signed in, and gives it a new form token."""
    user = staff(request)
    token = get_token(request)
    if by_script(request):
        return JsonResponse({"user": str(user.pk), "name": str(user), "token": token})
    return render(request, "desk/signed_in.html", {"token": token})
