import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EnvError, parseEnv } from '@/lib/platform/env';
import { hashToken, newToken, seal, unseal } from '@/lib/platform/tokens';

const valid = {
  DATABASE_URL: 'postgresql://u:p@localhost:5432/d',
  APP_URL: 'https://letters.example.org/',
  CLIENT_ADDRESS: 'x-forwarded-for',
  APP_SECRET: 'x'.repeat(32),
  RESEND_API_KEY: 're_x',
  MAIL_FROM: 'Letters <letters@example.org>',
};
const problems = (over: Record<string, string | undefined>) => {
  try {
    parseEnv({ ...valid, ...over });
    return [];
  } catch (error) {
    return (error as EnvError).problems.map((problem) => problem.split(':')[0]);
  }
};

describe('the environment', () => {
  it('is parsed with defaults, and empty values count as unset', () => {
    expect(parseEnv({ ...valid, PORT: '', SMTP_URL: '' })).toMatchObject({
      PORT: 3000,
      APP_URL: 'https://letters.example.org',
      MAIL_PER_SECOND: 4,
    });
  });
  it.each([
    [{ DATABASE_URL: undefined }, ['DATABASE_URL']],
    [{ DATABASE_URL: 'mysql://x' }, ['DATABASE_URL']],
    [{ APP_URL: 'letters.example.org' }, ['APP_URL']],
    [{ APP_SECRET: 'short' }, ['APP_SECRET']],
    [{ PORT: 'many' }, ['PORT']],
    [{ PORT: '70000' }, ['PORT']],
    [{ RESEND_API_KEY: '' }, ['RESEND_API_KEY']],
    [{ SMTP_URL: 'smtp://localhost' }, ['MAIL_TRANSPORT']],
    [{ MAIL_FROM: undefined }, ['MAIL_FROM']],
    [{ RESEND_API_KEY: undefined, MAIL_FROM: undefined, MAIL_TRANSPORT: 'mailbox' }, []],
    [{ CLIENT_ADDRESS: undefined }, ['CLIENT_ADDRESS']],
    [{ CLIENT_ADDRESS: 'x-forwarded-for:0' }, ['CLIENT_ADDRESS']],
    [{ CLIENT_ADDRESS: undefined, APP_URL: 'http://localhost:3000' }, []],
    [{ RATE_LIMITS: 'none' }, ['RATE_LIMITS']],
    [{ METRICS_TOKEN: 'short' }, ['METRICS_TOKEN']],
    [{ JOBS_BY: 'cron' }, ['CRON_SECRET']],
    [{ JOBS_BY: 'cron', CRON_SECRET: 'x'.repeat(32) }, []],
    [{ APP_URL: undefined, APP_SECRET: undefined }, ['APP_URL', 'APP_SECRET']],
  ])('with %j reports the invalid variables %j', (over, names) => {
    expect(problems(over)).toEqual(names);
  });
  it('reports what a variable should be, without its value', () => {
    try {
      parseEnv({ ...valid, APP_SECRET: 'hunter2' });
      expect.unreachable();
    } catch (error) {
      expect((error as EnvError).problems).toEqual(['APP_SECRET: at least 32 random characters']);
    }
  });
  it('is fully documented in .env.example', () => {
    const described = [...readFileSync('.env.example', 'utf8').matchAll(/^#?\s?([A-Z_]+)=/gm)].map(
      (match) => match[1],
    );
    const source = readFileSync('lib/platform/env.ts', 'utf8');
    const known = [
      ...source
        .slice(source.indexOf('.object({'), source.indexOf('.superRefine'))
        .matchAll(/^ {4}([A-Z_]+):/gm),
    ].map((match) => match[1]);
    expect(known.length).toBeGreaterThan(10);
    expect([...described].sort()).toEqual([...known, 'DATA_DIR'].sort());
  });
});

describe('tokens', () => {
  it('are 32 random bytes and differ', () => {
    const tokens = Array.from({ length: 1_000 }, newToken);
    expect(new Set(tokens).size).toBe(1_000);
    expect(tokens.every((token) => Buffer.from(token, 'base64url').length === 32)).toBe(true);
  });
  it('are stored as their SHA-256', () => {
    expect(Buffer.from(hashToken('abc')).toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
  it('can be decrypted only with the same secret and if unchanged', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (token, where) => {
        const sealed = seal(token, 'a secret');
        expect(unseal(sealed, 'a secret')).toBe(token);
        expect(() => unseal(sealed, 'another')).toThrow();
        sealed[where % sealed.length]! ^= 1;
        expect(() => unseal(sealed, 'a secret')).toThrow();
      }),
    );
  });
});
