-- GET /api/checklists-admin/
-- Generated: npm run gen

-- staff
select (select count(*)
  from checklist
  where (checklist.checklist_type = 'project_compliance')
  and (checklist.checklist_type = any('{project_compliance}'::text[]))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(checklist.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/checklists-admin/' || wire_uuid(checklist.uuid) || '/' || '"',
    ',"name":', to_json((checklist.name)::text)::text,
    ',"description":', to_json((checklist.description)::text)::text,
    ',"checklist_type":', '"' || (checklist.checklist_type) || '"',
    ',"questions_count":', ((select count(*)
  from checklist_question counted
  where counted.checklist_id = checklist.id))::text), 2) || '}', ','
  order by checklist.name, checklist.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select checklist.id
  from checklist
  where (checklist.checklist_type = 'project_compliance')
  and (checklist.checklist_type = any('{project_compliance}'::text[]))
  order by checklist.name, checklist.id
  limit 10) sized
  limit :id::bigint) cut
  join checklist on checklist.id = cut.id ) as page;
