"""The reader of the manual: topics in order, a page by its topic, another language where it has the page."""

from pathlib import Path

import pytest

from timpora_cli import language, manual


def test_every_page_is_a_topic_and_every_topic_has_its_page() -> None:
    assert sorted(manual.TOPICS) == sorted(page.stem for page in manual.PAGES.glob("*.md"))


@pytest.mark.parametrize("topic", manual.TOPICS)
def test_a_page_begins_with_its_topic_and_a_summary_of_one_line(topic: str) -> None:
    heading, _newline, text = manual.page(topic).partition("\n")
    assert heading == f"# {topic}: {manual.summaries()[topic]}"
    assert len(f"{topic}: {manual.summaries()[topic]}") <= 76
    assert text.startswith("\n")


@pytest.mark.parametrize("topic", manual.TOPICS)
def test_a_page_can_be_read_in_one_sitting(topic: str) -> None:
    text = manual.page(topic).partition("\n## The way of ")[0]  # what follows in `house` is looked up, not read
    assert len(text.splitlines()) <= 140


def test_an_unknown_topic_is_wrong_usage_and_names_the_nearest() -> None:
    with pytest.raises(manual.NoTopic) as refused:
        manual.page("dtes")
    assert refused.value.exit_code == 2
    assert str(refused.value).splitlines() == [
        'The manual has no page "dtes". Did you mean dates?',
        f"Known: {', '.join(manual.TOPICS)}.",
    ]


def test_a_path_is_no_topic() -> None:
    with pytest.raises(manual.NoTopic):
        manual.page("../manual/dates")


def test_a_page_in_the_language_in_force_stands_before_the_english_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in (("dates.md", "# dates: days\n"), ("states.md", "# states: in English\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "id").mkdir()
    (tmp_path / "id" / "dates.md").write_text("# dates: contoh\n", encoding="utf-8")
    monkeypatch.setattr(manual, "PAGES", tmp_path)
    monkeypatch.setattr(manual, "TOPICS", ("dates", "states"))
    monkeypatch.setattr(manual, "chosen", lambda: "id")
    assert manual.summaries() == {"dates": "contoh", "states": "in English"}
    assert language.chosen() == "en"
