"""A short run of the corruptions; the long one is `python -m tests.faults corruptions --count 2000 --people 2000`."""

import pytest

from tests.faults import corruptions

EACH = 5


@pytest.mark.slow
def test_no_list_of_a_checked_register_is_wrong_and_verify_misses_nothing() -> None:
    count = EACH * len(corruptions.KINDS)
    seen = corruptions.run(count, 60, 1, checked=True)
    assert [fault for one in seen.values() for fault in one.faults] == []
    assert sum(one.counted["copies"] for one in seen.values()) == count
    assert all(one.counted["refused"] for one in seen.values())


@pytest.mark.slow
def test_a_register_that_is_not_checked_shows_what_another_program_wrote() -> None:
    """As the page `damage` says. What changes tables, rules and views is refused all the same."""
    seen = corruptions.run(EACH * len(corruptions.KINDS), 60, 1, checked=False)
    assert any("wrong" in fault for fault in seen["altered_cell"].faults + seen["removed_row"].faults)
    for kind in ("altered_view", "added_trigger"):
        assert (seen[kind].faults, seen[kind].counted["refused"]) == ([], EACH)
    assert not [fault for one in seen.values() for fault in one.faults if "wrong" not in fault]
