-- What somebody at a mediation's table uploaded there. It is of that mediation alone, and of no
-- incident: whoever reads the incident does not read what was shown in confidence.

alter table evidence add column mediation_id varchar(64);
alter table evidence add column mediation_person varchar(8);
alter table evidence add column title varchar(200);
create index evidence_mediation on evidence (mediation_id);
