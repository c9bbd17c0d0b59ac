"""The manual: the pages of `timpora help TOPIC`, one Markdown file for each topic.

The first line of a page is `# topic: summary`. A page in another language than English lies in a folder named by the
language, and is read where it exists. Code cites a page by its topic, as in "manual: states".
"""

from pathlib import Path

from timpora_cli.errors import WrongUsage
from timpora_cli.language import chosen
from timpora_cli.model.names import did_you_mean, excerpt

PAGES = Path(__file__).parent
TOPICS = (
    "dates",
    "states",
    "permits",
    "stays",
    "cases",
    "deadlines",
    "inspections",
    "months",
    "sheets",
    "columns",
    "regions",
    "law",
    "meetings",
    "briefing",
    "public-page",
    "reminders",
    "personal-data",
    "exit-codes",
    "backups",
    "damage",
    "cron",
    "scripts",
    "views",
    "house",
)
"""The topics, in the order in which a reader needs them."""


class NoTopic(WrongUsage):
    """The manual has no page "{topic}".{hint}
    Known: {known}.
    """


def page(topic: str) -> str:
    """Return the page of a topic as written, in the language in force or else in English. Raises NoTopic."""
    if topic not in TOPICS:
        raise NoTopic(topic=excerpt(topic), hint=did_you_mean(topic, TOPICS, limit=1), known=", ".join(TOPICS))
    translated = PAGES / chosen() / f"{topic}.md"
    return (translated if translated.is_file() else PAGES / f"{topic}.md").read_text(encoding="utf-8")


def summaries() -> dict[str, str]:
    """Return each topic with its summary of one line, in reading order."""
    return {topic: page(topic).partition("\n")[0].partition(": ")[2] for topic in TOPICS}
