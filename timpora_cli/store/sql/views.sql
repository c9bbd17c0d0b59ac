-- The published views: the stable interface for other programs (sqlite3, Datasette). Pure SQL: no function of ours is
-- needed, and none asks what day it is. "Current" is what has not ended; states and days left are a matter of the day
-- that is asked about, and are the program's own (timpora expiring, timpora counts).

-- At which moment each change is to be read: the one that the machine's clock gave it, or the one that a later change
-- put in its place (timpora clock correct).
DROP VIEW IF EXISTS change_moment;
CREATE VIEW change_moment AS
SELECT
    change.id AS change_id,
    coalesce(
        (
            SELECT clock_correction.read_at
            FROM clock_correction
            WHERE change.id BETWEEN clock_correction.first_change AND clock_correction.last_change
            ORDER BY clock_correction.id DESC
            LIMIT 1
        ),
        change.at
    ) AS at,
    change.at AS recorded_at
FROM change;

-- The days on which each relief speaks, and since when the chain that it belongs to has kept permits valid. One that ended
-- on its first day, or was superseded from that day or an earlier one, never spoke. It is not here, it gives its chain no
-- first day, and what it supersedes goes on until another that spoke takes its place.
DROP VIEW IF EXISTS relief_span;
CREATE VIEW relief_span AS
-- From the last relief of each chain back to the first: until when it speaks, and from when it or a later one does.
WITH RECURSIVE turn (code, supersedes, effective_from, speaks_until, taken_over_on) AS (
    SELECT
        code,
        supersedes,
        effective_from,
        coalesce(ended_on, '9999-12-31'),
        iif(effective_from < coalesce(ended_on, '9999-12-31'), effective_from, '9999-12-31')
    FROM relief
    WHERE code NOT IN (SELECT supersedes FROM relief WHERE supersedes IS NOT NULL)
    UNION ALL
    SELECT
        relief.code,
        relief.supersedes,
        relief.effective_from,
        min(coalesce(relief.ended_on, '9999-12-31'), turn.taken_over_on),
        iif(
            relief.effective_from < min(coalesce(relief.ended_on, '9999-12-31'), turn.taken_over_on),
            relief.effective_from,
            turn.taken_over_on
        )
    FROM turn
    JOIN relief ON relief.code = turn.supersedes
),
spoken (code, effective_from, speaks_until) AS (
    SELECT code, effective_from, speaks_until FROM turn WHERE effective_from < speaks_until
),
chain (code, ancestor) AS (
    SELECT code, code FROM relief
    UNION
    SELECT chain.code, relief.supersedes
    FROM chain
    JOIN relief ON relief.code = chain.ancestor
    WHERE relief.supersedes IS NOT NULL
)
SELECT
    relief.code,
    relief.name,
    relief.effective_from AS speaks_from,
    spoken.speaks_until,
    coalesce(relief.effective_until, '9999-12-31') AS keeps_valid_until,
    coalesce(
        relief.expired_from,
        (
            SELECT min(ancestor.effective_from)
            FROM chain
            JOIN spoken AS ancestor ON ancestor.code = chain.ancestor
            WHERE chain.code = relief.code
        )
    ) AS expired_from,
    coalesce(relief.expired_until, '9999-12-31') AS expired_until,
    relief.entered_from,
    relief.entered_until
FROM relief
JOIN spoken ON spoken.code = relief.code;

-- The stay that has not ended of each person, or the last one.
DROP VIEW IF EXISTS last_stay;
CREATE VIEW last_stay AS
SELECT stay.resident_id, stay.from_on, stay.arrived, stay.departed, stay.departed_how
FROM stay
WHERE stay.id IS (
    SELECT other.id FROM stay AS other
    WHERE other.resident_id = stay.resident_id
    ORDER BY other.departed IS NOT NULL, other.departed DESC, other.from_on DESC
    LIMIT 1
);

-- Which relief would cover which permit, whatever the day of entry was. While it speaks, a relief keeps the permit valid
-- until keeps_valid_until; once it has given way or ended, it has kept it valid until kept_until, at most the last day
-- on which it spoke.
DROP VIEW IF EXISTS relief_offer;
CREATE VIEW relief_offer AS
SELECT
    permit.id AS permit_id,
    permit.resident_id,
    permit.ended_on,
    relief_span.code AS relief_code,
    relief_span.name AS relief_name,
    relief_span.speaks_from,
    relief_span.speaks_until,
    relief_span.keeps_valid_until,
    iif(
        relief_span.speaks_until = '9999-12-31',
        relief_span.keeps_valid_until,
        min(relief_span.keeps_valid_until, date(relief_span.speaks_until, '-1 day'))
    ) AS kept_until,
    relief_span.entered_from,
    relief_span.entered_until
FROM permit
JOIN relief_class ON relief_class.class_code = permit.class_code
JOIN relief_span ON relief_span.code = relief_class.relief_code
WHERE permit.expires_on BETWEEN relief_span.expired_from AND relief_span.expired_until
    AND permit.expires_on < relief_span.keeps_valid_until;

-- Which relief covers which permit, by the stay in which it is held: for a current permit the one that has not ended, and
-- for another the last that began before the permit ended. A condition on the day of entry is met only by a day that is
-- recorded. On a given day it is the stay of that day that counts: timpora expiring --as-of.
DROP VIEW IF EXISTS relief_coverage;
CREATE VIEW relief_coverage AS
SELECT permit_id, relief_code, relief_name, speaks_from, speaks_until, keeps_valid_until, kept_until
FROM (
    SELECT
        relief_offer.*,
        iif(
            entered_from IS NULL AND entered_until IS NULL,
            NULL,
            (
                SELECT stay.arrived FROM stay
                WHERE stay.resident_id = relief_offer.resident_id
                    AND (relief_offer.ended_on IS NULL OR stay.from_on IS NULL OR stay.from_on < relief_offer.ended_on)
                ORDER BY stay.departed IS NOT NULL, stay.departed DESC, stay.from_on DESC
                LIMIT 1
            )
        ) AS entered
    FROM relief_offer
)
WHERE (entered_from IS NULL OR entered >= entered_from) AND (entered_until IS NULL OR entered <= entered_until);

-- One row for each permit that has not ended, with its group and its holder.
DROP VIEW IF EXISTS current_permit;
CREATE VIEW current_permit AS
SELECT
    permit.id AS permit_id,
    permit.resident_id,
    resident.full_name,
    resident.nationality,
    permit.class_code AS class,
    permit_class.group_code AS permit_group,
    permit.index_code,
    permit.number AS permit_number,
    permit.issued_on,
    permit.valid_from,
    permit.expires_on,
    permit.office,
    permit.granted_as,
    permit.follows_id,
    permit.unlimited
FROM permit
JOIN resident ON resident.id = permit.resident_id
JOIN permit_class ON permit_class.code = permit.class_code
WHERE permit.ended_on IS NULL;

-- One row for each person present, with the place; NULL where it is not known.
DROP VIEW IF EXISTS current_residence;
CREATE VIEW current_residence AS
SELECT
    residence.resident_id,
    residence.from_on AS since,
    residence.address,
    residence.rt,
    residence.rw,
    village.code AS village_code,
    village.name AS village,
    district.code AS district_code,
    district.name AS district,
    regency.code AS regency_code,
    regency.name AS regency
FROM residence
LEFT JOIN village ON village.code = residence.village_code
LEFT JOIN district ON district.code = coalesce(village.district_code, residence.district_code)
LEFT JOIN regency ON regency.code = district.regency_code
WHERE residence.until_on IS NULL;

-- One row for each current permit: its printed end, and its effective end under the reliefs, as they stand in the end.
-- effective_until is 9999-12-31 under a relief without an end. Where there is no printed end, both are NULL: it is not
-- known, or, where unlimited is 1, there is none.
DROP VIEW IF EXISTS expiry;
CREATE VIEW expiry AS
SELECT
    current_permit.resident_id,
    current_permit.full_name,
    current_permit.nationality,
    current_permit.class,
    current_permit.permit_id,
    current_permit.permit_number,
    current_permit.expires_on,
    max(
        current_permit.expires_on,
        coalesce(
            (
                SELECT max(relief_coverage.kept_until)
                FROM relief_coverage
                WHERE relief_coverage.permit_id = current_permit.permit_id
            ),
            current_permit.expires_on
        )
    ) AS effective_until,
    current_residence.village,
    current_residence.district,
    current_residence.district_code,
    current_permit.unlimited
FROM current_permit
LEFT JOIN current_residence ON current_residence.resident_id = current_permit.resident_id;

-- People present by district and group; districts of the office's area with nobody in them have their row of zeros,
-- and people whose district is not known stand in the row without one.
DROP VIEW IF EXISTS district_count;
CREATE VIEW district_count AS
WITH place (district_code, district) AS (
    SELECT code, name FROM district WHERE ours = 1 AND until_on IS NULL
    UNION
    SELECT district_code, district FROM current_residence
)
SELECT
    place.district,
    place.district_code,
    count(current_residence.resident_id) FILTER (WHERE current_permit.permit_group = 'KITAP') AS kitap,
    count(current_residence.resident_id) FILTER (WHERE current_permit.permit_group = 'KITAS') AS kitas,
    count(current_residence.resident_id) FILTER (WHERE current_permit.permit_group = 'VISIT') AS visit,
    count(current_residence.resident_id) FILTER (WHERE current_permit.permit_group = 'ITKT') AS itkt,
    count(current_residence.resident_id) FILTER (WHERE current_permit.permit_group = 'OFFICIAL') AS official,
    count(current_residence.resident_id) FILTER (WHERE current_permit.permit_id IS NULL) AS none,
    count(current_residence.resident_id) AS total
FROM place
LEFT JOIN current_residence ON current_residence.district_code IS place.district_code
LEFT JOIN current_permit ON current_permit.resident_id = current_residence.resident_id
GROUP BY place.district_code
ORDER BY total DESC, place.district;
