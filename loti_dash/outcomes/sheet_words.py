"""How a survey may spell the headings of its answers, and how far an action is."""

from loti_dash.upload.headings import without_signs

SPELLINGS = {
    "borough": "borough; council; local authority; LA; area; place; authority; London borough; "
    "which borough are you from; organisation",
    "theme": "theme; topic; subject; domain; policy area; area of work; outcome; outcome theme",
    "action": "action; actions; intervention; activity; project; what; what are you doing; "
    "initiative; work",
    "cohort": "cohort; group; ethnic group; ethnic groups; ethnicity; who; for whom; "
    "people; target group; population; community",
    "owner": "owner; lead; lead officer; responsible; team; service; action owner; contact",
    "status": "status; progress; state; stage; how far; RAG; current status",
}
COLUMN_OF = {
    without_signs(spelling): column
    for column, spellings in SPELLINGS.items()
    for spelling in spellings.split(";")
}
STATUS_OF = {
    without_signs(word): status
    for status, words in {
        "to do": "to do; not started; not yet started; planned; planning; proposed; new; "
        "open; red",
        "under way": "under way; underway; in progress; ongoing; on going; started; active; "
        "live; delivering; on track; amber; partly done",
        "done": "done; complete; completed; finished; closed; delivered; achieved; green",
        "stopped": "stopped; cancelled; canceled; paused; on hold; abandoned; ended",
    }.items()
    for word in words.split(";")
}
