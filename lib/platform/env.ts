import { z } from 'zod';
import { storedAddress } from './mail/address';

/** All environment variables of the instance. `.env.example` documents each in one line. */
const schema = z
  .object({
    DATABASE_URL: z.url({
      protocol: /^postgres(ql)?$/,
      error: 'a PostgreSQL connection string, postgresql://user:password@host:port/database',
    }),
    APP_URL: z
      .url({
        protocol: /^https?$/,
        error: 'the address people open, such as https://letters.example.org',
      })
      .transform((url) => new URL(url).origin),
    APP_SECRET: z
      .string({ error: 'at least 32 random characters' })
      .min(32, { error: 'at least 32 random characters' }),
    PREVIOUS_SECRETS: z
      .string()
      .default('')
      .transform((secrets) => secrets.split(/\s+/).filter(Boolean))
      .refine((secrets) => secrets.every(({ length }) => length >= 32), {
        error: 'former values of APP_SECRET, separated by spaces',
      }),
    PORT: z.coerce
      .number({ error: 'a port number' })
      .int({ error: 'a port number' })
      .min(1, { error: 'a port number from 1 to 65535' })
      .max(65535, { error: 'a port number from 1 to 65535' })
      .default(3000),
    HOST: z.string().min(1, { error: 'an address to listen on, such as 0.0.0.0' }).optional(),
    RESEND_API_KEY: z.string().min(1, { error: 'an API key of Resend' }).optional(),
    RESEND_BASE_URL: z.url({ protocol: /^https?$/, error: 'an http(s) address' }).optional(),
    RESEND_WEBHOOK_SECRET: z
      .string()
      .regex(/^whsec_(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, {
        error: "the signing secret of Resend's webhook, whsec_ and base64",
      })
      .optional(),
    SMTP_URL: z
      .url({ protocol: /^smtps?$/, error: 'an SMTP server, smtp://user:password@host:port' })
      .optional(),
    MAIL_TRANSPORT: z
      .enum(['mailbox'], { error: 'nothing, or "mailbox" for the local mailbox' })
      .optional(),
    MAIL_FROM: z
      .string()
      .regex(/@/, { error: 'a sender, such as "Joint letters <letters@example.org>"' })
      .optional(),
    MAIL_PER_SECOND: z.coerce
      .number({ error: 'a number of mails a second' })
      .positive({ error: 'a number of mails a second' })
      .default(4),
    CLIENT_ADDRESS: z
      .string()
      .regex(/^(socket|x-forwarded-for(:[1-9])?|[a-z][a-z0-9-]*)$/i, {
        error:
          '"socket", "x-forwarded-for" (":2" and so on for more proxies), or the header in which the proxy passes the client\'s address',
      })
      .optional(),
    RATE_LIMITS: z
      .enum(['on', 'off'], { error: '"on", or "off" where something in front limits requests' })
      .default('on'),
    SOURCE_URL: z
      .url({
        protocol: /^https?$/,
        error: 'the address of the source, such as https://git.example.org/undersigned',
      })
      .optional(),
    SECURITY_CONTACT: z
      .union([z.email(), z.url({ protocol: /^(https|mailto|tel)$/ })], {
        error: 'an e-mail address or an https address for those who find a weakness',
      })
      .optional(),
    CONTACT_EMAIL: z
      .string()
      .refine((address) => storedAddress(address) !== null, {
        error: 'an e-mail address for readers of letters that give none',
      })
      .optional(),
    OPERATOR: z
      .string()
      .max(300, { error: 'a name and a postal address, in 300 characters' })
      .optional(),
    LETTERS_MADE_BY: z
      .enum(['administrators', 'coordinators'], {
        error: '"administrators", or "coordinators" for all of them',
      })
      .default('administrators'),
    FIRST_OPENING_BY: z
      .enum(['administrators', 'owners'], {
        error: '"administrators", or "owners" for whoever owns the letter',
      })
      .default('administrators'),
    JOBS_BY: z
      .enum(['processes', 'cron'], { error: '"processes", or "cron" where no process stays' })
      .default('processes'),
    CRON_SECRET: z.string().min(32, { error: 'at least 32 random characters' }).optional(),
    METRICS_TOKEN: z.string().min(32, { error: 'at least 32 random characters' }).optional(),
    DECISION_MAIL_DELAY_SECONDS: z.coerce
      .number({ error: 'a number of seconds' })
      .min(0, { error: 'a number of seconds' })
      .default(300),
  })
  .superRefine((env, context) => {
    // Behind a proxy all connections are the proxy's: a default would either rate-limit everybody
    // at once or trust forged headers.
    if (!env.CLIENT_ADDRESS && env.APP_URL.startsWith('https:')) {
      context.addIssue({
        code: 'custom',
        path: ['CLIENT_ADDRESS'],
        message:
          'how the proxy that speaks https passes the client\'s address on, such as "x-forwarded-for"',
      });
    }
    const providers = [env.RESEND_API_KEY, env.SMTP_URL, env.MAIL_TRANSPORT].filter(Boolean).length;
    if (providers === 0)
      context.addIssue({
        code: 'custom',
        path: ['RESEND_API_KEY'],
        message: 'or SMTP_URL: one of the two must be set, so that mail can be sent',
      });
    if (providers > 1)
      context.addIssue({
        code: 'custom',
        path: ['MAIL_TRANSPORT'],
        message: 'only one of RESEND_API_KEY, SMTP_URL and MAIL_TRANSPORT can be set',
      });
    if (env.JOBS_BY === 'cron' && !env.CRON_SECRET)
      context.addIssue({
        code: 'custom',
        path: ['CRON_SECRET'],
        message: 'at least 32 random characters, with which APP_URL/api/cron is called',
      });
    if (!env.MAIL_TRANSPORT && !env.MAIL_FROM)
      context.addIssue({
        code: 'custom',
        path: ['MAIL_FROM'],
        message: 'a sender, such as "Joint letters <letters@example.org>"',
      });
  })
  .transform((env) => ({ ...env, CLIENT_ADDRESS: env.CLIENT_ADDRESS ?? 'socket' }));

export type Env = z.output<typeof schema>;

/**
 * A variable is missing or invalid; `problems` has one line for each: its name and the expected
 * value.
 */
export class EnvError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
  }

  /** What to tell whoever started the product. */
  get explanation(): string {
    return `The environment is not complete (.env.example says what each variable is):\n${this.problems.map((problem) => `  ${problem}`).join('\n')}`;
  }
}

/**
 * Parses the environment `source`. Empty values count as unset.
 * @throws {EnvError} naming every missing or invalid variable
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new EnvError(
    result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
  );
}

let parsed: Env | undefined;

/**
 * The environment of this process, parsed once. `npm start` validates it before the server runs.
 */
export function env(): Env {
  return (parsed ??= parseEnv(process.env));
}

/** Sets the environment variables that next-auth reads. Called once, before the first request. */
export function tellNextAuth(): void {
  process.env.NEXTAUTH_URL = env().APP_URL;
  process.env.NEXTAUTH_SECRET = env().APP_SECRET;
}
