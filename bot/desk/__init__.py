"""The caseworker's desk: pages in a browser, behind a login. `bot/desk/app.py` says which; docs/developer.md how one is added."""
