from django.urls import path

from safecall.api.docs import documentation
from safecall.api.root import api

urlpatterns = [
    path("docs", documentation, name="api_docs"),
    path("v1/", api.urls),
]
