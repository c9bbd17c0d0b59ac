"""The words of the page for the public, in both languages. `words.py` puts them beside those of the other pages."""

PUBLIC_WORDS: dict[str, dict[str, str]] = {
    "id": {
        "public_title": "JUMLAH ORANG ASING",
        "public": "Umum: jumlah saja",
        "public_basis": "Dasar",
        "public_counted": "Catatan kantor tentang orang asing yang berada di wilayahnya pada hari itu.",
        "public_places": "Menurut kecamatan dan izin tinggal",
        "public_few": "Orang asing yang tercatat kurang dari {threshold}. Angka tidak dimuat.",
        "public_total": "Jumlah seluruhnya: {total}.",
        "public_no_nationality": "Tidak ada kewarganegaraan yang cukup banyak untuk dimuat.",
        "public_rule": "Angka di bawah {threshold}, kecuali 0, tidak dimuat, supaya tidak ada orang yang dapat "
        "dikenali. Wilayah, izin dan kewarganegaraan dengan sedikit orang digabungkan.",
        "public_hidden": "{mark} berarti angka tidak dimuat: angka itu kecil, atau dengan angka itu angka kecil yang "
        "lain dapat dihitung. Angka itu bukan 0.",
        "other_nationalities": "Kewarganegaraan lain",
        "OTHERS_OF": "Kecamatan lain di {regency}",
        "OTHERS": "Kecamatan lain, luar wilayah, tidak diketahui",
        "ELSEWHERE": "Luar wilayah atau tidak diketahui",
        "OTHER": "Lainnya",
    },
    "en": {
        "public_title": "NUMBER OF FOREIGN RESIDENTS",
        "public": "The public: counts alone",
        "public_basis": "Basis",
        "public_counted": "The office's register of the foreign residents who were present on that day.",
        "public_places": "By district and stay permit",
        "public_few": "Fewer than {threshold} foreign residents are on record. No number is printed.",
        "public_total": "All together: {total}.",
        "public_no_nationality": "No nationality has enough people to be printed.",
        "public_rule": "Numbers under {threshold}, but for 0, are not printed, so that nobody can be recognised. "
        "Areas, permits and nationalities with few people are taken together.",
        "public_hidden": "{mark} is a number that is not printed: it is small, or another small number could be worked "
        "out from it. It is not 0.",
        "other_nationalities": "Other nationalities",
        "OTHERS_OF": "Other districts of {regency}",
        "OTHERS": "Other districts, elsewhere, not known",
        "ELSEWHERE": "Elsewhere or not known",
        "OTHER": "Other",
    },
}
