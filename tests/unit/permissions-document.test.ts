import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PERMISSIONS } from '@/lib/coordinator/permissions';

/** The rows of the table in docs/permissions.md, cell by cell. */
const rows = readFileSync('docs/permissions.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, act = '', , role, by = '']) => ({ act: act.replaceAll('`', ''), role, by }));

const ACTIONS_FOLDER = 'app/[locale]/admin/letters/[slug]';

/** What form actions ask for, in the source: an action that asks by way of another function asks for its act, too. */
const sources = readdirSync(ACTIONS_FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('actions.ts'))
  .map((file) => readFileSync(`${ACTIONS_FOLDER}/${file}`, 'utf8'));
const exported = (source: string) =>
  [...source.matchAll(/^export async function (\w+)/gm)].map(([, name]) => name!);

describe('whoever reads docs/permissions.md', () => {
  it('finds every act with the least role that the code asks for', () => {
    expect(rows.map(({ act, role }) => [act, role])).toEqual(Object.entries(PERMISSIONS));
  });

  it('finds every form action about a letter, once', () => {
    const named = rows.flatMap(({ by }) =>
      [...by.replaceAll(/[^;]*: /g, '').matchAll(/`(\w+)`/g)].map(([, name]) => name!),
    );
    expect(named.sort()).toEqual(sources.flatMap(exported).sort());
  });

  it('finds an action beside an act that its file asks for', () => {
    const wrong = rows.flatMap(({ act, by }) =>
      [...by.replaceAll(/[^;]*: /g, '').matchAll(/`(\w+)`/g)]
        .map(([, name]) => name!)
        .filter(
          (name) =>
            !sources.some(
              (source) => exported(source).includes(name) && source.includes(`act: '${act}'`),
            ),
        ),
    );
    expect(wrong).toEqual([]);
  });
});
