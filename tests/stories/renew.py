"""Write the bot's lines of every story anew, for review as a diff. `til slutt` is left as it stands."""

from __future__ import annotations

import sys

import yaml

from tests.stories.story import Story, stories, transcript


class _Block(yaml.SafeDumper):
    """Long and broken lines as blocks, so that a caseworker can read them."""


_Block.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)
)


def renewed(story: Story) -> str:
    """The story file with today's bot lines."""
    plain = {**story.plain, "samtale": transcript(story)}
    ordered = {key: plain[key] for key in ("historie", "ordning", "samtale", "til slutt") if key in plain}
    return yaml.dump(ordered, Dumper=_Block, allow_unicode=True, sort_keys=False, width=130)


if __name__ == "__main__":
    for one in stories():
        if not sys.argv[1:] or one.path.stem in sys.argv[1:]:
            one.path.write_text(renewed(one), "utf-8")
            print(one.path.name)
