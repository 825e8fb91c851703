import { readFile } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import { ImageResponse } from 'next/og';
import { inModules, isInLetterFaces } from '@/lib/delivery/pdf/fonts';
import type { Language } from '@/lib/platform/languages';
import { light } from '@/lib/platform/palette.json';

/** Size of a picture in pixels, and the lines that its title and its last text can have. */
interface PictureSize {
  width: number;
  height: number;
  titleLines: number;
  countLines: number;
}

/** As platforms that show links recommend. */
export const PICTURE: PictureSize = { width: 1200, height: 630, titleLines: 3, countLines: 2 };
/** For posts of pictures. */
export const SQUARE: PictureSize = { width: 1080, height: 1080, titleLines: 6, countLines: 5 };

export interface PictureText {
  language: Language;
  /** What the picture is of: a joint letter. */
  kind: string;
  title: string;
  firstLines: string;
  /**
   * How many have signed, and how many of them the present text, or who has; empty if nobody has.
   */
  count: string;
  /** A smaller line under it. */
  below?: string;
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

/** Whether a text can be drawn as it is. */
export const isDrawable = (text: string): boolean => printable(text) === text;

function Picture({
  language,
  kind,
  title,
  firstLines,
  count,
  below,
  host,
  titleLines,
  countLines,
}: PictureText & PictureSize) {
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
          lineClamp: titleLines,
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
          flexDirection: 'column',
          marginTop: 'auto',
          paddingTop: 24,
          borderTop: `3px solid ${light.ink}`,
          fontSize: 36,
          fontWeight: 600,
          color: light.seal,
        }}
      >
        <div style={{ display: 'block', lineClamp: countLines }}>{count}</div>
        {below && <div style={{ marginTop: 8, fontSize: 28 }}>{below}</div>}
      </div>
    </div>
  );
}

async function draw(text: PictureText, size: PictureSize): Promise<Buffer<ArrayBuffer>> {
  const { kind, title, firstLines, count, below = '', host } = text;
  const shown = {
    language: text.language,
    kind: printable(kind),
    title: printable(title),
    firstLines: printable(firstLines),
    count: printable(count),
    below: printable(below),
    host: printable(host),
  };
  const { width, height } = size;
  const image = new ImageResponse(<Picture {...shown} {...size} />, {
    width,
    height,
    fonts: await loadFonts(),
  });
  return Buffer.from(await image.arrayBuffer());
}

/** Draws pictures (PNG), and keeps the newest: drawing one takes a fraction of a second. */
function drawing() {
  // Keyed by content. Holds promises, so that simultaneous requests share one drawing.
  const cache = new LRUCache<string, Promise<Buffer<ArrayBuffer>>>({ max: 30 });
  return (text: PictureText, size = PICTURE): Promise<Buffer<ArrayBuffer>> => {
    const key = JSON.stringify([text, size]);
    const cached = cache.get(key);
    if (cached) return cached;
    const picture = draw(text, size);
    cache.set(key, picture);
    picture.catch(() => cache.delete(key));
    return picture;
  };
}

/**
 * The picture that other sites show with a link to a letter. Anybody may ask for it; there are only
 * as many as letters and languages.
 */
export const letterPicture = drawing();

/** A picture that an organization shares. Apart, so that none of a letter's own is lost for it. */
export const sharedPicture = drawing();
