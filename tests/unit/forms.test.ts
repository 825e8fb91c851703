import { expect, test } from 'vitest';
import { createTranslator } from 'use-intl/core';
import { knownCode } from '@/lib/platform/forms/codes';
import type { UpdateError } from '@/lib/update/schema';
import update from '@/messages/en/update.json' with { type: 'json' };

test('only error codes with a message count as known codes of a form', () => {
  const t = createTranslator({ locale: 'en', messages: { update }, namespace: 'update.admin' });
  const known = (code: string | null | undefined) => knownCode<UpdateError>(t, 'errors', code);
  expect(known('tooLong')).toBe('tooLong');
  expect(['Invalid input', '', null, undefined].map(known)).toEqual(Array(4).fill(undefined));
});
