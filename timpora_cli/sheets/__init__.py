"""Any file into rows: csv, tsv, xlsx, json or ndjson, its columns matched to fields. Knows no register and no SQL."""
