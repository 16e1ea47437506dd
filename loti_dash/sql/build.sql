-- What a release was built from: one row per input.

SELECT release_id, built_at, note, file, sha256, rows FROM build ORDER BY file
