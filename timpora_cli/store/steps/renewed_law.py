"""The law as it was read again in 2026: the rows of step 0006 for registers made before it, a change for each source.

A new register gets the same rows from `data/`. A row that an officer wrote, and what would follow it, is left alone.
"""

import sqlite3
from collections.abc import Callable, Iterable
from functools import partial

from timpora_cli import data
from timpora_cli.store.steps.reference import Amendment, Named, amend
from timpora_cli.store.steps.shipped import holiday_row

STEP = "0006_stays_and_rules"
DAY_BEFORE_PP_45 = "2024-12-16"
PP_45 = "2024-12-17"
BRIDGING = "2024-05-03"
BRIDGING_PAGE = "cermat.co.id/izin-tinggal-peralihan-jembatani-transisi-izin-tinggal-wna-di-ri"
VOA_PAGES = "cnnindonesia.com of 2020-03-20; legalindonesia.id"
ITAS_PAGE = "lisahuang.com/izin-tinggal-terbatas-itap"
VISIT = "ngurahrai.imigrasi.go.id/read/izin-tinggal-kunjungan"
CONVERSION_PAGE = "kanimsurabaya.kemenkumham.go.id/layanan-warga-negara-asing/alih-status-izin-tinggal"


def renewed_law(connection: sqlite3.Connection) -> None:
    """Renew the rules, the reliefs' notes, the holidays and the terms, each as a logged change with its source."""
    for source, write in RENEWED:
        amend(connection, STEP, source, write)
    holidays = [holiday_row(row) for row in data.rows("holidays_2026_2027.csv")]
    for decree in dict.fromkeys(str(row["source"]) for row in holidays):
        amend(
            connection,
            STEP,
            decree,
            partial(_add, table="holiday", rows=[row for row in holidays if row["source"] == decree]),
        )
    for source, terms in TERMS:
        rules = [_rule(_named(kind, subject), value, basis, page) for kind, subject, value, basis, page in terms]
        amend(connection, STEP, source, partial(_add, table="rule", rows=rules))


def _add(step: Amendment, table: str, rows: Iterable[Named]) -> None:
    for row in rows:
        step.add(table, row)


def _named(kind: str, subject: str = "", since: str | None = None) -> Named:
    return {"kind": kind, "subject": subject, "valid_from": since}


def _rule(named: Named, value: int, basis: str, source: str) -> Named:
    return {**named, "value": value, "legal_basis": basis, "source": source, "verified": 0}


def _tariffs(step: Amendment) -> None:
    rate, limit = "OVERSTAY_RUPIAH_A_DAY", "OVERSTAY_LIMIT_DAYS"
    oldest = "Biaya beban before PP 28/2019, probably PP 45/2014; its first day was not found"
    step.rewrite("rule", _named(rate), {"legal_basis": oldest})
    confirmed = (
        "antaranews.com/berita/3899610; satamexpose.com/2019/06 (the first day, said by the Tanjungpandan office)"
    )
    ended: Named = {"valid_until": DAY_BEFORE_PP_45}
    if step.rewrite("rule", _named(rate, since="2019-05-03"), {**ended, "source": confirmed}):
        annex = (
            "PP 45/2024 art 12; the line of the annex is from secondary sources, and the press also prints 18 December "
            "2024 as the first day"
        )
        basis = "PP 45/2024; its art 12 repeals PP 28/2019"
        step.add("rule", _rule(_named(rate, since=PP_45), 1_000_000, basis, annex))
    phrases = "UU 6/2011 art 78: less than 60 days, and more than 60 days"
    if step.rewrite("rule", _named(limit), {**ended, "legal_basis": phrases}):
        basis = "PP 45/2024 art 7(1): not more than 60 days; UU 6/2011 art 78"
        source = "PP 45/2024 art 7(1); antaranews.com/berita/3899610"
        step.add("rule", _rule(_named(limit, since=PP_45), 60, basis, source))


def _bridging_permit(step: Amendment) -> None:
    articles = "Permenkumham 11/2024 arts 86A and 94A"
    apply = (
        f"{articles}: apply and pay at the latest 3 days before the old permit ends; the days of waiting are then no"
    )
    for kind, value, basis, source in (
        ("TERM_DAYS", 60, "Permenkumham 11/2024 art 86A", BRIDGING_PAGE),
        ("EXTENSIONS", 0, f"{articles}: not extended", f"{articles}, as quoted in secondary sources"),
        ("APPLY_BEFORE_DAYS", 3, f"{apply} overstay", BRIDGING_PAGE),
    ):
        step.add("rule", _rule(_named(kind, "PERALIHAN", BRIDGING), value, basis, source))


def _windows_of_kitap(step: Amendment) -> None:
    older: Named = {
        "valid_until": "2025-12-31",
        "legal_basis": "Izin tinggal tetap, older source: apply at the latest 60 days before the end",
        "source": (
            "babel.kemenkumham.go.id/layanan/imigrasi/izin-tinggal-tetap; "
            "legal-solusindo.com/2016/01/01/ketentuan-perpanjangan-izin-tinggal-tetap"
        ),
    }
    newer = (
        "Izin tinggal tetap, newer source: apply from 3 months before the end (counted as 90 days), at the latest on "
        "the last working day; its first day was not found"
    )
    pages = "kanimbalikpapan.kemenkumham.go.id/izin-tinggal-tetap-itap; sippn.menpan.go.id/pelayanan-publik/8115007"
    if step.rewrite("rule", _named("RENEWAL_WINDOW_DAYS", "KITAP"), older):
        step.add("rule", _rule(_named("RENEWAL_WINDOW_DAYS", "KITAP", "2026-01-01"), 90, newer, pages))


def _conversion(step: Amendment) -> None:
    within = "Permenkumham 22/2023: alih status to {} is applied for within 30 days before the end"
    for held, wanted in (("ITK", "ITAS"), ("KITAS", "ITAP")):
        named = _named("CONVERSION_WINDOW_DAYS", held)
        step.add("rule", _rule(named, 30, within.format(wanted), CONVERSION_PAGE))


def _identity_card(step: Amendment) -> None:
    article = "UU 24/2013 art 63(4)"
    basis = f"{article}: the holder of an ITAP reports for the KTP-el 30 days before the ITAP ends"
    source = f"{article}, as quoted in secondary sources"
    step.add("rule", _rule(_named("APPLY_BEFORE_DAYS", "KTP_EL"), 30, basis, source))


def _civil_status(step: Amendment) -> None:
    basis = "Practice of offices; UU 6/2011 art 71(a) names changes of civil status and nationality but no days"
    source = "kotabumi.imigrasi.go.id/layanan/wna/perdat; pages of the offices of Kendari and Jakarta Selatan"
    named = _named("REPORTING_DAYS", "CIVIL_STATUS")
    step.rewrite("rule", named, {"legal_basis": basis, "source": source})


def _reports_of_kitap(step: Amendment) -> None:
    basis = "Permenkumham 22/2023 art 132(1): report every five years, free of charge"
    pages = (
        "babel.kemenkumham.go.id/layanan/imigrasi/izin-tinggal-tetap; "
        "kanimbalikpapan.kemenkumham.go.id/izin-tinggal-tetap-itap"
    )
    step.add("rule", _rule(_named("REPORT_EVERY_YEARS", "KITAP"), 5, basis, pages))


def _reliefs(step: Amendment) -> None:
    for code, values in RELIEFS_OF_2020.items():
        step.rewrite("relief", {"code": code}, values)
    for row in WITHOUT_CLASSES:
        step.add("relief", {**row, "in_country_only": 1, "extendable": "any", "verified": 0})


# What was in force before the reliefs and after them. No source says until which day these two keep a permit valid.
# They are on record without a class, so they move no end.
WITHOUT_CLASSES: tuple[Named, ...] = (
    {
        "code": "SE-2114-2020",
        "name": "No overstay charge before the automatic ITKT",
        "legal_basis": "SE IMI-GR.01.01-2114",
        "issued_on": "2020-03-24",
        "effective_from": "2020-03-24",
        "ended_on": "2020-04-02",
        "action_required": "Who entered after 5 February 2020 need not apply for an ITKT, and the overstay charge is "
        "Rp0",
        "source_url": "kotabumi.imigrasi.go.id/berita/pembatasan-layanan-pencegahan-covid; koranjuri.com. Of 23 or 24 "
        "March 2020 by source. No source says until which day it keeps a permit valid, so it moves no end",
    },
    {
        "code": "PERMENKUMHAM-26-2020",
        "name": "Visas and stay permits in the adaptation to new habits",
        "legal_basis": "Permenkumham 26/2020",
        "issued_on": "2020-09-29",
        "effective_from": "2020-10-01",
        "action_required": "Ask the office: one blog says to leave by 5 October 2020, or to apply for an ITKT again, "
        "30 days at a time",
        "source_url": "lexregis.com. It replaces Permenkumham 11/2020. No source says until which day it keeps a "
        "permit valid, so it moves no end",
    },
)
RELIEFS_OF_2020: dict[str, Named] = {
    "ITKT-2020-04": {
        "source_url": "headline.co.id/?p=7014; nusantaralegal.com; indonesia.nl/faq/id_imigrasi. It revokes "
        "Permenkumham 7/2020 and 8/2020, and Permenkumham 26/2020 replaces it on 1 October 2020 (lexregis.com)"
    },
    "ITKT-2020-07": {
        "source_url": "kotabumi.imigrasi.go.id; batam.imigrasi.go.id; balidiscovery.com; schinderlawfirm.com. The "
        "end is 9, 11 or 12 August 2020 by source. The letter speaks of ITKT holders who arrived since 1 January "
        "2020; ITAS and ITAP holders abroad had 60 days"
    },
    "ITKT-2020-08": {
        "source_url": "expatindo.org; indonesiaexpat.id. In force from 22 July or 3 August 2020 by source"
    },
    "ITKT-2020-09": {
        "action_required": "Visit permit from a visa, VOA, ABTC or as crew: extend it, or apply for a visa approval, "
        "and report. BVK, or KITAS and KITAP that ended and cannot be extended: apply for a visa approval, and "
        "report. Otherwise it becomes overstay",
        "source_url": "kotabumi.imigrasi.go.id/berita/perpanjangan_batas_waktu_itkt; "
        "m.antaranews.com/amp/berita/1675974, which prints the number as 0409. posmerdeka and wartabalionline say 20 "
        "August 2020. The letter itself was not seen",
    },
}
RENEWED: tuple[tuple[str, Callable[[Amendment], None]], ...] = (
    ("PP 45/2024, in force since 2024-12-17, and PP 28/2019 before it: the overstay charge", _tariffs),
    ("Permenkumham 11/2024 arts 86A, 94A: term of the bridging visit permit", _bridging_permit),
    ("Pages of the Balikpapan office and of sippn.menpan.go.id: window of a KITAP", _windows_of_kitap),
    ("Permenkumham 22/2023, by the page of the Surabaya office: window of a conversion", _conversion),
    ("UU 24/2013 art 63(4): KTP-el of the holder of an ITAP", _identity_card),
    ("UU 6/2011 art 71(a) names no days for changes of civil status", _civil_status),
    ("Permenkumham 22/2023 art 132(1): the holder of a KITAP reports every five years", _reports_of_kitap),
    ("The letters of 2020 on the emergency stay permit: what the sources say and where they differ", _reliefs),
)
# The longest period of one grant of each class: the source of the change; then its rows, each with kind, class, value,
# legal basis and source.
TERMS: tuple[tuple[str, tuple[tuple[str, str, int, str, str], ...]], ...] = (
    (
        "Page of the Ngurah Rai office: term of a visit permit",
        (("TERM_DAYS", "ITK", 60, "Izin tinggal kunjungan: at most 60 days each", VISIT),),
    ),
    (
        "Press and agents' pages of 2020 to 2024, and general knowledge: terms of VOA and BVK",
        (
            ("TERM_DAYS", "VOA", 30, "Visa on arrival: 30 days each", VOA_PAGES),
            ("TERM_DAYS", "BVK", 30, "Visa-free visit: 30 days", "general knowledge, not checked"),
        ),
    ),
    (
        "PP 31/2013 art 148: term of an ITAS",
        (("TERM_MONTHS", "KITAS", 24, "PP 31/2013 art 148: at most 2 years each", ITAS_PAGE),),
    ),
    (
        "Permenkumham 22/2023 art 121(1): term of an ITAP",
        (
            (
                "TERM_MONTHS",
                "KITAP",
                60,
                "Permenkumham 22/2023 art 121(1): 5 years at first",
                "Permenkumham 22/2023, as quoted in secondary sources",
            ),
        ),
    ),
)
