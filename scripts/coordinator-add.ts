/** `npm run coordinator:add -- someone@example.org [--administrator | --letter SLUG --role owner|reviewer|observer]` */
import { parseArgs } from 'node:util';
import { runTool } from './with-database';

const USAGE = `Usage: npm run coordinator:add -- someone@example.org [--administrator | --letter SLUG --role owner|reviewer|observer]
  owner      runs the letter and decides on endorsements
  reviewer   decides on endorsements
  observer   reads, without contact data and withheld names
The first coordinator of an instance becomes its administrator when nothing else is said.
`;
const ROLES = ['owner', 'reviewer', 'observer'] as const;

function usage(): never {
  process.stderr.write(USAGE);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        administrator: { type: 'boolean' },
        letter: { type: 'string' },
        role: { type: 'string' },
      },
    });
  } catch {
    return usage();
  }
}

const { values, positionals } = readArguments();
const [email, ...more] = positionals;
const role = ROLES.find((name) => name === values.role);
if (
  !email ||
  more.length > 0 ||
  Boolean(values.letter) !== Boolean(values.role) ||
  (values.role && !role)
)
  usage();
if (values.administrator && values.letter) usage();

await runTool(async () => {
  const { addCoordinator } = await import('@/lib/coordinator/commands');
  const grant = values.administrator
    ? ({ kind: 'administrator' } as const)
    : values.letter && role
      ? ({ kind: 'role', slug: values.letter, role } as const)
      : null;
  const result = await addCoordinator(email, grant);
  if (result.ok) {
    const { granted } = result;
    process.stdout.write(
      granted.kind === 'role'
        ? `${email} is now ${granted.role} of ${granted.slug}.\n`
        : `${email} is now an administrator.\n`,
    );
    return 0;
  }
  const reasons = {
    'invalid-email': `${email} is not an e-mail address.`,
    'unknown-letter': `There is no letter ${values.letter}.`,
    'last-owner': `${email} is the only owner of ${values.letter}: make somebody else its owner first.`,
    'say-which': `There are coordinators already: say what ${email} is to be.\n\n${USAGE}`,
  };
  process.stderr.write(`${reasons[result.reason]}\n`);
  return 1;
});
