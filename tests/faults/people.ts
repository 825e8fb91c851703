/** Organizations that sign, confirm, are approved and sometimes withdraw, and try again when they get no answer. */
import type { ResendServer } from '@/tests/support/resend-server';
import { formOf, type Form, type Response } from './client';
import { LETTER, type Instance } from './instance';
import type { Act, Ledger } from './ledger';
import { pick, type Chance } from './row';
import { persistently, until } from './waiting';

/** For how long somebody goes on: a mail can wait for a lease, and a server for its database. */
const PATIENCE_MS = 300_000;
const AGAIN_MS = 400;
const ROLE = 'Secretary';

export interface World {
  instance: Instance;
  provider: ResendServer;
  ledger: Ledger;
  chance: Chance;
}

export const addressOf = (who: string) => `office@${who}.example.org`;

export const signUpOf = (who: string) => ({
  nameEn: `Society ${who}`,
  website: `https://${who}.example.org/`,
  country: 'JP',
  representativeName: 'R',
  representativeRole: ROLE,
  representativeEmail: addressOf(who),
  visibility: 'named',
  mayEndorse: true,
  privacyConsent: true,
  language: 'en',
});

const portOf = ({ instance, chance }: World) => pick(chance, instance.servers).port;

/** The newest link of this kind that has reached somebody. */
function linkTo(provider: ResendServer, who: string, kind: 'confirm' | 'entry'): string | null {
  const pattern = new RegExp(`/en/${kind}/[\\w-]{40,}`);
  const bodies = [...provider.accepted.values()].map(({ body }) => body);
  const mail = bodies.reverse().find((body) => body.includes(addressOf(who)) && pattern.test(body));
  return mail ? pattern.exec(mail)![0] : null;
}

/** Whether a form was carried out. */
const isDone = ({ status, location }: Response, where: RegExp) =>
  status === 303 && where.test(location);

interface Step {
  act: Act;
  page: () => string;
  form: (html: string) => Form | null;
  /** Where a form leads that was carried out. */
  done: RegExp;
  /** What the page says once it has been, without an answer having arrived. */
  wasDone: RegExp;
  headers?: Record<string, string>;
}

/** Opens a page and submits its form, until that is acknowledged or the page says that it is done. */
async function take(world: World, who: string, step: Step): Promise<void> {
  const { instance, ledger } = world;
  const { client } = instance;
  await until(
    `${who} ${step.act}`,
    async () => {
      const page = step.page();
      const shown = await client
        .ask(portOf(world), page, { headers: step.headers })
        .catch(() => null);
      if (shown?.status !== 200) return false;
      const form = step.form(shown.text);
      if (!form) return step.wasDone.test(shown.text);
      const acknowledge = ledger.ask(who, step.act);
      const answer = await client.submit(portOf(world), page, form, step.headers).catch(() => null);
      if (!answer || !isDone(answer, step.done)) return false;
      acknowledge();
      return true;
    },
    PATIENCE_MS,
    AGAIN_MS,
  );
}

/** Signs up, again and again until that is acknowledged. */
export async function signUp({ instance, ledger, chance }: World, who: string): Promise<void> {
  await until(
    `${who} sign-up`,
    async () => {
      const acknowledge = ledger.ask(who, 'sign-up');
      const answer = await instance.client
        .postJson(
          pick(chance, instance.servers).port,
          `/api/letters/${LETTER}/endorsements`,
          signUpOf(who),
        )
        .catch(() => null);
      if (answer?.status !== 202) return false;
      acknowledge();
      return true;
    },
    PATIENCE_MS,
    AGAIN_MS,
  );
}

/** An organization's whole way; every third one withdraws in the end. */
export async function liveThrough(world: World, who: string): Promise<void> {
  const { instance, provider, chance } = world;
  await signUp(world, who);
  const confirmLink = await until(
    `a mail to confirm for ${who}`,
    () => linkTo(provider, who, 'confirm'),
    PATIENCE_MS,
  );
  await take(world, who, {
    act: 'confirm',
    page: () => confirmLink,
    form: (html) => formOf(html, { token: '.', revision: '.' }),
    done: /\/confirm\/done\//,
    wasDone: /<main[^]*confirmed/i,
  });
  const { id } = await persistently(() =>
    instance.db.endorsement.findFirstOrThrow({
      where: { contact: { emailKey: addressOf(who) }, verifiedAt: { not: null } },
      select: { id: true },
    }),
  );
  const review = `/en/admin/letters/${LETTER}/review?entry=${id}`;
  await take(world, who, {
    act: 'approve',
    page: () => review,
    form: (html) => formOf(html, { step: '^approve$', id: `^${id}$` }),
    done: /notice=approve/,
    wasDone: new RegExp(`Society ${who}`),
    headers: { Cookie: instance.cookie },
  });
  if (chance() >= 1 / 3) return;
  const entryLink = await until(
    `a mail with the link of ${who}`,
    () => linkTo(provider, who, 'entry'),
    PATIENCE_MS,
  );
  await take(world, who, {
    act: 'withdraw',
    page: () => entryLink,
    form: (html) => formOf(html, { token: '.', reason: '' }),
    done: /done=withdrawn/,
    wasDone: /withdrawn/i,
  });
}
