'use server';

import { importPath } from '@/components/endorsement/imports/import-path';
import type { FormState } from '@/components/ui/form-state';
import {
  attachFile,
  dropImport,
  keepRows,
  removeFile,
  requestImport,
} from '@/lib/endorsement/imports/commands';
import {
  carryOutSchema,
  importListSchema,
  importRows,
  importSchema,
} from '@/lib/endorsement/imports/schema';
import { settingsOf } from '@/lib/endorsement/imports/queries';
import { takeBackImport } from '@/lib/endorsement/imports/taking-back/commands';
import { press, slugIn, submit, type Outcome, type Redirect } from '../../../form-actions';
import { withList } from '../../listed';
import { importsPath, type ImportsView } from './view';

const toAll = (form: FormData, view: ImportsView = {}): Redirect => ({
  redirectTo: importsPath(slugIn(form), view),
});

const toOne = (form: FormData, id: string, view: ImportsView = {}): Redirect => ({
  redirectTo: importsPath(slugIn(form), view, importPath(slugIn(form), id)),
});

/** Reads a pasted or uploaded list, and leads to its preview. Nothing is imported yet. */
export async function readList(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'attest',
    schema: importListSchema,
    run: (reviewer, { list, tableFile, import: replaced, ...defaults }) =>
      withList({ list, tableFile }, async ({ rows }) => {
        const read = importRows(rows, await settingsOf(reviewer), defaults);
        return toOne(form, await keepRows(reviewer, read, replaced));
      }),
  });
}

/** Keeps the evidence of a list, and asks the background to import it. */
export async function carryOut(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'attest',
    schema: carryOutSchema,
    run: async (reviewer, { evidenceFile, ...said }): Promise<Outcome> => {
      if (evidenceFile && evidenceFile.size > 0) {
        const bytes = Buffer.from(await evidenceFile.arrayBuffer());
        const attached = await attachFile(reviewer, said.import, {
          name: evidenceFile.name,
          bytes,
        });
        if (!attached.ok && attached.reason === 'gone') return { problem: 'gone' };
        if (!attached.ok) return { errors: { evidenceFile: [attached.reason] } };
      }
      const done = await requestImport(reviewer, said);
      if (done.ok) return toOne(form, said.import);
      // A file that was attached is kept, so that the page is rendered with its name.
      if (done.reason === 'evidence') return { errors: { note: ['evidence'] }, isDone: true };
      if (done.reason === 'faults') return { errors: { leaveOut: ['faults'] }, isDone: true };
      return { problem: done.reason };
    },
  });
}

/** Discards a list that was not imported. */
export async function forgetList(form: FormData) {
  await press(
    form,
    {
      act: 'attest',
      schema: importSchema,
      run: async (reviewer, { import: id }) => {
        await dropImport(reviewer, id);
        return toAll(form, { notice: 'forgotten' });
      },
    },
    toAll(form, { refused: 'gone' }),
  );
}

/** Takes an import back. */
export async function takeBack(form: FormData) {
  await press(
    form,
    {
      act: 'attest',
      schema: importSchema,
      run: async (reviewer, { import: id }) => {
        const done = await takeBackImport(reviewer, id);
        return toOne(form, id, done.ok ? {} : { refused: 'tooLate' });
      },
    },
    toAll(form, { refused: 'gone' }),
  );
}

/** Deletes the attached file of an import. */
export async function deleteEvidence(form: FormData) {
  await press(
    form,
    {
      act: 'attest',
      schema: importSchema,
      run: async (reviewer, { import: id }) => {
        await removeFile(reviewer, id);
        return toOne(form, id, { notice: 'fileRemoved' });
      },
    },
    toAll(form, { refused: 'gone' }),
  );
}
