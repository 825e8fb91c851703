import { NextIntlClientProvider } from 'next-intl';
import { getFormatter, getMessages, getTranslations } from 'next-intl/server';
import { EntryActionList } from '@/components/endorsement/entry/actions';
import { ContactData } from '@/components/endorsement/entry/contact-data';
import {
  EntryFacts,
  EntryHistory,
  EntryState,
  OtherEntries,
  WaitingChange,
} from '@/components/endorsement/entry/own-entry';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { Page } from '@/components/ui/page';
import { PreferredName } from '@/components/organization/organization-name';
import { ownEntry } from '@/lib/endorsement/entry/queries';
import { REASON_MAX } from '@/lib/endorsement/entry/schema';
import { entryMailings } from '@/lib/mailing/ending/queries';
import { LIMITS } from '@/lib/endorsement/schema';
import { behindLink, secretTitle, type SecretLinkProps } from '@/app/[locale]/secret-link';
import {
  answerForText,
  allowMailings,
  askForErasure,
  correctPerson,
  endMailings,
  keepOwnPage,
  releaseOwnPage,
  replaceLink,
  takeBackErasure,
  withdrawEntry,
  withholdName,
} from './actions';
import { outcomeIn } from './outcome';

// The URL holds a secret and its state changes: rendered per request, never cached.
export const dynamic = 'force-dynamic';

export const generateMetadata = secretTitle('entry.pageTitle');

/** An organization's own page of its entry. GET changes nothing. */
export default async function EntryPage(props: SecretLinkProps) {
  const { locale, token, found } = await behindLink(props, ownEntry);
  const t = await getTranslations({ locale, namespace: 'entry' });
  if (!found) {
    return (
      <Page title={t('unavailable.title')}>
        <p>{t('unavailable.explanation')}</p>
      </Page>
    );
  }
  if (found.state === 'unknown') {
    return (
      <Page title={t('unknown.title')}>
        <p>{t('unknown.explanation')}</p>
        <p>
          <Link href="/entry" className="inline-block py-1">
            {t('unknown.ask')}
          </Link>
        </p>
      </Page>
    );
  }
  const { done, failed } = outcomeIn(await props.searchParams);
  const [mailings, format] = await Promise.all([entryMailings(token), getFormatter({ locale })]);
  const { entry, endorsement } = await getMessages({ locale });
  const { fields, required, errors, summary } = endorsement;
  return (
    <Page title={t('pageTitle')} lead={<PreferredName names={found.names} />}>
      {done && <Notice announce>{t(`done.${done}`)}</Notice>}
      {failed && (
        <Notice tone="alert" announce>
          {t(`failed.${failed}`)}
        </Notice>
      )}
      <EntryState entry={found} token={token} answer={answerForText} />
      {found.proposed && <WaitingChange entry={found} proposed={found.proposed} />}
      <EntryFacts entry={found} />
      <NextIntlClientProvider
        messages={{
          entry: { actions: entry.actions, errors: entry.errors, failed: entry.failed },
          endorsement: { fields, required, errors, summary },
        }}
      >
        <EntryActionList
          entry={found}
          token={token}
          actions={{
            withhold: withholdName,
            withdraw: withdrawEntry,
            correctPerson,
            requestErasure: askForErasure,
            cancelErasure: takeBackErasure,
            replaceLink,
            endMailings,
            allowMailings,
          }}
          mailingsEndedAt={mailings?.endedAt ?? null}
          reasonMax={REASON_MAX}
          personMax={LIMITS.representativeName ?? 0}
        />
      </NextIntlClientProvider>
      <ContactData
        entry={found}
        token={token}
        now={new Date()}
        actions={{ keep: keepOwnPage, release: releaseOwnPage }}
      />
      <EntryHistory entry={found} />
      <OtherEntries entry={found} />
      <p className="text-sm text-quiet">
        {t('private', {
          date: format.dateTime(found.expiresAt, { dateStyle: 'long', timeZone: found.timeZone }),
        })}
      </p>
    </Page>
  );
}
