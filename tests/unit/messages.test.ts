import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const folder = path.resolve(import.meta.dirname, '../../messages');

/** The messages of a file by their keys. */
function messages(language: string, file: string): [key: string, message: string][] {
  const flat = (value: unknown, key: string): [string, string][] =>
    typeof value === 'string'
      ? [[key, value]]
      : Object.entries(value as object).flatMap(([name, inner]) => flat(inner, `${key}.${name}`));
  return flat(JSON.parse(readFileSync(path.join(folder, language, file), 'utf8')), '');
}

test.each(readdirSync(path.join(folder, 'en')))(
  'Japanese and English messages have the same keys and placeholders (%s)',
  (file) => {
    const keys = (language: string) => messages(language, file).map(([key]) => key);
    expect(keys('ja')).toEqual(keys('en'));
  },
);

test('Japanese mails have the same placeholders as English ones', () => {
  const named = (language: string) =>
    messages(language, 'mail.json').map(([key, message]) => [
      key,
      [...message.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name).sort(),
    ]);
  expect(named('ja')).toEqual(named('en'));
});
