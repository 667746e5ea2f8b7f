-- GET /api/users/
-- Generated: npm run gen

-- staff

-- the owner of an organization
