import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { sealInput, unsealInput } from '@/lib/platform/forms/kept-input';
import { KEPT_INPUT_MINUTES } from '@/lib/platform/limits';

vi.stubEnv('DATABASE_URL', 'postgresql://u:p@localhost:5432/d');
vi.stubEnv('APP_URL', 'http://localhost:3000');
vi.stubEnv('APP_SECRET', 'x'.repeat(32));
vi.stubEnv('MAIL_TRANSPORT', 'mailbox');

const INPUT = { nameJa: '青空の会', representativeEmail: 'yuki@example.org', mayEndorse: 'on' };
const now = new Date('2026-11-28T12:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describe('kept input', () => {
  it('can be read for its form, and shows nothing to others', () => {
    const sealed = sealInput('endorse a', INPUT, now);
    expect(sealed).toMatch(/^[\w-]+$/);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('example.org');
    expect(unsealInput('endorse a', sealed, now)).toEqual(INPUT);
    expect(unsealInput('endorse b', sealed, now)).toBeNull();
  });

  it('expires', () => {
    const sealed = sealInput('endorse a', INPUT, now);
    expect(unsealInput('endorse a', sealed, later(KEPT_INPUT_MINUTES - 1))).toEqual(INPUT);
    expect(unsealInput('endorse a', sealed, later(KEPT_INPUT_MINUTES))).toBeNull();
  });

  it('fits into a cookie: a longer field is left out, the others stay', () => {
    const long = { ...INPUT, website: 'あ'.repeat(8_000), nameEn: '😀'.repeat(8_000) };
    const sealed = sealInput('endorse a', long, now);
    expect(sealed.length).toBeLessThan(4_000);
    expect(unsealInput('endorse a', sealed, now)).toEqual(INPUT);
    const usual = { ...INPUT, nameJa: '会'.repeat(200), nameEn: 'a'.repeat(400) };
    expect(unsealInput('endorse a', sealInput('endorse a', usual, now), now)).toEqual(usual);
  });

  it('that was changed or made up is none', () => {
    const sealed = sealInput('endorse a', INPUT, now);
    expect(unsealInput('endorse a', `${sealed.slice(0, -2)}AA`, now)).toBeNull();
    fc.assert(fc.property(fc.string(), (made) => unsealInput('endorse a', made, now) === null));
  });
});
