/**
 * `npm run bench`: what the product costs at its busiest, beside the goals, as tables. Parts by name,
 * `npm run bench -- scale load`; `--seconds 300` keeps rates up for as long as the goals want.
 * Measured for docs/performance.md.
 */
import { parseArgs } from 'node:util';
import { buildForBench } from './instance';
import { underLoad } from './load';
import { ratios } from './ratios';
import { scale } from './scale';
import { machine, printTable, type Row } from './table';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '60' } },
});

const PARTS: Record<string, [title: string, measure: () => AsyncIterable<Row>]> = {
  ratios: ['Beside the least that this server does', ratios],
  scale: ['100,000 signatories beside 25', scale],
  load: ['Under load', () => underLoad(Number(values.seconds))],
};

const unknown = positionals.find((name) => !(name in PARTS));
if (unknown) throw new Error(`there is no part “${unknown}”: ${Object.keys(PARTS).join(', ')}`);

await buildForBench();
process.stdout.write(`${machine()}\n`);
let missed = 0;
for (const [name, [title, measure]] of Object.entries(PARTS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  missed += await printTable(title, measure());
}
process.stdout.write(missed === 0 ? '\nAll goals are met.\n' : `\n${missed} goals are missed.\n`);
process.exit(missed === 0 ? 0 : 1);
