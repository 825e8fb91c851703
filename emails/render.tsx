import { render, toPlainText } from '@react-email/render';
import type { ReactElement } from 'react';
import type { MailToRender, RenderedMail } from '@/lib/platform/mail/message';
import { Invitation } from './invitation';
import { Mailing, mailingText } from './mailing';
import { InviteToSign } from './invite-to-sign';
import { Reaffirm } from './reaffirm';
import { AlreadySigned } from './already-signed';
import { Approved } from './approved';
import { ChangeDecided } from './change-decided';
import { Confirm } from './confirm';
import { ConfirmAttested } from './confirm-attested';
import { Confirmed } from './confirmed';
import { DeletionNotice } from './deletion-notice';
import { Declined } from './declined';
import { Erased } from './erased';
import { EntryLinks } from './entry-links';
import { Joined } from './joined';
import { Nominated } from './nominated';
import { Reminder } from './reminder';
import { RepresentativesChanged } from './representatives-changed';
import { Reopened } from './reopened';
import { ReviewNotice } from './review-notice';
import { SignIn } from './sign-in';
import { mailLanguage, words } from './words';
import { asSubject, defuseLinks } from './defuse-links';

const baseOf = ({ language }: MailToRender, appUrl: string) =>
  `${appUrl}/${mailLanguage(language)}`;

/** The private links to entries in a mail, by its tokens. */
function entryLinksOf(mail: MailToRender, appUrl: string, page = ''): string[] {
  const tokens = mail.token?.split(' ') ?? [];
  return tokens.map((token) => `${baseOf(mail, appUrl)}/entry/${page}${encodeURIComponent(token)}`);
}

/** Where a mail's button leads; that of one about several entries, to the first. */
function linkOf(mail: MailToRender, appUrl: string): string {
  const base = baseOf(mail, appUrl);
  switch (mail.kind) {
    case 'confirm':
    case 'reminder':
      return `${base}/confirm/${encodeURIComponent(tokenOf(mail))}`;
    case 'confirmed':
    case 'entry_links':
    case 'joined':
      return `${base}/entry/${encodeURIComponent(tokenOf(mail).split(' ')[0]!)}`;
    case 'nominated':
      return `${base}/nomination/${encodeURIComponent(tokenOf(mail))}`;
    case 'deletion_notice':
      return mail.token
        ? `${base}/entry/${encodeURIComponent(mail.token)}#contact-data`
        : `${base}/entry`;
    case 'reaffirm':
      return `${base}/reaffirm/${encodeURIComponent(tokenOf(mail))}`;
    case 'approved':
    case 'change_decided':
      return `${base}/letters/${mail.props.letterSlug}#signatories`;
    case 'already_signed':
    case 'declined':
    case 'erased':
    case 'mailing':
    case 'reopened':
    case 'representatives_changed':
      return `${base}/letters/${mail.props.letterSlug}`;
    case 'review_notice':
      return `${base}/admin/letters/${mail.props.letterSlug}/review`;
    // Not the letter's page: a draft's slug can change while the mail lies unread.
    case 'invitation':
      return `${base}/admin`;
    case 'invite_to_sign':
      return `${base}/invited/${encodeURIComponent(tokenOf(mail))}`;
    case 'confirm_attested':
      return `${base}/attested/${encodeURIComponent(tokenOf(mail))}`;
    case 'sign_in':
      return `${base}/admin/sign-in/confirm?${new URLSearchParams({ token: tokenOf(mail) })}`;
  }
}

/** The page and the one-click address that end mails of a kind, if they are not those of reminders. */
const ENDINGS: Partial<Record<MailToRender['kind'], [page: string, oneClick: string]>> = {
  invite_to_sign: ['invited/end', 'invited'],
  mailing: ['mailings', 'mailings'],
};

function tokenOf({ kind, token }: MailToRender): string {
  if (!token) throw new Error(`a ${kind} mail needs the token of its link`);
  return token;
}

function subjectOf({ kind, language, props }: MailToRender): string {
  if (kind === 'mailing') {
    const { title } = mailingText(props, language).said;
    return props.isTest ? words[mailLanguage(language)]('mailing.subjectOfTest', { title }) : title;
  }
  if (kind === 'sign_in' || kind === 'entry_links')
    return words[mailLanguage(language)](`${kind}.subject`);
  const again = kind === 'invite_to_sign' && props.isReminder;
  return words[mailLanguage(language)](again ? 'invite_to_sign.subjectAgain' : `${kind}.subject`, {
    title: props.letterTitle,
  });
}

/** The addresses in a mail. */
interface Links {
  link: string;
  entries: string[];
  shareLink: string | null;
  endLink: string | null;
}

function template(
  mail: MailToRender,
  subject: string,
  { link, entries, shareLink, endLink }: Links,
  host: string,
): ReactElement {
  const frame = { language: mailLanguage(mail.language), subject, link, host };
  switch (mail.kind) {
    case 'confirm':
      return <Confirm {...frame} props={mail.props} />;
    case 'reminder':
      return <Reminder {...frame} props={mail.props} endLink={endLink} />;
    case 'already_signed':
      return <AlreadySigned {...frame} props={mail.props} />;
    case 'approved':
      return (
        <Approved
          {...frame}
          props={mail.props}
          entryLink={entries[0] ?? null}
          shareLink={shareLink}
        />
      );
    case 'confirmed':
      return <Confirmed {...frame} props={mail.props} />;
    case 'entry_links':
      return <EntryLinks {...frame} props={mail.props} links={entries} />;
    case 'declined':
      return <Declined {...frame} props={mail.props} />;
    case 'change_decided':
      return <ChangeDecided {...frame} props={mail.props} />;
    case 'erased':
      return <Erased {...frame} props={mail.props} />;
    case 'deletion_notice':
      return <DeletionNotice {...frame} props={mail.props} />;
    case 'reopened':
      return <Reopened {...frame} props={mail.props} />;
    case 'reaffirm':
      return <Reaffirm {...frame} props={mail.props} />;
    case 'review_notice':
      return <ReviewNotice {...frame} props={mail.props} />;
    case 'sign_in':
      return <SignIn {...frame} />;
    case 'invitation':
      return <Invitation {...frame} props={mail.props} />;
    case 'confirm_attested':
      return <ConfirmAttested {...frame} props={mail.props} />;
    case 'invite_to_sign':
      return <InviteToSign {...frame} props={mail.props} endLink={endLink} />;
    case 'nominated':
      return <Nominated {...frame} props={mail.props} />;
    case 'joined':
      return <Joined {...frame} props={mail.props} />;
    case 'representatives_changed':
      return <RepresentativesChanged {...frame} props={mail.props} />;
    case 'mailing':
      return (
        <Mailing {...frame} props={mail.props} readersLanguage={mail.language} endLink={endLink} />
      );
  }
}

/**
 * The mail of an outbox row. Depends on nothing but its arguments, so that a row gives the same bytes at every attempt:
 * a provider refuses an idempotency key that comes back with another body.
 * @param appUrl the instance's origin, without a slash at its end
 * @throws when a kind whose link needs a token comes without one
 */
export async function renderMail(given: MailToRender, appUrl: string): Promise<RenderedMail> {
  const link = linkOf(given, appUrl);
  const about = given.kind === 'approved' || given.kind === 'entry_links';
  const entries = about ? entryLinksOf(given, appUrl) : [];
  const shareLink = (given.kind === 'approved' && entryLinksOf(given, appUrl, 'share/')[0]) || null;
  // Here and not in the templates, so that none can forget it.
  const mail = { ...given, props: defuseLinks(given.props) } as MailToRender;
  const subject = asSubject(subjectOf(mail));
  const { endingToken } = given;
  const [ends, oneClick] = ENDINGS[mail.kind] ?? ['unsubscribe', 'unsubscribe'];
  const endLink = endingToken
    ? `${appUrl}/${mailLanguage(mail.language)}/${ends}/${endingToken}`
    : null;
  const html = await render(
    template(mail, subject, { link, entries, shareLink, endLink }, new URL(appUrl).host),
  );
  const t = words[mailLanguage(mail.language)];
  const around = (change: 'removed' | 'added') => ({
    prefix: t(`reaffirm.${change}.prefix`),
    suffix: t(`reaffirm.${change}.suffix`),
  });
  const text = toPlainText(html, {
    selectors: [
      { selector: 'del', format: 'inlineSurround', options: around('removed') },
      { selector: 'ins', format: 'inlineSurround', options: around('added') },
      { selector: 'h1', options: { uppercase: false } },
      { selector: 'hr', options: { length: 40 } },
      { selector: 'a[href^="mailto:"]', format: 'inline' },
      { selector: '[data-skip-in-text]', format: 'skip' },
    ],
  });
  const links = [...new Set([link, ...entries, ...(shareLink ? [shareLink] : [])])];
  if (endLink === null) return { subject, html, text, links };
  const oneClickUrl = `${appUrl}/api/${oneClick}/${endingToken}`;
  return { subject, html, text, links: [...links, endLink], oneClickUrl };
}
