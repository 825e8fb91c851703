import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createTypesetter } from '@/lib/delivery/pdf/typesetter';
import { answer } from '@/lib/platform/http';
import { TYPESETTING } from '@/lib/platform/limits';

describe('a platform without Typst', () => {
  it('reports its name, and a request for a PDF gets an error', async () => {
    // As on a platform that Typst has no binary for: where there is no node_modules, the child cannot load it.
    const folder = await mkdtemp(path.join(tmpdir(), 'undersigned-no-typst-'));
    try {
      for (const file of ['typst-child.mjs', 'letter.typ'])
        await copyFile(path.join('lib/delivery/pdf', file), path.join(folder, file));
      const { set } = createTypesetter({ script: path.join(folder, 'typst-child.mjs') });
      const job = { document: '{}', creationTimestamp: 0, fontPaths: [] };
      await expect(set(job, TYPESETTING.draft)).rejects.toMatchObject({ problem: 'no-engine' });
      const lines: string[] = [];
      const written = vi
        .spyOn(process.stderr, 'write')
        .mockImplementation((line) => lines.push(String(line)) > 0);
      const response = await answer(async () => new Response(await set(job, TYPESETTING.draft)));
      written.mockRestore();
      expect([response.status, await response.json()]).toEqual([503, { error: 'unavailable' }]);
      expect(lines.join('')).toContain('"error":"TypesettingError(no-engine)"');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
