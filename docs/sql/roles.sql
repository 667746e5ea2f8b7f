-- GET /api/roles/
-- Generated: npm run gen

-- staff
select (select count(*)
  from role r
  where ((r.description ilike '%description%'))
  and ((r.is_active))
  and ((r.name ilike '%name%'))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(r.uuid) || '"',
    ',"name":', to_json((r.name)::text)::text,
    ',"description":', to_json((r.description)::text)::text,
    ',"description_en":', coalesce(to_json((r.translations ->> 'description_en')::text)::text, 'null'),
    ',"description_et":', coalesce(to_json((r.translations ->> 'description_et')::text)::text, 'null'),
    ',"description_lt":', coalesce(to_json((r.translations ->> 'description_lt')::text)::text, 'null'),
    ',"description_lv":', coalesce(to_json((r.translations ->> 'description_lv')::text)::text, 'null'),
    ',"description_ru":', coalesce(to_json((r.translations ->> 'description_ru')::text)::text, 'null'),
    ',"description_it":', coalesce(to_json((r.translations ->> 'description_it')::text)::text, 'null'),
    ',"description_de":', coalesce(to_json((r.translations ->> 'description_de')::text)::text, 'null'),
    ',"description_da":', coalesce(to_json((r.translations ->> 'description_da')::text)::text, 'null'),
    ',"description_sv":', coalesce(to_json((r.translations ->> 'description_sv')::text)::text, 'null'),
    ',"description_es":', coalesce(to_json((r.translations ->> 'description_es')::text)::text, 'null'),
    ',"description_fr":', coalesce(to_json((r.translations ->> 'description_fr')::text)::text, 'null'),
    ',"description_nb":', coalesce(to_json((r.translations ->> 'description_nb')::text)::text, 'null'),
    ',"description_ar":', coalesce(to_json((r.translations ->> 'description_ar')::text)::text, 'null'),
    ',"description_cs":', coalesce(to_json((r.translations ->> 'description_cs')::text)::text, 'null'),
    ',"permissions":', (select coalesce('[' || string_agg(to_json((held.permission)::text)::text, ','
  order by held.permission) || ']', '[]')
  from role_permission held
  where held.role_id = r.id),
    ',"is_system_role":', (case when r.is_system_role then 'true' when not (r.is_system_role) then 'false' end),
    ',"is_active":', (case when r.is_active then 'true' when not (r.is_active) then 'false' end),
    ',"users_count":', (((select count(*)
  from (select distinct g.user_id
  from live_grant g
  where g.role_id = r.id) holders) - (select count(distinct u.id)
  from "user" u
  join live_grant g on g.user_id = u.id
  and g.role_id = r.id
  where not u.is_active)))::text,
    ',"content_type":', '"' || (r.scope_type) || '"'), 2) || '}', ','
  order by r.name, r.id) || ']', '[]')
  from (select id
  from (select r.id
  from role r
  where ((r.description ilike '%description%'))
  and ((r.is_active))
  and ((r.name ilike '%name%'))
  order by r.name, r.id
  limit 10) sized
  limit :id::bigint) cut
  join role r on r.id = cut.id ) as page;

-- the owner of an organization
select (select count(*)
  from role r
  where ((r.description ilike '%description%'))
  and ((r.is_active))
  and ((r.name ilike '%name%'))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(r.uuid) || '"',
    ',"name":', to_json((r.name)::text)::text,
    ',"description":', to_json((r.description)::text)::text,
    ',"description_en":', coalesce(to_json((r.translations ->> 'description_en')::text)::text, 'null'),
    ',"description_et":', coalesce(to_json((r.translations ->> 'description_et')::text)::text, 'null'),
    ',"description_lt":', coalesce(to_json((r.translations ->> 'description_lt')::text)::text, 'null'),
    ',"description_lv":', coalesce(to_json((r.translations ->> 'description_lv')::text)::text, 'null'),
    ',"description_ru":', coalesce(to_json((r.translations ->> 'description_ru')::text)::text, 'null'),
    ',"description_it":', coalesce(to_json((r.translations ->> 'description_it')::text)::text, 'null'),
    ',"description_de":', coalesce(to_json((r.translations ->> 'description_de')::text)::text, 'null'),
    ',"description_da":', coalesce(to_json((r.translations ->> 'description_da')::text)::text, 'null'),
    ',"description_sv":', coalesce(to_json((r.translations ->> 'description_sv')::text)::text, 'null'),
    ',"description_es":', coalesce(to_json((r.translations ->> 'description_es')::text)::text, 'null'),
    ',"description_fr":', coalesce(to_json((r.translations ->> 'description_fr')::text)::text, 'null'),
    ',"description_nb":', coalesce(to_json((r.translations ->> 'description_nb')::text)::text, 'null'),
    ',"description_ar":', coalesce(to_json((r.translations ->> 'description_ar')::text)::text, 'null'),
    ',"description_cs":', coalesce(to_json((r.translations ->> 'description_cs')::text)::text, 'null'),
    ',"permissions":', (select coalesce('[' || string_agg(to_json((held.permission)::text)::text, ','
  order by held.permission) || ']', '[]')
  from role_permission held
  where held.role_id = r.id),
    ',"is_system_role":', (case when r.is_system_role then 'true' when not (r.is_system_role) then 'false' end),
    ',"is_active":', (case when r.is_active then 'true' when not (r.is_active) then 'false' end),
    ',"content_type":', '"' || (r.scope_type) || '"'), 2) || '}', ','
  order by r.name, r.id) || ']', '[]')
  from (select id
  from (select r.id
  from role r
  where ((r.description ilike '%description%'))
  and ((r.is_active))
  and ((r.name ilike '%name%'))
  order by r.name, r.id
  limit 10) sized
  limit :id::bigint) cut
  join role r on r.id = cut.id ) as page;
