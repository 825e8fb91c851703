/** PostgreSQL is killed and stays away for a while. */
import { resendServer } from '@/tests/support/resend-server';
import { filledIn, formOf, type Response } from './client';
import { LETTER, startInstance, type Instance } from './instance';
import { through } from './kill';
import { addressOf, signUpOf } from './people';
import { finding, type Row } from './row';
import { until } from './waiting';

const SECONDS = 20;
const PAGE = `/en/letters/${LETTER}`;
const FORM = `${PAGE}/endorse`;
const WHO = 'patient';

const status = (instance: Instance, port: number, path: string) =>
  instance.client.ask(port, path).then(
    ({ status }) => status,
    () => 0,
  );

/** Reads the letter from both server processes for as long as the database is away; how often it failed. */
async function readMeanwhile(instance: Instance): Promise<{ reads: number; failed: number }> {
  const end = performance.now() + SECONDS * 1_000;
  let [reads, failed] = [0, 0];
  await until(
    'the end',
    async () => {
      for (const { port } of instance.servers) {
        const page = await instance.client.ask(port, PAGE).catch(() => null);
        reads += 1;
        if (page?.status !== 200 || !page.text.includes('Kyoto YWCA')) failed += 1;
      }
      return performance.now() > end;
    },
    SECONDS * 2_000,
    200,
  );
  return { reads, failed };
}

/** What of the sign-up is not in the form any more. */
function forgotten(answer: Response): string[] {
  const form = formOf(answer.text, { nameEn: '' });
  if (!answer.text.includes('could not be sent') || !form)
    return [`no word of it: ${answer.status}`];
  const {
    mayEndorse: _may,
    privacyConsent: _consent,
    language: _language,
    ...typed
  } = signUpOf(WHO);
  return Object.entries(typed)
    .filter(
      ([name, value]) => !form.fields.some(([field, kept]) => field === name && kept === value),
    )
    .map(([name]) => `${name} was forgotten`);
}

export const database: Row = {
  name: 'database',
  fault: `PostgreSQL is killed and away for ${SECONDS} s`,
  goal: 'the letter is read; a sign-up is told to try again and keeps what was typed; health addresses differ; all resumes by itself',
  async run() {
    const provider = await resendServer();
    const instance = await startInstance(through(provider));
    const { client, servers } = instance;
    const [{ port }] = servers;
    const wrong: string[] = [];
    try {
      for (const server of servers) await status(instance, server.port, PAGE);
      const { mayEndorse: _may, privacyConsent: _consent, language: _, ...typed } = signUpOf(WHO);
      const empty = formOf((await client.ask(port, FORM)).text, { nameEn: '' });
      const form = filledIn(empty!, { ...typed, mayEndorse: 'on', privacyConsent: 'on' });

      const release = instance.holdPostgres();
      const health = () =>
        Promise.all(
          servers.flatMap((server) =>
            ['live', 'ready'].map((what) => status(instance, server.port, `/api/health/${what}`)),
          ),
        );
      await until(
        'health addresses that tell the process and the database apart',
        async () => (await health()).join() === '200,503,200,503',
        10_000,
      ).catch((error: Error) => wrong.push(error.message));
      const reading = readMeanwhile(instance);
      // Without scripts, what was typed comes back on a page of its own, out of a sealed cookie.
      const sent = await client.submit(port, FORM, form);
      const headers = { Cookie: sent.cookie };
      const again = sent.status === 303 ? sent.location : FORM;
      const refused = sent.status === 303 ? await client.ask(port, again, { headers }) : sent;
      wrong.push(...forgotten(refused));
      const json = await client.postJson(
        port,
        `/api/letters/${LETTER}/endorsements`,
        signUpOf('other'),
      );
      if (json.status !== 503) wrong.push(`the API answered ${json.status}`);
      const { reads, failed } = await reading;
      if (failed > 0) wrong.push(`${failed} of ${reads} reads failed`);

      release();
      const released = performance.now();
      await instance.ready();
      const took = (performance.now() - released) / 1_000;
      const kept = formOf(refused.text, { nameEn: '' }) ?? form;
      const taken = await client.submit(port, again, kept, headers);
      if (!taken.location.endsWith('check-your-email'))
        wrong.push(`sent again as it was shown: ${taken.status} ${taken.location}`);
      await until(
        'the mail of the sign-up',
        () => provider.left.includes(addressOf(WHO)),
        60_000,
      ).catch((error: Error) => wrong.push(error.message));
      wrong.push(...instance.said);
      return finding(
        `${failed} of ${reads} reads failed; the form came back with all that was typed, and was taken as it was ${took.toFixed(1)} s after the database could start again`,
        wrong,
      );
    } finally {
      await instance.stop();
      await provider.close();
    }
  },
};
