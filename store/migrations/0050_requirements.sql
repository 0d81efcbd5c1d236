-- Where a process is drawn, and the form by which people start it: of what was deployed before, as its file says.
alter table process_definitions add column path text;
alter table process_definitions add column start_form_id text;

update process_definitions set path = coalesce(
  (select file.path from package_files file
   where file.hash = process_definitions.package_hash and file.path like '%.bpmn'
     and file.content ~ ('<([A-Za-z0-9_-]+:)?process(\s[^>]*)?\sid\s*=\s*["'']'
       || replace(process_definitions.process_id, '.', '\.') || '["'']')
   order by file.path limit 1),
  (select file.path from package_files file
   where file.hash = process_definitions.package_hash and file.path like '%.bpmn'
   order by file.path limit 1),
  'process.bpmn');
alter table process_definitions alter column path set not null;

update process_definitions set start_form_id = substring(
  (select file.content from package_files file
   where file.hash = process_definitions.package_hash and file.path = process_definitions.path)
  from '<(?:[A-Za-z0-9_-]+:)?startEvent\s[^>]*[^/]>(?:(?!</(?:[A-Za-z0-9_-]+:)?startEvent\s*>).)*\sformId\s*=\s*"([^"]*)"');

-- Files of decisions: each content has its number among those of its id.
create table decision_requirements (
  requirements_id text not null,
  version         integer not null check (version > 0),
  package_hash    text not null references packages (hash),
  path            text not null,
  name            text,
  deployed_at     timestamptz(3) not null,
  primary key (requirements_id, version),
  unique (package_hash, path)
);

insert into decision_requirements (requirements_id, version, package_hash, path, name, deployed_at)
select id, row_number() over (partition by id order by deployed_at, package_hash, path),
  package_hash, path, name, deployed_at
from (
  select brought.package_hash, brought.path, brought.deployed_at,
    coalesce(substring(head from '\sid\s*=\s*"([^"]*)"'), brought.path) as id,
    substring(head from '\sname\s*=\s*"([^"]*)"') as name
  from (
    select package_hash, path, min(deployed_at) as deployed_at from resource_definitions
    where kind = 'decision' group by package_hash, path
  ) brought
  left join lateral (
    select substring(file.content from '<(?:[A-Za-z0-9_-]+:)?definitions\s[^>]*>') as head
    from package_files file where file.hash = brought.package_hash and file.path = brought.path
  ) file on true
) of;

-- Decisions as people look for them, each with the file that it stands in.
create view listed_decisions as
select decision.resource_id as decision_id, decision.version, decision.package_hash, decision.path, decision.name,
  decision.deployed_at, of.requirements_id, of.version as requirements_version, of.name as requirements_name,
  not exists (select 1 from resource_definitions later
    where later.kind = 'decision' and later.resource_id = decision.resource_id
      and later.version > decision.version) as is_latest
from resource_definitions decision
join decision_requirements of on of.package_hash = decision.package_hash and of.path = decision.path
where decision.kind = 'decision';
