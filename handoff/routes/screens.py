"""Addresses of the screens: the demo shop at /, the widget's files, the console and the content desk at /desk."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from handoff.screens import Screens
from handoff.screens.assets import Asset

router = APIRouter(include_in_schema=False)

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
GUARDED = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
# Any shop may load the widget from its own pages.
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "public, max-age=300, stale-while-revalidate=86400",
}


def _screens(request: Request) -> Screens:
    screens: Screens = request.app.state.screens
    return screens


def _send(request: Request, found: Asset | None, headers: dict[str, str]) -> Response:
    if found is None:
        return HTMLResponse(_screens(request).storefront().missing(), 404, GUARDED)
    headers = {**headers, "ETag": found.etag, "Vary": "Accept-Encoding"}
    if found.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    body = found.body
    if found.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        body = found.packed
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type=found.type, headers=headers)


@router.api_route("/widget/{name:path}", methods=["GET", "HEAD"])
def widget(request: Request, name: str) -> Response:
    return _send(request, _screens(request).widget.read(name), SHARED)


@router.api_route("/shop/{name:path}", methods=["GET", "HEAD"])
def shop_file(request: Request, name: str) -> Response:
    found = None if name.endswith(".html") else _screens(request).shop.read(name)
    return _send(request, found, GUARDED)


@router.api_route("/desk", methods=["GET", "HEAD"])
def desk(request: Request) -> Response:
    return _send(request, _screens(request).console.read("desk.html"), GUARDED)


@router.api_route("/desk/content", methods=["GET", "HEAD"])
def content_desk(request: Request) -> Response:
    return _send(request, _screens(request).console.read("content.html"), GUARDED)


@router.get("/desk/")
def desk_with_slash() -> Response:
    return RedirectResponse("/desk", 308)


@router.api_route("/desk/{name:path}", methods=["GET", "HEAD"])
def desk_file(request: Request, name: str) -> Response:
    return _send(request, _screens(request).console.read(name), GUARDED)


@router.get("/")
def front(request: Request) -> Response:
    return HTMLResponse(_screens(request).storefront().front(), headers=GUARDED)


@router.get("/favicon.ico")
def favicon(request: Request) -> Response:
    return _send(request, _screens(request).shop.read("mark.svg"), GUARDED)


@router.get("/help")
def help_pages(request: Request) -> Response:
    return HTMLResponse(_screens(request).storefront().help(), headers=GUARDED)


@router.get("/products/{slug}")
@router.get("/help/{category}/{slug}")
def page(request: Request) -> Response:
    storefront = _screens(request).storefront()
    html = storefront.page(request.url.path)
    return HTMLResponse(html or storefront.missing(), 200 if html else 404, GUARDED)
