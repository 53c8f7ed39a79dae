"""Cookies of ours: by https under a name that no other host can set, and that no browser takes unencrypted.

`__Host-` before a name makes the browser refuse the cookie unless it comes by https, from this host, for all of it: another site
of the municipality's cannot slip one in (RFC 6265bis, 4.1.3.2). By http, where a guide is tried on the machine itself, browsers
would refuse such a name; there it is the plain one.
"""

from __future__ import annotations

from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

PREFIX = "__Host-"


def is_encrypted(request: Request) -> bool:
    """Whether the browser asked by https, as the server or the proxy before it says."""
    return bool(request.scope["scheme"] == "https")


def name_of(request: Request, name: str) -> str:
    """What the cookie is called on this request's way."""
    return PREFIX + name if is_encrypted(request) else name


def value_of(request: Request, name: str) -> str:
    """What the browser brought by that name, "" for none. By https the plain name counts for nothing: anybody may have set it."""
    return request.cookies.get(name_of(request, name), "")


def give(
    response: Response,
    request: Request,
    name: str,
    value: str,
    *,
    path: str,
    same_site: Literal["lax", "strict"],
    max_age: int | None = None,
) -> None:
    """Give a cookie that no script reads. path: where it is for; by https the whole host. max_age: seconds, or None."""
    response.set_cookie(
        name_of(request, name),
        value,
        max_age=max_age,
        path=_path(request, path),
        secure=is_encrypted(request),
        httponly=True,
        samesite=same_site,
    )


def take_back(response: Response, request: Request, name: str, *, path: str) -> None:
    """Have the browser forget a cookie that was given for that path."""
    response.delete_cookie(
        name_of(request, name), path=_path(request, path), secure=is_encrypted(request), httponly=True, samesite="strict"
    )


def _path(request: Request, path: str) -> str:
    return "/" if is_encrypted(request) else path
