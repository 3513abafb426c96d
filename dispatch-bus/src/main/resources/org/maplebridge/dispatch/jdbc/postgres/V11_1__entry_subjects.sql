-- Whom an entry is about is asked by the entry. H2 makes such an index for the foreign key by
-- itself.
create index journal_subject_entry on journal_subject (sequence);
