-- More kinds of rules: terms of a class, reports, and times before the end of a permit. The checks of the table become
-- wider in the schema's own text, SQLite's way for a change that no stored row can break; the table is not made anew.
-- The kinds are those of RULE_KINDS in model/law.py. A number of extensions may be 0: the class is not extended.

PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(
    replace(
        sql,
        'kind IN (''RENEWAL_WINDOW_DAYS'', ''OVERSTAY_RUPIAH_A_DAY'', ''OVERSTAY_LIMIT_DAYS'', ''REPORTING_DAYS'')',
        'kind IN (
                ''RENEWAL_WINDOW_DAYS'', ''CONVERSION_WINDOW_DAYS'', ''APPLY_BEFORE_DAYS'', ''TERM_DAYS'', ''TERM_MONTHS'',
                ''EXTENSIONS'', ''REPORT_EVERY_YEARS'', ''REPORTING_DAYS'', ''OVERSTAY_RUPIAH_A_DAY'', ''OVERSTAY_LIMIT_DAYS''
            )'
    ),
    'CHECK (value > 0)',
    'CHECK (value > 0 OR (value = 0 AND kind = ''EXTENSIONS''))'
)
WHERE type = 'table' AND name = 'rule';
PRAGMA writable_schema = RESET;
