import { useFormatter, useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LetterLink } from '@/components/letter/letter-link';
import { Name } from '@/components/organization/organization-name';
import { HiddenFields, type ButtonAction } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { Fact, Facts } from '@/components/ui/facts';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { PageSection } from '@/components/ui/page-section';
import { SubmitButton } from '@/components/ui/submit-button';
import type { OwnEntry, ProposedChange } from '@/lib/endorsement/entry/queries';
import { categoryName } from '@/lib/letter/categories';
import { inOrder, languageName, preferred } from '@/lib/platform/languages';
import { useAuthorisation } from '../authorisation';
import { countryNames } from '../countries';

/** A day as the letter's readers say it. */
function useDay({ timeZone }: Pick<OwnEntry, 'timeZone'>): (at: Date) => string {
  const format = useFormatter();
  return (at) => format.dateTime(at, { dateStyle: 'long', timeZone });
}

/** Where the entry stands, and what of it a delivery has fixed. */
export function EntryState({
  entry,
  token,
  answer,
}: {
  entry: OwnEntry;
  token: string;
  /** Opens the question whether it stands behind the present text. */
  answer: ButtonAction;
}) {
  const t = useTranslations('entry.state');
  const locale = useLocale();
  const reasons = useTranslations('endorsement.review.reasons');
  const day = useDay(entry);
  const own = preferred(entry.declineTexts, locale);
  const { state, visibility, withdrawnBy, delivery, letterSlug } = entry;
  const said =
    state === 'withdrawn'
      ? t(`withdrawnBy.${withdrawnBy === 'representative' ? 'representative' : 'other'}`)
      : t(state === 'approved' && visibility === 'withheld' ? 'approvedWithheld' : state);
  return (
    <PageSection id="state" title={t('title')}>
      <p>{said}</p>
      {entry.declineReason && (
        <p className="mt-2">{t('reason', { reason: reasons(entry.declineReason) })}</p>
      )}
      {own && (
        <p lang={own.language} className="mt-2 whitespace-pre-wrap">
          {own.said}
        </p>
      )}
      {entry.declineNote && <p className="mt-2 whitespace-pre-wrap">{entry.declineNote}</p>}
      {delivery !== null && (
        <p className="mt-2">
          {t.rich('delivered', {
            number: delivery,
            link: (chunks) => (
              <Link href={`/letters/${letterSlug}/deliveries/${delivery}`}>{chunks}</Link>
            ),
          })}
        </p>
      )}
      {entry.isEarlier && (
        <div className="mt-2 space-y-3">
          <p>{t(entry.isAsked ? 'earlier' : 'earlierNotAsked')}</p>
          {entry.isAsked && (
            <form action={answer}>
              <HiddenFields fields={{ token, locale }} />
              <SubmitButton className={buttonClass('solid')}>{t('answer')}</SubmitButton>
            </form>
          )}
        </div>
      )}
      {entry.erasureRequestedAt && (
        <Notice>{t('erasure', { date: day(entry.erasureRequestedAt) })}</Notice>
      )}
    </PageSection>
  );
}

/** A value of an entry with those who see it. */
function Seen({ name, by, children }: { name: ReactNode; by: string; children: ReactNode }) {
  return (
    <Fact name={name}>
      {children}
      <span className="block text-sm text-quiet">{by}</span>
    </Fact>
  );
}

/** The names of an entry as facts. */
function NameFacts({ names, by }: { names: OwnEntry['names']; by: string }) {
  const fields = useTranslations('endorsement.confirm.ready');
  const locale = useLocale();
  return inOrder(Object.keys(names)).map((language) => (
    <Seen key={language} name={`${fields('name')} (${languageName(language, locale)})`} by={by}>
      <Name name={names[language] ?? ''} language={language} className="font-semibold" />
    </Seen>
  ));
}

/** What the entry says, each value with those who see it, and the text that was signed. */
export function EntryFacts({ entry }: { entry: OwnEntry }) {
  const t = useTranslations('entry.seen');
  const common = useTranslations('endorsement');
  const fields = useTranslations('endorsement.fields');
  const locale = useLocale();
  const { letterSlug, visibility, state, reading, website } = entry;
  const title = preferred(entry.letterTitles, locale);
  const authorised = useAuthorisation()(entry.authorised);
  const others = entry.representatives.filter(({ isReader }) => !isReader);
  const isListed = state === 'approved' || state === 'verified';
  const ofNames =
    visibility === 'withheld' || !isListed
      ? t('reviewers')
      : t(state === 'approved' ? 'public' : 'publicOnceApproved');
  const toRevision = (number: number, chunks: ReactNode) => (
    <Link href={`/letters/${letterSlug}/revisions/${number}`}>{chunks}</Link>
  );
  return (
    <PageSection id="entry" title={t('title')}>
      <Facts>
        <NameFacts names={entry.names} by={ofNames} />
        {reading && (
          <Seen name={fields('reading')} by={t('coordinators')}>
            <span lang="ja">{reading}</span>
          </Seen>
        )}
        {entry.settings.categories.length > 0 && (
          <Seen name={fields('category')} by={ofNames}>
            {categoryName(entry.settings, entry.category, locale) ?? common('noCategory')}
          </Seen>
        )}
        <Seen name={fields('website')} by={t('coordinators')}>
          {website ?? t('none')}
        </Seen>
        <Seen name={fields('country')} by={t('coordinators')}>
          {countryNames(locale, common('international'))(entry.country)}
        </Seen>
        <Fact name={fields('visibility')}>{common(`visibility.${visibility}.label`)}</Fact>
        {entry.reader.name && (
          <Seen name={fields('representativeName')} by={t('contact')}>
            {entry.reader.name}
          </Seen>
        )}
        {entry.reader.role && (
          <Seen name={fields('representativeRole')} by={t('contact')}>
            {entry.reader.role}
          </Seen>
        )}
        <Seen name={fields('representativeEmail')} by={t('contact')}>
          {entry.reader.email}
        </Seen>
        {others.length > 0 && (
          <Seen name={t('others')} by={t('contact')}>
            {others.map(({ id, name, role, email }) => (
              <span key={id} className="block">
                {[name, role, email].filter(Boolean).join(locale === 'ja' ? '、' : ', ')}
              </span>
            ))}
          </Seen>
        )}
        {authorised && (
          <Seen name={common('authorisation.title')} by={t('contact')}>
            {authorised}
          </Seen>
        )}
        {title && (
          <Fact name={t('letter')}>
            <LetterLink slug={letterSlug} text={title.said} />
          </Fact>
        )}
        <Fact name={t('signed')}>
          {toRevision(entry.signedRevision, t('signedRevision', { number: entry.signedRevision }))}
          {entry.revision > entry.signedRevision && (
            <span className="block">
              {t.rich('standsBehind', {
                number: entry.revision,
                link: (chunks) => toRevision(entry.revision, chunks),
              })}
            </span>
          )}
        </Fact>
      </Facts>
    </PageSection>
  );
}

/** A change that waits for the coordinators, as the organization asked for it. */
export function WaitingChange({
  entry,
  proposed: { names, reading, website, category, visibility, proposedAt },
}: {
  entry: OwnEntry;
  proposed: ProposedChange;
}) {
  const t = useTranslations('entry.proposed');
  const seen = useTranslations('entry.seen');
  const common = useTranslations('endorsement');
  const fields = useTranslations('endorsement.fields');
  const ready = useTranslations('endorsement.confirm.ready');
  const locale = useLocale();
  const day = useDay(entry);
  return (
    <PageSection id="proposed" title={t('title')}>
      <p className="mb-3">{t('explanation', { date: day(proposedAt) })}</p>
      <Facts>
        {inOrder(Object.keys(names)).map((language) => (
          <Fact key={language} name={ready('name')}>
            <Name name={names[language] ?? ''} language={language} className="font-semibold" />
          </Fact>
        ))}
        <Fact name={fields('reading')}>
          <span lang="ja">{reading ?? seen('none')}</span>
        </Fact>
        {entry.settings.categories.length > 0 && (
          <Fact name={fields('category')}>
            {categoryName(entry.settings, category, locale) ?? common('noCategory')}
          </Fact>
        )}
        <Fact name={fields('website')}>{website ?? seen('none')}</Fact>
        <Fact name={fields('visibility')}>{common(`visibility.${visibility}.label`)}</Fact>
      </Facts>
    </PageSection>
  );
}

/** What has happened to the entry, oldest first. */
export function EntryHistory({ entry }: { entry: OwnEntry }) {
  const t = useTranslations('entry.history');
  const format = useFormatter();
  return (
    <PageSection id="history" title={t('title')}>
      <ol className="space-y-2">
        {entry.history.map(({ step, by, at }, index) => (
          <li key={index}>
            <span className="font-semibold">{t(`steps.${step}`)}</span>{' '}
            <span className="text-sm text-quiet">
              {t(`by.${by}`)} ·{' '}
              <time dateTime={at.toISOString()}>
                {format.dateTime(at, {
                  dateStyle: 'long',
                  timeStyle: 'short',
                  timeZone: entry.timeZone,
                })}
              </time>
            </span>
          </li>
        ))}
      </ol>
    </PageSection>
  );
}

/** Other letters that the organization has signed. */
export function OtherEntries({ entry }: { entry: OwnEntry }) {
  const t = useTranslations('entry.others');
  const locale = useLocale();
  if (entry.others.length === 0) return null;
  return (
    <PageSection id="others" title={t('title')}>
      <ul className="space-y-2">
        {entry.others.map(({ letterSlug, letterTitles, state }, index) => {
          const title = preferred(letterTitles, locale);
          return (
            <li key={index}>
              {title && <LetterLink slug={letterSlug} text={title.said} />}{' '}
              <span className="text-sm text-quiet">{t(`states.${state}`)}</span>
            </li>
          );
        })}
      </ul>
      <p className="mt-3">
        {t.rich('explanation', { link: (chunks) => <Link href="/entry">{chunks}</Link> })}
      </p>
    </PageSection>
  );
}
