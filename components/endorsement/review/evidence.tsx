import { ExternalLink } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from '@/lib/platform/i18n/navigation';
import type { Entry } from '@/lib/endorsement/review/queries';
import type { ButtonAction } from '@/components/ui/action-button';
import { useAuthorisation } from '../authorisation';
import { countryNames } from '../countries';
import { importPath } from '../imports/import-path';
import { Categorise } from './categorise';
import { Coordinating } from './coordinating';
import { EntryMails } from './entry-mails';
import { MergeOrganization } from './merge-organization';
import { ShortName } from './seen-name';
import { StateLabel } from './state-label';
import { reviewPath, type ReviewView } from './view';
import { When, type Clock } from './when';

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6.75rem_1fr] sm:grid-cols-[7.5rem_1fr] gap-x-3 border-b border-line py-1.5">
      <dt className="text-quiet">{label}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

function Website({ href }: { href: string }) {
  const t = useTranslations('endorsement.review.entry');
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
      {href.replace(/^https?:\/\//, '').replace(/\/$/, '')}{' '}
      <ExternalLink aria-hidden className="inline size-3.5 align-[-0.1em]" />
      <span className="sr-only"> {t('newTab')}</span>
    </a>
  );
}

function Domains({ domains }: { domains: NonNullable<Entry['domains']> }) {
  const t = useTranslations('endorsement.review.entry');
  const { mail, website, matches } = domains;
  if (matches === null || !mail || !website) return t('domainsUnknown');
  return matches ? (
    t('domainsMatch', { domain: mail })
  ) : (
    <strong className="font-semibold text-alert">{t('domainsDiffer', { mail, website })}</strong>
  );
}

function Similar({
  slug,
  view,
  similar,
}: {
  slug: string;
  view: ReviewView;
  similar: Entry['similar'];
}) {
  const t = useTranslations('endorsement.review.entry');
  if (similar.length === 0) return t('similarNone');
  return (
    <ul className="space-y-1">
      {similar.map((other) => (
        <li key={other.id}>
          <Link
            href={reviewPath(slug, { ...view, entry: other.id })}
            prefetch={false}
            scroll={false}
          >
            <ShortName of={other} />
          </Link>{' '}
          <span className="text-quiet">
            <StateLabel state={other.state} />
            {other.sameWebsite && ` · ${t('sameWebsite')}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What the address of an attested entry says, which was asked. */
function Asked({ question, clock }: { question: NonNullable<Entry['question']>; clock: Clock }) {
  const t = useTranslations('endorsement.review.entry');
  const { answer, answeredAt, dismissedAt } = question;
  if (answer !== 'denied' || !answeredAt)
    return <span className="block text-quiet">{t('asked')}</span>;
  const denied = t.rich('denied', { when: () => <When at={answeredAt} clock={clock} /> });
  if (!dismissedAt) return <strong className="block font-semibold text-alert">{denied}</strong>;
  return (
    <>
      <span className="block">{denied}</span>
      <span className="block text-quiet">
        {t.rich('dismissed', { when: () => <When at={dismissedAt} clock={clock} /> })}
      </span>
    </>
  );
}

function Place({ entry }: { entry: Entry }) {
  const t = useTranslations('endorsement.review.entry');
  const listed = entry.state === 'approved';
  if (!entry.place) return t(listed ? 'placeWithheld' : 'placeWouldBeWithheld');
  return t(listed ? 'placeIs' : 'placeWouldBe', {
    position: entry.place.position,
    of: entry.place.of,
  });
}

/** The facts that help to decide on an entry, one per line. */
export function Evidence({
  slug,
  view,
  entry,
  clock,
  merge,
  coordinate,
  categorise,
  allowMails,
  sendLink,
}: {
  slug: string;
  view: ReviewView;
  entry: Entry;
  clock: Clock;
  /** For those who may merge organizations. */
  merge: ButtonAction | undefined;
  /** For those who may correct entries. */
  coordinate: ButtonAction | undefined;
  categorise: ButtonAction | undefined;
  allowMails: ButtonAction;
  sendLink: ButtonAction;
}) {
  const t = useTranslations('endorsement.review.entry');
  const common = useTranslations('endorsement');
  const reasons = useTranslations('endorsement.review.reasons');
  const locale = useLocale();
  const people = entry.representatives;
  const authorised = useAuthorisation()(entry.authorised);
  const isListable = entry.state === 'approved' || entry.state === 'verified';
  return (
    <dl className="border-t border-line text-[0.8125rem]/[1.5]">
      {entry.reading && (
        <Line label={t('reading')}>
          <span lang="ja">{entry.reading}</span>
        </Line>
      )}
      <Line label={t('country')}>
        {countryNames(locale, common('international'))(entry.country)}
      </Line>
      {entry.website && (
        <Line label={t('website')}>
          <Website href={entry.website} />
        </Line>
      )}
      {entry.domains && (
        <Line label={t('domains')}>
          <Domains domains={entry.domains} />
        </Line>
      )}
      {!entry.hidden && (
        <Line label={t('similar')}>
          <Similar slug={slug} view={view} similar={entry.similar} />
        </Line>
      )}
      {merge && entry.organizationId !== null && (
        <Line label={t('organization')}>
          <MergeOrganization slug={slug} view={view} entry={entry} merge={merge} />
        </Line>
      )}
      <Line label={t('proof')}>
        {entry.state === 'submitted'
          ? t('notConfirmed')
          : t(entry.proof === 'email' ? 'proofEmail' : 'proofAttested')}
        {entry.proof === 'attested' && entry.question && (
          <Asked question={entry.question} clock={clock} />
        )}
      </Line>
      {entry.evidence && (
        <Line label={t('evidence')}>
          <span className="block whitespace-pre-wrap">{entry.evidence}</span>
          {entry.evidenceFile && (
            <a href={`/api/letters/${slug}/entries/${entry.id}/evidence`} download>
              {entry.evidenceFile}
            </a>
          )}
        </Line>
      )}
      {entry.origin && (
        <Line label={t('origin')}>
          <Link href={importPath(slug, entry.origin.id)} prefetch={false}>
            {t('originKind', { kind: entry.origin.kind ?? 'other' })}
          </Link>
        </Line>
      )}
      <Line label={t('came')}>
        <When at={entry.submittedAt} clock={clock} exact />
      </Line>
      {entry.verifiedAt && entry.proof === 'email' && (
        <Line label={t('confirmed')}>
          <When at={entry.verifiedAt} clock={clock} exact />
        </Line>
      )}
      {people.map((person) => (
        <Line key={person.id} label={t('representative')}>
          {[person.name, person.role].filter(Boolean).join(locale === 'ja' ? '、' : ', ') ||
            t('noRepresentative')}
          {person.email && (
            <a
              href={`mailto:${encodeURIComponent(person.email).replace('%40', '@')}`}
              className="block"
            >
              {person.email}
            </a>
          )}
        </Line>
      ))}
      {entry.contactDeletedAt && (
        <Line label={t('contactData')}>
          {t('contactDeleted')} <When at={entry.contactDeletedAt} clock={clock} exact />
        </Line>
      )}
      {authorised && <Line label={t('authorised')}>{authorised}</Line>}
      {people.some(({ email }) => email !== null) &&
        (entry.state === 'submitted' || entry.suppression || entry.mails.length > 0) && (
          <Line label={t('mail')}>
            <EntryMails
              slug={slug}
              view={view}
              entry={entry}
              clock={clock}
              allow={allowMails}
              send={sendLink}
            />
          </Line>
        )}
      <Line label={t('place')}>
        {t(entry.visibility)} · <Place entry={entry} />
      </Line>
      {entry.categories.length > 0 && (
        <Line label={t('category')}>
          <Categorise
            slug={slug}
            view={view}
            entry={entry}
            categorise={entry.state === 'submitted' ? undefined : categorise}
          />
        </Line>
      )}
      {coordinate && isListable && (
        <Line label={t('coordinating')}>
          <Coordinating slug={slug} view={view} entry={entry} coordinate={coordinate} />
        </Line>
      )}
      <Line label={t('text')}>
        {t('textSigned', { number: entry.text.signed })}
        {entry.text.standsBehind > entry.text.signed &&
          ` · ${t('textAffirmed', { number: entry.text.standsBehind })}`}
        {isListable && entry.text.standsBehind < entry.text.binding && (
          <strong className="block font-semibold">
            {t('textEarlier', { number: entry.text.binding })}
          </strong>
        )}
      </Line>
      {entry.declineReason && (
        <Line label={t('declined')}>
          {entry.ownReason ?? reasons(entry.declineReason)}
          {entry.declineNote && (
            <span className="block whitespace-pre-wrap">{entry.declineNote}</span>
          )}
        </Line>
      )}
    </dl>
  );
}
