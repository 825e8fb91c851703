/** The cells of a CSV file with a byte order mark, by RFC 4180. */
export function csvCells(csv: string): string[][] {
  const lines: string[][] = [[]];
  for (const { 1: quoted, 2: plain = '', 3: end } of csv
    .slice(1)
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ',') lines.push([]);
  }
  return lines.slice(0, -1);
}
