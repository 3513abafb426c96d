-- Lists, filters and the search for words are answered from this index alone, newest first, without
-- reading an incident that is not shown. Titles and places have 200 characters at most, so that an
-- entry fits into a page of PostgreSQL's.
create index incident_inbox on incident
    (opened_at desc, id, closed_at, merged_into, severity, incident_number, title, place);
drop index incident_opened;

-- What is late is looked for among what is open: closed incidents keep the time that they had.
create index incident_late on incident (closed_at, due_at);
drop index incident_due;
