import { defineConfig } from 'prisma/config';

// `prisma generate` needs no database; `prisma migrate deploy` reads the one it is told of.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
