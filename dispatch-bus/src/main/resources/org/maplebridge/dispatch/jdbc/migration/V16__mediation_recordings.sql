-- What people at a mediation's table sent is recorded as well: person and room instead of a unit.
alter table recording alter column unit drop not null;
alter table recording add column mediation_id varchar(64);
alter table recording add column person varchar(8);
alter table recording add column room varchar(8);
alter table recording add constraint recording_mediation foreign key (mediation_id) references mediation (id);
create index recording_mediation_of on recording (mediation_id, started_at);
