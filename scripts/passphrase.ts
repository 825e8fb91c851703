import { readFileSync } from 'node:fs';

/** So that nobody finds it by trying (NIST SP 800-63B asks for this many where it stands alone). */
const LEAST = 15;

/** What a command was called with: its arguments, and the passphrase in the file that it names. */
export function withPassphrase(
  argv: readonly string[],
  usage: string,
): { args: string[]; passphrase: string } {
  const args = [...argv];
  const at = args.indexOf('--passphrase-file');
  const [, file] = at === -1 ? [] : args.splice(at, 2);
  const fail = (line: string): never => {
    process.stderr.write(`${line}\n`);
    process.exit(2);
  };
  if (!file) return fail(usage);
  let passphrase = '';
  try {
    passphrase = readFileSync(file, 'utf8').trim();
  } catch (error) {
    fail(`The passphrase cannot be read: ${(error as Error).message}.`);
  }
  if (passphrase.length < LEAST) fail(`The passphrase must have at least ${LEAST} characters.`);
  return { args, passphrase };
}
