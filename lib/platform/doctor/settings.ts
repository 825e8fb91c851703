/** What can be said of the environment without asking anybody. */
import { bad, good, note, type Finding } from './finding';

/** Bits of entropy below which a secret can be guessed; 32 random hexadecimal digits have more. */
const ENTROPY_MIN = 96;
/** What people write in place of a random value. */
const WORDS = /change.?me|secret|password|passwort|example|undersigned|letters|qwert|12345/i;

/** Shannon's entropy of a text by the frequencies of its characters, in bits. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce(
    (bits, count) => bits + count * Math.log2(text.length / count),
    0,
  );
}

/** Whether much of a text stands in it more than once. */
function repeatsItself(text: string): boolean {
  const parts = Array.from({ length: text.length - 3 }, (_, at) => text.slice(at, at + 4));
  return new Set(parts).size < 0.8 * parts.length;
}

/** Whether `secret` (APP_SECRET, 32 characters or more) could be guessed. */
export function secretFinding(secret: string): Finding {
  const why = WORDS.test(secret)
    ? 'contains a word'
    : repeatsItself(secret)
      ? 'repeats itself'
      : entropyOf(secret) < ENTROPY_MIN
        ? 'uses few characters'
        : null;
  return why === null
    ? good('APP_SECRET looks random.')
    : bad(
        `APP_SECRET ${why}, so it could be guessed.`,
        'Make one with `openssl rand -hex 32`. If the instance is in use, put the present value into PREVIOUS_SECRETS.',
      );
}

/** Whether `operator` (OPERATOR) says who runs the instance. */
export function operatorFinding(operator: string | undefined): Finding {
  return operator
    ? good('OPERATOR is set: the privacy page says who runs this instance.')
    : bad(
        'OPERATOR is not set: the privacy page does not say who is responsible.',
        'Set it to the name and the postal address of whoever runs this instance.',
      );
}

/** The oldest Node.js that the product runs on (`engines` in package.json), and the one to use. */
const NODE = { oldest: [20, 19], recommended: 24 } as const;

/** Whether the product runs on a version of Node.js, such as `24.1.0`. */
export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = NODE.oldest;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor))
    return bad(
      `Node.js ${version} is too old: the product needs ${NODE.oldest.join('.')} or later.`,
      `Install Node.js ${NODE.recommended}.`,
    );
  return major < NODE.recommended
    ? note(
        `Node.js ${version} runs the product, but is an old line.`,
        `Install Node.js ${NODE.recommended}, which gets security updates for longer.`,
      )
    : good(`Node.js ${version} is supported.`);
}
