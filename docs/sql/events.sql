-- GET /api/events/
-- Generated: npm run gen

-- staff

-- the owner of an organization
