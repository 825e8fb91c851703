import { resendDomains } from '@/lib/platform/mail/resend';
import { checkSmtp } from '@/lib/platform/mail/smtp';
import { bad, good, note, reasonOf, type Finding } from './finding';

const ANSWER_MS = 8_000;

/** Whether Resend accepts the key, and sends for the domain. */
async function resendFindings(
  apiKey: string,
  domain: string,
  baseUrl: string | undefined,
): Promise<Finding[]> {
  const domains = await resendDomains(apiKey, ANSWER_MS, baseUrl);
  const accepted = good('Resend accepts RESEND_API_KEY.');
  if (domains === null)
    return [
      accepted,
      note(
        `The key may only send, as it should; whether ${domain} is verified cannot be asked with it.`,
        'See the domain at https://resend.com/domains.',
      ),
    ];
  const isVerified = domains.some(({ name, isVerified: is }) => is && name === domain);
  return [
    accepted,
    isVerified
      ? good(`Resend has verified ${domain}.`)
      : bad(
          `Resend has not verified ${domain}, and sends nothing from it.`,
          'Add it at https://resend.com/domains, and the DNS records that are shown there.',
        ),
  ];
}

/** Whether the mail provider takes mails from this instance. Nothing is sent. */
export async function providerFindings(
  settings: {
    RESEND_API_KEY?: string | undefined;
    RESEND_BASE_URL?: string | undefined;
    RESEND_WEBHOOK_SECRET?: string | undefined;
    SMTP_URL?: string | undefined;
  },
  domain: string,
): Promise<Finding[]> {
  const { RESEND_API_KEY, RESEND_BASE_URL, RESEND_WEBHOOK_SECRET, SMTP_URL } = settings;
  try {
    if (RESEND_API_KEY)
      return [
        ...(await resendFindings(RESEND_API_KEY, domain, RESEND_BASE_URL)),
        RESEND_WEBHOOK_SECRET
          ? good('RESEND_WEBHOOK_SECRET is set.')
          : bad(
              'RESEND_WEBHOOK_SECRET is not set: nobody learns which mails bounced, and they are sent again.',
              'Add a webhook at APP_URL/api/webhooks/resend in the dashboard, and set it to its signing secret.',
            ),
      ];
    if (!SMTP_URL) return [];
    await checkSmtp(SMTP_URL, ANSWER_MS);
    return [
      good('The SMTP server of SMTP_URL answers and accepts the user.'),
      note(
        'Where bounces go cannot be known from here.',
        'See that the mailbox of MAIL_FROM exists, and that somebody reads it.',
      ),
    ];
  } catch (error) {
    return [
      bad(
        `The mail provider does not accept this instance (${reasonOf(error)}).`,
        RESEND_API_KEY
          ? 'Make a key at https://resend.com/api-keys, and see that this machine reaches api.resend.com.'
          : 'See that SMTP_URL has the right host, port, user and password, and that this machine may connect.',
      ),
    ];
  }
}
