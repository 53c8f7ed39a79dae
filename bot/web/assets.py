"""The style, the script and the icon: read once, served under an address that changes when they do."""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

FOLDER = Path(__file__).with_name("static")
_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


class Assets:
    """The files of the static folder. also: folders of other pages, whose files have other names."""

    def __init__(self, *also: Path) -> None:
        files = [file for folder in (FOLDER, *also) for file in folder.iterdir()]
        self._files = {file.name: file.read_bytes() for file in files if file.suffix in _KINDS}
        self._marks = {name: hashlib.sha256(content).hexdigest()[:10] for name, content in self._files.items()}

    def address(self, name: str) -> str:
        """Where a file is found; a browser may keep it for good."""
        return f"/static/{name}?v={self._marks[name]}"

    async def serve(self, request: Request) -> Response:
        """A file by its name."""
        name = request.path_params["name"]
        if name not in self._files:
            raise HTTPException(404)
        kept = "public, max-age=31536000, immutable" if request.query_params.get("v") == self._marks[name] else "no-cache"
        return Response(self._files[name], media_type=_KINDS[Path(name).suffix], headers={"Cache-Control": kept})
