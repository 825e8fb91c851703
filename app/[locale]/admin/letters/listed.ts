import { listedRows } from '@/lib/endorsement/table/columns';
import { readPastedTable, readTableFile } from '@/lib/platform/table-file/read';
import { TableError } from '@/lib/platform/table-file/table';
import type { Outcome } from '../form-actions';

type Listed = Extract<ReturnType<typeof listedRows>, { ok: true }>;

/** The fields of a form that takes a list of organizations, pasted or as a file. */
interface ListFields {
  list: string;
  tableFile?: File | undefined;
}

/**
 * What a form does with the list of organizations in it; or, if it cannot be read, what the form says.
 * @param run also gets the name of the field that the list is in
 */
export async function withList(
  { list, tableFile }: ListFields,
  run: (listed: Listed, field: keyof ListFields) => Promise<Outcome>,
): Promise<Outcome> {
  const file = tableFile && tableFile.size > 0 ? tableFile : null;
  const field = file ? 'tableFile' : 'list';
  if (file && list.trim() !== '') return { errors: { tableFile: ['both'] } };
  try {
    const listed = listedRows(
      file ? await readTableFile(Buffer.from(await file.arrayBuffer())) : readPastedTable(list),
    );
    if (listed.ok) return await run(listed, field);
    const headings = listed.headings.map(({ heading }) => heading).join(', ');
    return {
      errors: { [field]: [listed.reason] },
      typed: {
        headings: headings.slice(0, 500),
        ...(listed.reason === 'column-twice' && { column: listed.column }),
      },
    };
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    return { errors: { [field]: [error.problem] }, typed: { row: String(error.row ?? 0) } };
  }
}
