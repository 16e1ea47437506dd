-- Adds to `observation` what is a sum of its rows: first the spans that a series has all parts
-- of, then the groups that roll up into others (19 become 5; states of unknown become
-- Unknown). A sum with a missing part is missing, and has the worst status of its parts.
--
-- Parts are added from the least to the greatest, as in lay_side_by_side.sql.
--
-- Any source may say why an ethnicity is unknown, whether or not its own list of groups has the
-- reason: the states of unknown roll up in every list.
--
-- Only flows are added over time: who is there at two dates is not there twice.
--
-- Reads the temporary table span_part(period_id, calendar, part, parts): what each span is made of,
-- for series of a calendar.

INSERT INTO observation
SELECT
    series_id,
    span.period_id,
    area_code,
    group_code,
    if(count(value) = count(*), list_sum(list_sort(list(value))), NULL),
    max(status),
    max(owner_area)
FROM observation
JOIN series USING (series_id)
JOIN span_part AS span ON observation.period_id = span.part AND series.calendar = span.calendar
WHERE stock_or_flow = 'flow'
GROUP BY series_id, span.period_id, area_code, group_code, span.parts
HAVING count(*) = span.parts;

INSERT INTO observation
SELECT
    series_id,
    period_id,
    area_code,
    parent_code,
    if(count(value) = count(*), list_sum(list_sort(list(value))), NULL),
    max(status),
    max(owner_area)
FROM observation
JOIN series USING (series_id)
JOIN (
    SELECT classification, group_code, parent_code FROM ethnic_group
    UNION
    SELECT list.classification, state.group_code, state.parent_code
    FROM ethnic_group AS list, ethnic_group AS state
    WHERE state.classification = 'unknown_states'
) USING (classification, group_code)
WHERE parent_code <> '' AND parent_code <> group_code
GROUP BY series_id, period_id, area_code, parent_code;
