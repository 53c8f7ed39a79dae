"""Write the bot's lines of every story anew, for review as a diff. `til slutt` is left as it stands.

    python -m tests.stories.renew [NAME …]

What each story ends with is printed, for who writes `til slutt` by hand.
"""

from __future__ import annotations

import sys

import yaml

from tests.stories.story import Story, play, stories, transcript


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


def ended(story: Story) -> str:
    """How a story ends now, in the words of `til slutt`."""
    *_, (_, turn) = play(story)
    reasons, del_ = ", ".join(turn.eligibility.reasons), turn.draft.fields.get("del", "")
    return f"utfall: {turn.eligibility.verdict}, grunner: [{reasons}], del: {del_ or '-'}, spør: {turn.asks or '-'}"


if __name__ == "__main__":
    for one in stories():
        if not sys.argv[1:] or one.path.stem in sys.argv[1:]:
            one.path.write_text(renewed(one), "utf-8")
            print(f"{one.path.name}: {ended(one)}")
