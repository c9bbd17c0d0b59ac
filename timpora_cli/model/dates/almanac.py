"""The months and the weekdays by name: in both languages, as officers and newspapers write and shorten them."""

from collections.abc import Mapping

# fmt: off
MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
    "id": ("Januari", "Februari", "Maret", "April", "Mei", "Juni",
           "Juli", "Agustus", "September", "Oktober", "November", "Desember"),
}
WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
}
_SHORT_MONTHS = ("jan", "feb febr peb pebruari", "mar mrt", "apr", "", "jun",
                 "jul", "aug agt agu ags agust agus", "sep sept", "oct okt", "nov nop nopember", "dec des")
_SHORT_WEEKDAYS = ("mon sen", "tue tues sel", "wed weds rab", "thu thur thurs kam", "fri jum", "sat sab",
                   "sun min mgg ahad ahd")
# fmt: on


def _numbered(names: Mapping[str, tuple[str, ...]], short: tuple[str, ...]) -> dict[str, int]:
    """Return every written form, in small letters, with its place in the calendar from 0."""
    places = enumerate(zip(names["en"], names["id"], short, strict=True))
    return {form: place for place, forms in places for form in " ".join(forms).lower().split()}


MONTH_OF = _numbered(MONTHS, _SHORT_MONTHS)
WEEKDAY_OF = _numbered(WEEKDAYS, _SHORT_WEEKDAYS)
