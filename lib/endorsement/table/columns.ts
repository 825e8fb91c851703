import { storedAddress } from '@/lib/platform/mail/address';
import type { Table, TableRow } from '@/lib/platform/table-file/table';
import { normaliseOneLine } from '@/lib/platform/text/normalise';
import { isCountry } from './values';

/** What a column of a list of organizations can hold; the names are those of the sign-up form. */
export const TABLE_COLUMNS = [
  'name',
  'nameJa',
  'nameEn',
  'reading',
  'country',
  'category',
  'website',
  'representativeName',
  'representativeRole',
  'representativeEmail',
  'language',
  'visibility',
  'evidence',
] as const;

export type TableColumn = (typeof TABLE_COLUMNS)[number];

/** What people write above a column; compared by {@link folded}. */
const HEADERS: Record<TableColumn, string> = {
  name: 'organization|organisation|organization name|organisation name|name of organization|name of organisation|name|official name|group|group name|団体|団体名|組織|組織名|名称|正式名称|法人名',
  nameJa:
    'japanese name|name in japanese|organization name in japanese|organization name ja|name ja|団体名日本語|日本語名|日本語団体名|日本語名称|和文名|和文名称',
  nameEn:
    'english name|name in english|organization name in english|organization name en|name en|団体名英語|英語名|英語団体名|英語名称|英文名|英文名称|団体名英文',
  reading:
    'reading|kana|furigana|読み|よみ|読み方|ふりがな|フリガナ|よみがな|読み仮名|団体名ふりがな|団体名フリガナ|団体名よみ|団体名読み',
  country: 'country|country code|based in|国|国名|国コード|国地域|所在国|所在地国',
  category:
    'category|categories|group of signatories|type|type of organization|type of organisation|カテゴリ|カテゴリー|区分|分類|種別|団体区分|団体種別',
  website:
    'website|web site|web|url|homepage|home page|site|サイト|ウェブサイト|webサイト|ホームページ|hp',
  representativeName:
    'representative|representative name|name of representative|contact|contact name|contact person|person|代表者|代表者名|代表者氏名|担当者|担当者名|担当者氏名|氏名',
  representativeRole:
    'role|representative role|role of representative|title|position|job title|役職|肩書|肩書き|代表者役職|代表者肩書|代表者肩書き|担当者役職',
  representativeEmail:
    'email|e-mail|mail|email address|e-mail address|mail address|representative email|contact email|メール|メールアドレス|eメール|電子メール|代表者メール|代表者メールアドレス|担当者メールアドレス|連絡先メールアドレス',
  language:
    'language|language of mails|mail language|preferred language|言語|使用言語|メールの言語|連絡言語',
  visibility:
    'visibility|publication|published|publish|named or withheld|named/withheld|公開|公表|公開非公開|公開可否|公表可否|団体名の公開|団体名の公表|掲載|掲載可否',
  evidence:
    'evidence|note|notes|source|remark|remarks|comment|根拠|証拠|備考|メモ|典拠|出典|確認方法',
};

/** A heading without what varies: width, case, spaces, punctuation, and marks of required fields. */
const folded = (heading: string) =>
  heading
    .slice(0, 200)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]s\b/g, '')
    .replace(/\((?:required|optional|必須|任意)\)|必須|任意/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '');

const COLUMN_BY_HEADER = new Map<string, TableColumn>(
  TABLE_COLUMNS.flatMap((column) =>
    [column, ...HEADERS[column].split('|')].map((header) => [folded(header), column] as const),
  ),
);

/** The column that a heading names, in Japanese or English; null if none. */
export const columnNamed = (heading: string): TableColumn | null =>
  COLUMN_BY_HEADER.get(folded(heading)) ?? null;

/** A row of a list by what its columns hold; columns that the list lacks are missing. */
export interface ListedRow {
  /** As the spreadsheet counts. */
  number: number;
  values: Partial<Record<TableColumn, string>>;
}

/** How the headings of a list were understood; null: the column is not read. */
export type Headings = { heading: string; column: TableColumn | null }[];

export type Listed =
  | { ok: true; headings: Headings; rows: ListedRow[] }
  /** No heading names a column of names (perhaps there is no header), two the same, or no row follows. */
  | { ok: false; reason: 'no-name-column' | 'no-rows'; headings: Headings }
  | { ok: false; reason: 'column-twice'; headings: Headings; column: TableColumn };

const isAddress = (cell: string) => storedAddress(normaliseOneLine(cell)) !== null;

/**
 * What the columns of a list without headings hold, where it is plain: addresses in one, names in
 * the only other one that has letters and is not all countries. Null if the first row holds no
 * address, which no heading is, or if it is not plain which column the names are in.
 */
function plainColumns(rows: readonly TableRow[]): (TableColumn | null)[] | null {
  const first = rows[0]?.cells ?? [];
  const addresses = first.findIndex(isAddress);
  if (addresses === -1) return null;
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, at): TableColumn | null => {
    if (at === addresses) return 'representativeEmail';
    const said = rows.map(({ cells }) => cells[at] ?? '').filter((cell) => /\p{L}/u.test(cell));
    if (said.length === 0) return null;
    return said.every(isCountry) ? 'country' : 'name';
  });
  const only = (column: TableColumn) => columns.filter((one) => one === column).length === 1;
  const isPlain = only('name') && (only('country') || !columns.includes('country'));
  return isPlain ? columns : null;
}

/** The rows of a list by what its columns hold. */
const byColumn = (rows: readonly TableRow[], columns: (TableColumn | null)[]): ListedRow[] =>
  rows.map(({ number, cells }) => ({
    number,
    values: Object.fromEntries(
      columns.flatMap((column, at) => (column ? [[column, cells[at] ?? '']] : [])),
    ),
  }));

/**
 * Reads the first row of a list as its headings, and the others by them; a list of plainly names and
 * addresses needs none.
 */
export function listedRows({ rows }: Pick<Table, 'rows'>): Listed {
  const [header, ...others] = rows;
  const plain = plainColumns(rows);
  if (plain)
    return {
      ok: true,
      headings: plain.map((column) => ({ heading: '', column })),
      rows: byColumn(rows, plain),
    };
  const headings = (header?.cells ?? []).map((heading) => ({
    heading: heading.trim(),
    column: columnNamed(heading),
  }));
  const columns = headings.map(({ column }) => column);
  const twice = columns.find((column, at) => column && columns.indexOf(column) !== at);
  if (twice) return { ok: false, reason: 'column-twice', headings, column: twice };
  if (!columns.some((column) => column && /^name/.test(column)))
    return { ok: false, reason: 'no-name-column', headings };
  if (others.length === 0) return { ok: false, reason: 'no-rows', headings };
  return {
    ok: true,
    headings,
    rows: byColumn(others, columns),
  };
}
