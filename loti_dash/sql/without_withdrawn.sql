-- Keeps withdrawn series out of every query that follows in the same cursor, in the place of the
-- release's own ways to read counts: no row of such a series, and of an indicator neither if its
-- numerator or its denominator is one.
--
-- $series   the ids of the withdrawn series

CREATE TEMP TABLE withdrawn (series_id VARCHAR);

CREATE TEMP MACRO visible(viewer_areas) AS TABLE
    SELECT * FROM loti.main.visible(viewer_areas)
    WHERE series_id NOT IN (SELECT series_id FROM temp.withdrawn);

CREATE TEMP MACRO visible_counts(viewer_areas) AS TABLE
    SELECT * FROM loti.main.visible_counts(viewer_areas)
    WHERE indicator_id::VARCHAR NOT IN (
        SELECT indicator_id FROM loti.main.indicator
        WHERE (definition -> 'numerator' ->> 'series') IN (SELECT series_id FROM temp.withdrawn)
           OR (definition -> 'denominator' ->> 'series') IN (SELECT series_id FROM temp.withdrawn)
    );

INSERT INTO withdrawn SELECT unnest($series::VARCHAR[]);
