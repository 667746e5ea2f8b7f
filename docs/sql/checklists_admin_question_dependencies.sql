-- GET /api/checklists-admin-question-dependencies/
-- Generated: npm run gen

-- staff
select (select count(*)
  from checklist_dependency dependency
  join checklist_question question on question.id = dependency.question_id
  join checklist_question base on base.id = dependency.depends_on_question_id
  where (question.uuid = :question_uuid::uuid)
  and (base.uuid = :depends_on_question_uuid::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(dependency.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/checklists-admin-question-dependencies/' || wire_uuid(dependency.uuid) || '/' || '"',
    ',"question":', '"' || ctx.base || '/api/checklists-admin-questions/' || wire_uuid(question.uuid) || '/' || '"',
    ',"question_name":', to_json((question.description)::text)::text,
    ',"depends_on_question":', '"' || ctx.base || '/api/checklists-admin-questions/' || wire_uuid(base.uuid) || '/' || '"',
    ',"depends_on_question_name":', to_json((base.description)::text)::text,
    ',"required_answer_value":', (dependency.required_answer_value)::text,
    ',"operator":', '"' || (dependency.operator) || '"'), 2) || '}', ','
  order by dependency.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select dependency.id
  from checklist_dependency dependency
  join checklist_question question on question.id = dependency.question_id
  join checklist_question base on base.id = dependency.depends_on_question_id
  where (question.uuid = :question_uuid::uuid)
  and (base.uuid = :depends_on_question_uuid::uuid)
  order by dependency.id
  limit 10) sized
  limit :id::bigint) cut
  join checklist_dependency dependency on dependency.id = cut.id
  join checklist_question question on question.id = dependency.question_id
  join checklist_question base on base.id = dependency.depends_on_question_id) as page;
