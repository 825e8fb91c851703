import { readFile } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import { ImageResponse } from 'next/og';
import { inModules, isInLetterFaces } from '@/lib/delivery/pdf/fonts';
import type { Language } from '@/lib/platform/languages';
import { light } from '@/lib/platform/palette.json';

/** Size of the picture in pixels, as platforms that show links recommend. */
export const PICTURE = { width: 1200, height: 630 };

export interface PictureText {
  language: Language;
  /** What the picture is of: a joint letter. */
  kind: string;
  title: string;
  firstLines: string;
  /** How many have signed; empty if nobody has. */
  count: string;
  host: string;
}

type Font = { name: string; data: Buffer; weight: 400 | 600 };
let fonts: Promise<Font[]> | undefined;

/** Read once, and always the same array, by which the renderer caches the parsed fonts. */
const loadFonts = () =>
  (fonts ??= Promise.all(
    (
      [
        ['latin', 600, 'source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf'],
        ['latin', 400, 'source-serif-4/400Regular/SourceSerif4_400Regular.ttf'],
        ['japanese', 600, 'noto-serif-jp/600SemiBold/NotoSerifJP_600SemiBold.ttf'],
      ] as const
    ).map(async ([name, weight, file]) => ({
      name,
      weight,
      data: await readFile(inModules(`@expo-google-fonts/${file}`)),
    })),
  ));

/**
 * The characters that our fonts have: for others, and for emoji, the renderer would ask a server of
 * Google's. Empty if too little remains to be read.
 */
function printable(text: string): string {
  const characters = Array.from(text);
  const kept = characters.filter(
    (character) => isInLetterFaces(character) && !/\p{Extended_Pictographic}/u.test(character),
  );
  return kept.length * 2 > characters.length ? kept.join('') : '';
}

/** Font size of a title, so that it fits on three lines. */
function titleSize(title: string): number {
  const width = Array.from(title).reduce(
    (sum, character) => sum + (character.codePointAt(0)! > 0x2e7f ? 2 : 1),
    0,
  );
  return width > 90 ? 44 : width > 60 ? 52 : 62;
}

function Picture({ language, kind, title, firstLines, count, host }: PictureText) {
  return (
    <div
      lang={language}
      style={{
        display: 'flex',
        flexDirection: 'column',
        width: '100%',
        height: '100%',
        padding: '56px 72px',
        background: light.paper,
        color: light.ink,
        fontFamily: 'latin, japanese',
      }}
    >
      <div
        style={{
          display: 'flex',
          justifyContent: 'space-between',
          fontSize: 28,
          color: light.quiet,
        }}
      >
        <span>{kind}</span>
        <span>{host}</span>
      </div>
      <div
        style={{
          display: 'block',
          lineClamp: 3,
          textWrap: 'balance',
          marginTop: 36,
          fontSize: titleSize(title),
          fontWeight: 600,
          lineHeight: 1.3,
        }}
      >
        {title}
      </div>
      <div
        style={{
          display: 'block',
          lineClamp: 2,
          marginTop: 28,
          fontSize: 28,
          lineHeight: 1.55,
          color: light.quiet,
        }}
      >
        {firstLines}
      </div>
      <div
        style={{
          display: 'flex',
          marginTop: 'auto',
          paddingTop: 24,
          borderTop: `3px solid ${light.ink}`,
          fontSize: 36,
          fontWeight: 600,
          color: light.seal,
        }}
      >
        {count}
      </div>
    </div>
  );
}

async function draw(text: PictureText): Promise<Buffer<ArrayBuffer>> {
  const { kind, title, firstLines, count, host } = text;
  const shown = {
    language: text.language,
    kind: printable(kind),
    title: printable(title),
    firstLines: printable(firstLines),
    count: printable(count),
    host: printable(host),
  };
  const image = new ImageResponse(<Picture {...shown} />, {
    ...PICTURE,
    fonts: await loadFonts(),
  });
  return Buffer.from(await image.arrayBuffer());
}

/** Keyed by content. Holds promises, so that simultaneous requests share one drawing. */
const cache = new LRUCache<string, Promise<Buffer<ArrayBuffer>>>({ max: 30 });

/**
 * The picture (PNG) that other sites show with a link to a letter. Drawing takes a fraction of a
 * second, and anybody may ask for it, so it is cached; there are only as many as letters and
 * languages.
 */
export function letterPicture(text: PictureText): Promise<Buffer<ArrayBuffer>> {
  const key = JSON.stringify(text);
  const cached = cache.get(key);
  if (cached) return cached;
  const picture = draw(text);
  cache.set(key, picture);
  picture.catch(() => cache.delete(key));
  return picture;
}
