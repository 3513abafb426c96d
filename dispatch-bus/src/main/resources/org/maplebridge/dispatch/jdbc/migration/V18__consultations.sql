-- A consultation is a table without parties: called together by a preset, of which this is the id.
alter table mediation add column preset varchar(64);
create index mediation_preset on mediation (preset, node, created_at);
