"""Pages packed for slow lines; downloads left as they are."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class PagesGZipMiddleware(GZipMiddleware):
    """Packs what is answered whole.

    A file that is streamed keeps its length: without it no browser shows how much is to come, or
    notices that the end is missing. Nearly all of them are packed already.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The response, packed where that helps."""
        return response if response.streaming else super().process_response(request, response)
