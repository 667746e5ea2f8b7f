-- GET /api/users/
-- Generated: npm run gen

-- staff
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;

-- the owner of an organization
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
