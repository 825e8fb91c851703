import { render, toPlainText } from '@react-email/render';
import type { ReactElement } from 'react';
import type { MailToRender, RenderedMail } from '@/lib/platform/mail/message';
import { Reaffirm } from './reaffirm';
import { AlreadySigned } from './already-signed';
import { Approved } from './approved';
import { Confirm } from './confirm';
import { Declined } from './declined';
import { Reopened } from './reopened';
import { ReviewNotice } from './review-notice';
import { SignIn } from './sign-in';
import { mailLanguage, words } from './words';
import { asSubject, defuseLinks } from './defuse-links';

function linkOf(mail: MailToRender, appUrl: string): string {
  const base = `${appUrl}/${mailLanguage(mail.language)}`;
  switch (mail.kind) {
    case 'confirm':
      return `${base}/confirm/${encodeURIComponent(tokenOf(mail))}`;
    case 'reaffirm':
      return `${base}/reaffirm/${encodeURIComponent(tokenOf(mail))}`;
    case 'approved':
      return `${base}/letters/${mail.props.letterSlug}#signatories`;
    case 'already_signed':
    case 'declined':
    case 'reopened':
      return `${base}/letters/${mail.props.letterSlug}`;
    case 'review_notice':
      return `${base}/admin/letters/${mail.props.letterSlug}`;
    case 'sign_in':
      return `${base}/admin/sign-in/confirm?${new URLSearchParams({ token: tokenOf(mail) })}`;
  }
}

function tokenOf({ kind, token }: MailToRender): string {
  if (!token) throw new Error(`a ${kind} mail needs the token of its link`);
  return token;
}

function subjectOf({ kind, language, props }: MailToRender): string {
  if (kind === 'sign_in') return words[mailLanguage(language)]('sign_in.subject');
  return words[mailLanguage(language)](`${kind}.subject`, { title: props.letterTitle });
}

function template(mail: MailToRender, subject: string, link: string, host: string): ReactElement {
  const frame = { language: mailLanguage(mail.language), subject, link, host };
  switch (mail.kind) {
    case 'confirm':
      return <Confirm {...frame} props={mail.props} />;
    case 'already_signed':
      return <AlreadySigned {...frame} props={mail.props} />;
    case 'approved':
      return <Approved {...frame} props={mail.props} />;
    case 'declined':
      return <Declined {...frame} props={mail.props} />;
    case 'reopened':
      return <Reopened {...frame} props={mail.props} />;
    case 'reaffirm':
      return <Reaffirm {...frame} props={mail.props} />;
    case 'review_notice':
      return <ReviewNotice {...frame} props={mail.props} />;
    case 'sign_in':
      return <SignIn {...frame} />;
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
  // Here and not in the templates, so that none can forget it.
  const mail = { ...given, props: defuseLinks(given.props) } as MailToRender;
  const subject = asSubject(subjectOf(mail));
  const html = await render(template(mail, subject, link, new URL(appUrl).host));
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
  return { subject, html, text, links: [link] };
}
