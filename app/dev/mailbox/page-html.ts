import palette from '@/lib/platform/palette.json' with { type: 'json' };

interface Message {
  id: string;
  to: string;
  replyTo: string | null;
  oneClickUrl: string | null;
  subject: string;
  html: string;
  receivedAt: Date;
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}

const timeFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

function time(at: Date): string {
  return `<time datetime="${at.toISOString()}">${timeFormat.format(at)}</time>`;
}

const colours = Object.entries(palette.light)
  .map(([name, value]) => `--${name}: ${value};`)
  .join(' ');

const style = `
  :root { color-scheme: light; ${colours} }
  * { box-sizing: border-box; }
  body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, "Hiragino Sans", "Noto Sans JP", sans-serif; }
  header { padding: 1.25rem 1.5rem 1rem; border-bottom: 1px solid var(--line); }
  h1 { margin: 0; font-size: 1.25rem; }
  header p { margin: .25rem 0 0; color: var(--quiet); font-size: .875rem; }
  a { color: var(--indigo); }
  a:focus-visible, iframe:focus-visible { outline: 3px solid var(--indigo); outline-offset: -3px; }
  ol { list-style: none; margin: 0; padding: 0; }
  li a { display: block; padding: .75rem 1.5rem; border-bottom: 1px solid var(--line); color: inherit; text-decoration: none; overflow-wrap: anywhere; }
  li a:hover { background: var(--wash); }
  li a[aria-current] { background: var(--indigo-wash); box-shadow: inset 4px 0 var(--indigo); }
  li strong { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; font-size: .9375rem; font-weight: 600; }
  li span, li time { font-size: .8125rem; color: var(--quiet); }
  article h2 { margin: 0; font-size: 1.125rem; overflow-wrap: anywhere; }
  article > div { padding: 1rem 1.5rem; border-bottom: 1px solid var(--line); }
  article p { margin: .25rem 0 0; color: var(--quiet); font-size: .875rem; overflow-wrap: anywhere; }
  iframe { display: block; width: 100%; height: 75vh; border: 0; background: var(--paper); }
  .empty { padding: 3rem 1.5rem; color: var(--quiet); }
  nav { max-height: 40vh; overflow-y: auto; border-bottom: 1px solid var(--line); }
  @media (min-width: 56rem) {
    main { display: grid; grid-template-columns: 24rem 1fr; }
    nav { border-right: 1px solid var(--line); max-height: none; height: calc(100vh - 5.75rem); }
  }`;

function listed(message: Message, shown: boolean): string {
  const { id, subject, to, receivedAt } = message;
  return `<li><a href="?id=${encodeURIComponent(id)}"${shown ? ' aria-current="true"' : ''}><strong>${escape(subject)}</strong>
    <span>to ${escape(to)} · ${time(receivedAt)}</span></a></li>`;
}

/**
 * CSP sandbox without scripts and with an opaque origin, because mail content is untrusted; links
 * open in the top window.
 */
function opened({ subject, to, replyTo, oneClickUrl, html, receivedAt }: Message): string {
  const document = html.replaceAll('target="_blank"', 'target="_top"');
  return `<article aria-labelledby="subject">
    <div><h2 id="subject">${escape(subject)}</h2><p>to ${escape(to)} · ${replyTo === null ? '' : `replies to ${escape(replyTo)} · `}${oneClickUrl === null ? '' : `List-Unsubscribe: ${escape(oneClickUrl)} · `}${time(receivedAt)}</p></div>
    <iframe title="The message" sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation" srcdoc="${escape(document)}"></iframe>
  </article>`;
}

/** The local mailbox as HTML: a list beside the opened message, by default the newest. */
export function mailboxPage(messages: Message[], openId: string | null): string {
  const open = messages.find(({ id }) => id === openId) ?? messages[0];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>Local mailbox</title>
<style>${style}</style>
</head>
<body>
<header><h1>Local mailbox</h1><p>Mails are kept here instead of being sent. Only this machine can read them. <a href="/dev/mailbox">Look again</a></p></header>
<main>
${
  open
    ? `<nav aria-label="Messages" tabindex="0"><ol>${messages.map((message) => listed(message, message === open)).join('\n')}</ol></nav>\n${opened(open)}`
    : '<p class="empty">No mails yet. They come within a second or two of what causes them.</p>'
}
</main>
</body>
</html>
`;
}
