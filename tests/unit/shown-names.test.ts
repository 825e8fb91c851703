import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Name, OrganizationName } from '@/components/organization/organization-name';
import { OrganizationName as NameInMail } from '@/emails/layout';
import { isolated, writtenIn } from '@/lib/platform/text/written-language';

/** Names that were given as English ones, with what their letters say. */
const UNDER_ENGLISH: [name: string, lang: string, dir: string][] = [
  ['참여연대', 'ko', 'ltr'],
  ['참여연대 PSPD', 'ko', 'ltr'],
  ['大韓民國 참여연대', 'ko', 'ltr'],
  ['שלום עכשיו', 'he', 'rtl'],
  ['منظمة العفو الدولية', 'und-Arab', 'rtl'],
  ['امنستی (ایران) 1979', 'und-Arab', 'rtl'],
  ['มูลนิธิสิทธิมนุษยชน', 'th', 'ltr'],
  ['中国人权', 'zh', 'ltr'],
  ['人權ㄉ會', 'zh', 'ltr'],
  ['難民を助ける会', 'ja', 'ltr'],
  ['मानव अधिकार', 'und-Deva', 'ltr'],
  ['Мемориал', 'und-Cyrl', 'ltr'],
  ['ადამიანის უფლებები', 'ka', 'ltr'],
  ['Հայաստան', 'hy', 'ltr'],
  ['សិទ្ធិមនុស្ស', 'km', 'ltr'],
  ['ສິດທິມະນຸດ', 'lo', 'ltr'],
  ['လူ့အခွင့်အရေး', 'und-Mymr', 'ltr'],
  ['ሰብዓዊ መብት', 'und-Ethi', 'ltr'],
  ['Διεθνής Αμνηστία', 'el', 'ltr'],
  ['Ủy ban Nhân quyền', 'en', 'ltr'],
  ['24/7', 'en', 'ltr'],
  ['Peace Boat 平和', 'en', 'ltr'],
];

describe('the language and direction of a name', () => {
  it.each(UNDER_ENGLISH)('%s under "English" is %s, %s', (name, lang, dir) => {
    expect(writtenIn(name, 'en')).toEqual({ lang, dir });
  });

  it('are those of its row as long as that language can be written so', () => {
    expect(writtenIn('人権の会', 'ja')).toEqual({ lang: 'ja', dir: 'ltr' });
    expect(writtenIn('人権会', 'ja')).toEqual({ lang: 'ja', dir: 'ltr' });
    expect(writtenIn('人權會', 'ko')).toEqual({ lang: 'ko', dir: 'ltr' });
    expect(writtenIn('中国人权', 'zh-Hant')).toEqual({ lang: 'zh-Hant', dir: 'ltr' });
    expect(writtenIn('حقوق بشر', 'fa')).toEqual({ lang: 'fa', dir: 'rtl' });
    expect(writtenIn('Amnesty', 'fa')).toEqual({ lang: 'fa', dir: 'ltr' });
    expect(writtenIn('참여연대', 'ja')).toEqual({ lang: 'ko', dir: 'ltr' });
    // Of Chinese characters alone, those that only mainland China writes tell.
    for (const name of ['中国人权', '维权律师', '参与连带'])
      expect(writtenIn(name, 'ja'), name).toEqual({ lang: 'zh-Hans', dir: 'ltr' });
    for (const name of ['人權協會', '髙﨑俱楽部', '强歩每会', '叱𠮟填塡剥剝頬頰', '维の会'])
      expect(writtenIn(name, 'ja'), name).toEqual({ lang: 'ja', dir: 'ltr' });
  });

  it('are said, and kept apart from the surroundings, wherever the name is shown', () => {
    for (const [name, lang, dir] of UNDER_ENGLISH) {
      const page = renderToStaticMarkup(
        createElement(OrganizationName, { names: { ja: '人権の会', en: name }, leading: 'en' }),
      );
      expect(page).toContain(`<bdi lang="${lang}" dir="${dir}"`);
      expect(page).toContain('<bdi lang="ja" dir="ltr"');
      expect(renderToStaticMarkup(createElement(Name, { name, language: 'en' }))).toContain(
        `<bdi lang="${lang}" dir="${dir}"`,
      );
      const mail = renderToStaticMarkup(
        createElement(NameInMail, { names: { en: name }, language: 'en' }),
      );
      expect(mail).toContain(`<bdi lang="${lang}" dir="${dir}"`);
    }
  });

  it('isolate it by marks where there is no markup, if it is written from right to left', () => {
    expect(isolated('שלום')).toBe('\u2068שלום\u2069');
    expect(isolated('Peace')).toBe('Peace');
    expect(isolated('참여연대')).toBe('참여연대');
  });
});

describe('a name', () => {
  it.each([
    '特定非営利活動法人 地雷廃絶日本キャンペーン',
    '特定非営利活動法人地雷廃絶日本キャンペーン',
    '地雷廃絶日本キャンペーン\u3000特定非営利活動法人',
    '地雷廃絶日本キャンペーン特定非営利活動法人',
  ])('keeps every sign and space around a legal form: %s', (name) => {
    const page = renderToStaticMarkup(createElement(Name, { name, language: 'ja' }));
    expect(page.replace(/<[^>]*>/g, '')).toBe(name);
  });

  it('breaks between its words where it is in Japanese, under whatever heading', () => {
    const html = renderToStaticMarkup(
      createElement(Name, { name: '外国人技能実習生の学習支援を考える市民の会', language: 'en' }),
    );
    expect(html).toContain('<wbr/>');
    expect(html).not.toMatch(/学<wbr\/>習/);
  });

  it('that is the same in two languages is shown once', () => {
    const html = renderToStaticMarkup(
      createElement(OrganizationName, { names: { ja: 'WWF', en: 'WWF' }, leading: 'ja' }),
    );
    expect(html.match(/WWF/g)).toHaveLength(1);
    expect(html).toContain('lang="en"');
  });
});
