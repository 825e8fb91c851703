import { describe, expect, it, vi } from 'vitest';
import { draftPdfOf, type PresentLetter } from '../../lib/delivery/files.ts';
import { answer } from '../../lib/platform/http.ts';
import { someParts } from '../support/factories.ts';

// As on a platform that Typst has no binary for.
vi.mock('../../lib/delivery/pdf.ts', () => {
  throw new Error('Cannot find native binding');
});

const letter: PresentLetter = {
  texts: { en: someParts() },
  lists: { coordinating: null, all: { heading: { ja: '', en: '' }, names: [], others: null }, earlier: null },
  leading: 'reader',
  timeZone: 'Asia/Tokyo',
  revision: { number: 1, hash: '' },
  asOf: new Date(),
};

describe('a machine that cannot typeset', () => {
  it('says so by name, and whoever asks for a PDF is told that it cannot be had now', async () => {
    await expect(draftPdfOf(letter, someParts(), 'en')).rejects.toMatchObject({ name: 'NoPdfEngine' });
    const lines: string[] = [];
    const written = vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
    const response = await answer(async () => new Response(await draftPdfOf(letter, someParts(), 'en')));
    written.mockRestore();
    expect([response.status, await response.json()]).toEqual([503, { error: 'unavailable' }]);
    expect(lines.join('')).toContain('"error":"NoPdfEngine"');
  });
});
