-- Since when the object store has a recording, and the hash of its file by which it is known again.
alter table recording add column stored_at timestamp(6) with time zone;
alter table recording add column stored_sha256 varchar(64);
create index recording_store on recording (stored_at, ended_at);
