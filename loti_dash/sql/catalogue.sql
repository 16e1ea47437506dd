-- The definitions of a release, whole: one row.

SELECT definition FROM catalogue
